import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { BEEPS } from '../fixtures/video';

/** When a beep was heard (ms since the epoch), and which one it is: its second of the film, counted anew after `BEEPS.different`. */
export type Beep = [heardAt: number, which: number];

const here = (file: string) => readFile(path.join(import.meta.dirname, file), 'utf8');

/** From now on, each beep of what the page plays is noted. */
export async function watchBeeps(page: Page): Promise<void> {
  const options = { ...BEEPS, finder: await here('find-beeps.js') };
  const code = await here('watch-beeps.js');
  await page.addInitScript({
    content: `window.beepOptions = ${JSON.stringify(options)};
      window.addEventListener('DOMContentLoaded', function () { ${code} });`,
  });
}

/** Takes the beeps that have been heard so far. @throws where the page's sound cannot be listened to */
export async function takeBeeps(page: Page): Promise<Beep[]> {
  const { samples, problem } = await page.evaluate<{ samples: Beep[]; problem: string | null }>(
    '({ samples: window.beeps ? window.beeps.samples.splice(0) : [], problem: window.beeps ? window.beeps.problem : null })',
  );
  if (problem) throw new Error(`The page’s sound cannot be listened to: ${problem}`);
  return samples;
}

/** By how much each beep was heard at another moment in one page than in another, ms. */
export function beepsApart(first: readonly Beep[], second: readonly Beep[]): number[] {
  const halfWayRoundMs = (BEEPS.different / 2) * 1000;
  return first.flatMap(([at, which]) => {
    const same = second.find(([other, its]) => its === which && Math.abs(other - at) < halfWayRoundMs);
    return same ? [Math.abs(same[0] - at)] : [];
  });
}

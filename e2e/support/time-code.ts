import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { TIME_CODE } from '../fixtures/video';

/** When a frame was shown (ms since the epoch) and which moment of the film it is (ms), by its picture. */
export type Sample = [shownAt: number, filmMs: number];

const script = path.join(import.meta.dirname, 'watch-time-code.js');

/** From now on, what the page's player shows is noted. */
export async function watchTimeCode(page: Page): Promise<void> {
  const code = await readFile(script, 'utf8');
  await page.addInitScript({
    content: `window.timeCodeOptions = ${JSON.stringify(JSON.stringify(TIME_CODE))};`,
  });
  await page.addInitScript({
    content: `window.addEventListener('DOMContentLoaded', function () { ${code} });`,
  });
}

/** Takes what has been noted so far. */
export function takeSamples(page: Page): Promise<Sample[]> {
  return page.evaluate<Sample[]>('window.timeCode ? window.timeCode.samples.splice(0) : []');
}

/** How far two players are apart, in ms of the film, at each frame of the first that falls between two of the second. */
function apart(first: readonly Sample[], second: readonly Sample[]): number[] {
  const found: number[] = [];
  let next = 0;
  for (const [at, film] of first) {
    while (next < second.length && (second[next]?.[0] ?? 0) < at) next += 1;
    const [before, after] = [second[next - 1], second[next]];
    if (!before || !after || after[0] - before[0] > 200) continue;
    const part = (at - before[0]) / (after[0] - before[0]);
    found.push(Math.abs(film - (before[1] + (after[1] - before[1]) * part)));
  }
  return found;
}

/** How far two pages are apart by their pictures, ms of the film: the median of more than ten looks. */
export async function medianApart(first: Page, second: Page): Promise<number> {
  const seen: [Sample[], Sample[]] = [[], []];
  const distances = async () => {
    seen[0].push(...(await takeSamples(first)));
    seen[1].push(...(await takeSamples(second)));
    return apart(...seen).toSorted((x, y) => x - y);
  };
  await expect.poll(async () => (await distances()).length, { timeout: 30_000 }).toBeGreaterThan(10);
  const found = await distances();
  return found[Math.floor(found.length / 2)] ?? Number.NaN;
}

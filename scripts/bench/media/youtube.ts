import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Sample } from '../../../e2e/support/time-code';
import { root } from '../../stack/folders';
import type { Section } from '../run-sections';
import { percentile } from '../statistics';
import { SECONDS, withMediaClass } from './class';
import { distances, pairs } from './places';

const standIn = path.join(root, 'e2e/support/fake-youtube.js');
const watch = path.join(import.meta.dirname, 'watch-youtube.js');

/** The presenter's, and one that starts late, one that jumps slowly, one whose clock is off. */
const ORDINARY = { startMs: 250, seekMs: 400, skewPpm: 0, saysEveryMs: 250 };
const NATURES = [
  { ...ORDINARY, startMs: 900 },
  { ...ORDINARY, seekMs: 1200, skewPpm: -200 },
  { ...ORDINARY, skewPpm: 200 },
];
/** Each has to wait for bytes once, and one sees an advertisement. */
const STALL_MS = 2000;
const ADVERTISEMENT_MS = 5000;

/**
 * On a local stand-in of YouTube's IFrame API whose players start late, jump slowly, say their time a quarter of a second late and are
 * interrupted. `youtubeDriftP95Ms`: how far any two followers are apart at one moment, `youtubeDriftP50Ms` too.
 */
export const measureYouTube: Section = (stack) =>
  withMediaClass(stack, prepare, async ({ followers, send }) => {
    const source = { kind: 'youtube', videoId: 'dQw4w9WgXcQ' };
    const item = { id: crypto.randomUUID(), source, title: 'YouTube' };
    await send({ type: 'media.load', payload: { item, positionMs: 10_000, paused: false } });
    await wait(5000);
    await Promise.all(followers.map(take));
    for (const [index, follower] of followers.entries()) {
      await interrupt(follower, 3, STALL_MS);
      if (index === 0) await wait(STALL_MS).then(() => interrupt(follower, -1, ADVERTISEMENT_MS));
      await wait((SECONDS * 1000) / followers.length);
    }
    const samples = await Promise.all(followers.map(take));
    const apart = pairs(samples).flatMap(([a, b]) => distances(a, b).map(({ ms }) => ms));
    return { youtubeDriftP95Ms: percentile(apart, 0.95), youtubeDriftP50Ms: percentile(apart, 0.5) };
  });

async function prepare(page: Page, index: number | null): Promise<void> {
  const nature = JSON.stringify((index === null ? null : NATURES[index]) ?? ORDINARY);
  await page.addInitScript({ content: `window.fakeYouTubeNature = ${nature};` });
  await page.addInitScript({ content: await readFile(watch, 'utf8') });
  const body = (await readFile(standIn, 'utf8')).replace('durationSeconds: 120', 'durationSeconds: 3600');
  await page.route('https://www.youtube.com/iframe_api', (route) =>
    route.fulfill({ body, contentType: 'text/javascript' }),
  );
}

const take = (page: Page) => page.evaluate<Sample[]>('window.youTubeSamples.splice(0)');

/** @param as  the state that it is in meanwhile: −1 an advertisement, 3 waiting for bytes */
const interrupt = (page: Page, as: -1 | 3, ms: number) =>
  page.evaluate(`window.fakeYouTube.players.at(-1).interrupt(${as}, ${ms})`);

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { makeTimeCodedVideo } from '../../../e2e/fixtures/video';
import { beepsApart, takeBeeps, watchBeeps } from '../../../e2e/support/beeps';
import { type Sample, takeSamples, watchTimeCode } from '../../../e2e/support/time-code';
import { uploadFile } from '../../upload-file';
import type { Section } from '../run-sections';
import { percentile } from '../statistics';
import { type MediaClass, SECONDS, withMediaClass } from './class';
import { closeSince, distances, gapsOf, movedAt, pairs } from './places';
import { untilPlayback } from './until-playback';

const FILM_SECONDS = 300;
const PLAYS = 5;
/** From one measurement to the next. */
const REST_MS = 1500;

/** Runs in a follower's page: counts the rates and jumps that its player is told. */
const COUNT_CORRECTIONS = `
  window.corrections = 0;
  for (const name of ['playbackRate', 'currentTime']) {
    const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, name);
    Object.defineProperty(HTMLMediaElement.prototype, name, {
      ...own,
      set(value) { window.corrections += 1; own.set.call(this, value); },
    });
  }`;

/**
 * A film that shows the number of each of its frames plays for everyone; what a follower plays is read from its pictures.
 * - `driftP95Ms`, `driftMaxMs`: how far any two followers are apart at one moment, with half of the distance of the two pictures
 *   between which that moment lies taken off: the measuring's own. `driftRawP95Ms`, `driftRawMaxMs`: with it; `frameGapP50Ms`,
 *   `frameGapMaxMs`: what it is.
 * - `soundDriftP95Ms`, `soundDriftMaxMs`: how far apart any two followers hear the same beep, by what comes out of their players;
 *   `beeps`: how many were compared.
 * - `settleMs`: from a press (seek, speed) or a press on Join until all followers are within 80 ms of each other, and stay so; the worst.
 * - `playToMoveMs`: from the press on Play until the first follower's picture moves; p50 of five.
 * - `steadyEvents`: by how much the room's log has grown while it played. `correctionsPerMinute`: changes of rate and jumps, of the
 *   follower with the most; a nudge counts once.
 */
export const measureFollowing: Section = async (stack) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-bench-media-'));
  try {
    const film = path.join(folder, 'film.mp4');
    await makeTimeCodedVideo(film, FILM_SECONDS);
    const bytes = await readFile(film);
    return await withMediaClass(stack, prepare, async (inClass) => {
      const { teacher } = inClass.room;
      const file = { name: 'Film.mp4', bytes, mimeType: 'video/mp4' };
      const documentId = await uploadFile(stack.appUrl, teacher, file);
      await untilPlayback(teacher, documentId, ({ url }) => url);
      const item = { id: crypto.randomUUID(), source: { kind: 'file', documentId }, title: 'Film' };
      await inClass.send({ type: 'media.load', payload: { item, positionMs: 0, paused: true } });
      return {
        ...(await measurePlays(inClass)),
        ...(await measureSteady(inClass)),
        ...(await measureSettling(inClass)),
      };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function prepare(page: Page, index: number | null): Promise<void> {
  if (index === null) return;
  await watchTimeCode(page);
  await watchBeeps(page);
  await page.addInitScript({ content: COUNT_CORRECTIONS });
}

const takeAll = (pages: readonly Page[]) => Promise.all(pages.map(takeSamples));

/** Presses a button of the presenter's; when that was, ms since the epoch. */
async function press(presenter: Page, name: string): Promise<number> {
  const button = presenter.getByRole('button', { name, exact: true });
  await button.waitFor();
  return button.evaluate((element) => {
    const at = performance.timeOrigin + performance.now();
    (element as HTMLElement).click();
    return at;
  });
}

/** Takes samples until `find` finds something in all that came; 20 s at most. */
async function collect<T>(pages: readonly Page[], find: (all: Sample[][]) => T | null): Promise<T> {
  const all: Sample[][] = pages.map(() => []);
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const fresh = await takeAll(pages);
    fresh.forEach((samples, index) => all[index]?.push(...samples));
    const found = find(all);
    if (found !== null) return found;
    await wait(100);
  }
  throw new Error('The followers’ pictures do not come to where they should');
}

async function measurePlays({ presenter, followers }: MediaClass) {
  const times: number[] = [];
  for (let play = 0; play < PLAYS; play += 1) {
    await wait(REST_MS);
    await takeAll(followers);
    const pressed = await press(presenter, 'Play for everyone');
    const moved = await collect(followers, (all) => {
      const found = all.flatMap((samples) => movedAt(samples) ?? []);
      return found.length > 0 ? Math.min(...found) : null;
    });
    times.push(moved - pressed);
    await wait(REST_MS);
    await press(presenter, 'Pause for everyone');
  }
  await wait(REST_MS);
  await press(presenter, 'Play for everyone');
  return { playToMoveMs: percentile(times, 0.5), playToMoveMaxMs: Math.max(...times) };
}

async function measureSteady({ followers, headSeq }: MediaClass) {
  await wait(5000);
  const corrections = () => Promise.all(followers.map((page) => page.evaluate<number>('window.corrections')));
  const before = { seq: await headSeq(), corrections: await corrections() };
  await takeAll(followers);
  const takeAllBeeps = () => Promise.all(followers.map(takeBeeps));
  await takeAllBeeps();
  await wait(SECONDS * 1000);
  const samples = await takeAll(followers);
  const heard = pairs(await takeAllBeeps()).flatMap(([a, b]) => beepsApart(a, b));
  if (heard.length === 0) throw new Error('No two followers hear the same beep');
  const after = { seq: await headSeq(), corrections: await corrections() };
  const apart = pairs(samples).flatMap(([a, b]) => distances(a, b));
  const raw = apart.map(({ ms }) => ms);
  const own = apart.map(({ ms, gapMs }) => Math.max(0, ms - gapMs / 2));
  const gaps = samples.flatMap(gapsOf);
  const corrected = after.corrections.map((count, index) => count - (before.corrections[index] ?? 0));
  return {
    driftP95Ms: percentile(own, 0.95),
    driftMaxMs: Math.max(...own),
    driftRawP95Ms: percentile(raw, 0.95),
    driftRawMaxMs: Math.max(...raw),
    frameGapP50Ms: percentile(gaps, 0.5),
    frameGapMaxMs: Math.max(...gaps),
    moments: raw.length,
    soundDriftP95Ms: percentile(heard, 0.95),
    soundDriftMaxMs: Math.max(...heard),
    beeps: heard.length,
    // A nudge is a beginning and an end.
    correctionsPerMinute: Math.max(...corrected) / 2 / (SECONDS / 60),
    steadyEvents: after.seq - before.seq,
  };
}

async function measureSettling({ presenter, followers, comeLate }: MediaClass) {
  const speed = (rate: string) => () => presenter.getByRole('combobox', { name: 'Speed' }).selectOption(rate);
  const times: Record<string, number> = {};
  for (const [name, change] of [
    ['forward', () => presenter.keyboard.press('l')],
    ['back', () => presenter.keyboard.press('j')],
    ['faster', speed('1.5')],
    ['slower', speed('1')],
  ] as const) {
    await wait(3000);
    await takeAll(followers);
    const changed = now();
    await change();
    times[name] = (await collect(followers, (all) => closeSince(all, changed))) - changed;
  }
  await takeAll(followers);
  const late = await comeLate();
  const joined = await late.evaluate<number>('window.joinedAt');
  times.lateJoin = (await collect([...followers, late], (all) => closeSince(all, joined))) - joined;
  return { settleMs: Math.max(...Object.values(times)), settled: times };
}

const now = () => performance.timeOrigin + performance.now();

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { makeTimeCodedVideo, TIME_CODE } from '../../e2e/fixtures/video';
import { apart, type Sample, takeSamples, watchTimeCode } from '../../e2e/support/time-code';
import { CHROMIUM_ARGS, chromiumPath } from '../chromium';
import type { Stack } from '../stack/stack';
import { uploadFile } from '../upload-file';
import { startBenchStack } from './bench-stack';
import { admitGuests, type BenchClass, makeLink, startClass } from './room/bench-class';
import type { LoadCalls } from './room/load-process';
import { startRemote } from './room/remote';
import { percentile } from './statistics';

/**
 * `npm run bench:media -- [--seconds 60] [--subscribers 500]`: a film that shows the number of each of its frames plays for everyone, on
 * the production build: a presenter and three followers in Chromium (one's calendar five minutes ahead, one's behind), and guests who
 * only listen to the room. What a follower plays is read from its pictures. One JSON line on standard output, ms:
 * - `driftP95Ms`, `driftMaxMs`: how far any two followers are apart at one moment, with `frameMs`, the distance of two frames on
 *   the screen (half of it is the measuring's own), taken off; `seconds` of playing.
 * - `settleMs`: from a press (seek, speed) or a join until all followers are within 80 ms of each other; the worst of several.
 * - `playToMoveMs`: from the press on Play until the first follower's picture moves; p50 of five.
 * - `steadyEvents`: what the room's log has grown by while it played. `corrections`: changes of rate and jumps a minute and follower.
 */
const numberAfter = (name: string, otherwise: number) =>
  Number(process.argv[process.argv.indexOf(`--${name}`, 2) + 1]) || otherwise;
const seconds = numberAfter('seconds', 60);
const subscribers = numberAfter('subscribers', 500);
const FILM_SECONDS = 300;
const CLOSE_MS = 80;
/** They have to stay so for as long. */
const STAYS_MS = 500;
const PLAYS = 5;
const OFF_MS = 5 * 60_000;

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

const stack = await startBenchStack({ durable: true });
const folder = await mkdtemp(path.join(tmpdir(), 'lectern-bench-media-'));
const load = startRemote<LoadCalls>('load-process.ts');
const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
try {
  const room = await startClass(stack);
  await listen(stack, room);
  const film = path.join(folder, 'film.mp4');
  await makeTimeCodedVideo(film, FILM_SECONDS);
  const bytes = await readFile(film);
  const documentId = await uploadFile(stack.appUrl, room.teacher, {
    name: 'Film.mp4',
    bytes,
    mimeType: 'video/mp4',
  });
  const presenter = await enterAsTeacher(browser, stack, room);
  const followers = await Promise.all(
    [0, OFF_MS, -OFF_MS].map((off, index) => enterByLink(browser, room, off, index)),
  );
  await send(room, {
    type: 'media.load',
    payload: {
      item: { id: crypto.randomUUID(), source: { kind: 'file', documentId }, title: 'Film' },
      positionMs: 0,
      paused: true,
    },
  });
  const line = {
    ...(await measurePlays(presenter, followers)),
    ...(await measureSteady(room, followers)),
    ...(await measureSettling(browser, room, presenter, followers)),
    seconds,
    subscribers,
  };
  console.log(
    JSON.stringify(line, (_key, value) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value)),
  );
} finally {
  await browser.close();
  await load.stop();
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Those who only listen, in a process of their own. */
async function listen({ appUrl: url }: Stack, room: BenchClass): Promise<void> {
  const cookies = await admitGuests(room, subscribers, 'Guest');
  const target = {
    url,
    streamsUrl: url,
    roomId: room.roomId,
    boardId: room.boardId,
    senders: cookies.slice(0, 1),
  };
  await load.call('open', { name: 'app', target, cookies, after: 0 });
}

async function enterAsTeacher(
  browser: Browser,
  { appUrl }: Stack,
  { teacher, slug }: BenchClass,
): Promise<Page> {
  const context = await browser.newContext({ storageState: await teacher.storageState() });
  return join(await context.newPage(), `${appUrl}/room/${slug}`);
}

/** @param off  what this browser's calendar says beside the truth, ms */
async function enterByLink(browser: Browser, room: BenchClass, off: number, index: number): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 640, height: 480 } })).newPage();
  await watchTimeCode(page);
  if (off !== 0) {
    await page.addInitScript({
      content: `const real = Date.now.bind(Date); Date.now = function () { return real() + ${off}; };`,
    });
  }
  // Rates and jumps that the player is told, as it is told them.
  await page.addInitScript({ content: COUNT_CORRECTIONS });
  return join(page, await makeLink(room, `Follower ${index}`));
}

async function join(page: Page, url: string): Promise<Page> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Join as listener', exact: true }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();
  return page;
}

async function send(
  { teacher, roomId }: BenchClass,
  body: { type: string; payload: unknown },
): Promise<void> {
  const commands = [{ id: crypto.randomUUID(), ...body }];
  const { results } = await teacher.trpc.rooms.send.mutate({ roomId, commands });
  for (const result of results) if (!result.ok) throw new Error(`A command was refused: ${result.code}`);
}

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

const takeAll = (pages: readonly Page[]) => Promise.all(pages.map(takeSamples));

/** Takes samples until `done` says so of all that came; 20 s at most. */
async function collect(pages: readonly Page[], done: (all: Sample[][]) => boolean): Promise<Sample[][]> {
  const all: Sample[][] = pages.map(() => []);
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const fresh = await takeAll(pages);
    fresh.forEach((samples, index) => all[index]?.push(...samples));
    if (done(all)) return all;
    await wait(100);
  }
  throw new Error('The followers’ pictures do not come to where they should');
}

async function measurePlays(presenter: Page, followers: readonly Page[]) {
  const times: number[] = [];
  for (let play = 0; play < PLAYS; play += 1) {
    await wait(1500);
    await takeAll(followers);
    const pressed = await press(presenter, 'Play for everyone');
    const all = await collect(followers, (samples) => samples.some((one) => moves(one) !== null));
    times.push(Math.min(...all.flatMap((one) => moves(one) ?? [])) - pressed);
    await wait(1500);
    await press(presenter, 'Pause for everyone');
  }
  await wait(1500);
  await press(presenter, 'Play for everyone');
  return { playToMoveMs: percentile(times, 0.5) };
}

/** When the second of two different pictures was shown; null: it stands. */
function moves(samples: readonly Sample[]): number | null {
  const [first] = samples;
  return samples.find(([, film]) => first && film !== first[1])?.[0] ?? null;
}

async function measureSteady(room: BenchClass, followers: readonly Page[]) {
  await wait(5000);
  const corrections = () => Promise.all(followers.map((page) => page.evaluate<number>('window.corrections')));
  const before = { seq: await headSeq(room), corrections: await corrections() };
  await takeAll(followers);
  await wait(seconds * 1000);
  const samples = await takeAll(followers);
  const after = { seq: await headSeq(room), corrections: await corrections() };
  const frameMs = percentile(samples.flatMap(gaps), 0.5);
  const own = Math.max(frameMs, 1000 / TIME_CODE.fps) / 2;
  const drifts = pairs(samples)
    .flatMap(([a, b]) => apart(a, b))
    .map((drift) => Math.max(0, drift - own));
  const corrected = after.corrections.map((count, index) => count - (before.corrections[index] ?? 0));
  return {
    driftP95Ms: percentile(drifts, 0.95),
    driftMaxMs: Math.max(...drifts),
    frameMs,
    samples: drifts.length,
    // A nudge is a beginning and an end.
    corrections: Math.max(...corrected) / 2 / (seconds / 60),
    steadyEvents: after.seq - before.seq,
  };
}

const gaps = (samples: readonly Sample[]) =>
  samples.slice(1).map(([at], index) => at - (samples[index]?.[0] ?? at));

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((a, index) => list.slice(index + 1).map((b): [T, T] => [a, b]));
}

async function headSeq({ teacher, roomId }: BenchClass): Promise<number> {
  return (await teacher.trpc.rooms.state.query({ roomId })).head.seq;
}

async function measureSettling(browser: Browser, room: BenchClass, presenter: Page, followers: Page[]) {
  const times: Record<string, number> = {};
  for (const [name, change] of [
    ['forward', () => presenter.keyboard.press('l')],
    ['back', () => presenter.keyboard.press('j')],
    ['faster', () => presenter.getByRole('combobox', { name: 'Speed' }).selectOption('1.5')],
    ['slower', () => presenter.getByRole('combobox', { name: 'Speed' }).selectOption('1')],
  ] as const) {
    await wait(3000);
    await takeAll(followers);
    const changed = now();
    await change();
    times[name] = (await untilClose(followers, changed)) - changed;
  }
  await takeAll(followers);
  const late = await enterByLink(browser, room, 0, 99);
  const joined = now();
  times.join = (await untilClose([...followers, late], joined)) - joined;
  return { settleMs: Math.max(...Object.values(times)), settled: times };
}

const now = () => performance.timeOrigin + performance.now();

/** When they have been within 80 ms of each other, and stay so, from the last change of any on. */
async function untilClose(pages: readonly Page[], since: number): Promise<number> {
  let found: number | null = null;
  await collect(pages, (all) => {
    found = closeSince(all, since);
    return found !== null;
  });
  if (found === null) throw new Error('They did not settle');
  return found;
}

/** The first instant after which every pair is within 80 ms for half a second; null: not yet. */
function closeSince(all: readonly Sample[][], since: number): number | null {
  const end = Math.min(...all.map((samples) => samples.at(-1)?.[0] ?? 0));
  let close: number | null = null;
  for (let at = since; at <= end; at += 20) {
    const places = all.map((samples) => placeAt(samples, at));
    const known = places.filter((place) => place !== null);
    const within = known.length === places.length && Math.max(...known) - Math.min(...known) <= CLOSE_MS;
    if (!within) close = null;
    else close ??= at;
  }
  return close !== null && end - close >= STAYS_MS ? close : null;
}

function placeAt(samples: readonly Sample[], at: number): number | null {
  const after = samples.findIndex(([shownAt]) => shownAt >= at);
  const [before, next] = [samples[after - 1], samples[after]];
  if (!before || !next || next[0] - before[0] > 250) return null;
  return before[1] + ((next[1] - before[1]) * (at - before[0])) / (next[0] - before[0]);
}

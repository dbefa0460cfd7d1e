import path from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from '../../chromium';
import { root } from '../../stack/folders';
import type { Stack } from '../../stack/stack';
import { percentile } from '../statistics';
import type { AppendCalls } from './append-process';
import { type BenchClass, makeLink, startClass } from './bench-class';
import type { Remote } from './remote';

const LARGE = { events: 50_000, records: 20_000, boards: 40 };
/** The web process is restarted before each, so that it knows nothing of the room. */
const COLD_RUNS = 3;
const BROWSER_RUNS = 5;

/**
 * Somebody comes late to a room with 50,000 events and 20,000 records on 40 boards. `serverMs`: head and shown board over
 * HTTP from a web process that has served another room but never this one, the worst of three. `browserMs`: from a personal
 * link in a new context of a warm Chromium, as a listener, until all of the shown board’s records are on the screen, be it as lines or as
 * what one may write on; p50 of five.
 */
export async function joinLate(
  stack: Stack,
  writer: Remote<AppendCalls>,
): Promise<{ serverMs: number; browserMs: number }> {
  const small = await startClass(stack);
  const large = await startClass(stack);
  const { roomId, lessonId } = large;
  const { shown, onShown } = await writer.call('fill', { roomId, lessonId, ...LARGE });
  const cold: number[] = [];
  for (let run = 0; run < COLD_RUNS; run++) {
    await stack.web.restart();
    await readRoom(small, small.boardId);
    cold.push(await readRoom(large, shown));
  }
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  const seen: number[] = [];
  // The first warms up the server's pages and the browser.
  for (let run = 0; run <= BROWSER_RUNS; run++) {
    const ms = await timeToBoard(browser, await makeLink(large, `Late ${run}`), onShown);
    if (run > 0) seen.push(ms);
  }
  await browser.close();
  return { serverMs: Math.max(...cold), browserMs: percentile(seen, 0.5) };
}

/** What a tab asks of the server before it can show a room. ms */
async function readRoom({ teacher, roomId }: BenchClass, boardId: string): Promise<number> {
  const started = performance.now();
  await teacher.trpc.rooms.state.query({ roomId });
  await teacher.trpc.rooms.board.query({ roomId, boardId, layer: 'shared' });
  return performance.now() - started;
}

/** ms from following the link until as many shapes are painted; page and bench share this machine's one clock. */
async function timeToBoard(browser: Browser, url: string, shapes: number): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: `globalThis.benchShapes = ${shapes};` });
    await page.addInitScript({ path: path.join(root, 'scripts/bench/room/watch-board.js') });
    const started = Date.now();
    await page.goto(url, { waitUntil: 'commit' });
    // A page that has just begun has no element at all yet.
    const at = await page.waitForFunction(() => document.documentElement?.dataset.boardAt, undefined, {
      polling: 50,
    });
    return Number(await at.jsonValue()) - started;
  } finally {
    await context.close();
  }
}

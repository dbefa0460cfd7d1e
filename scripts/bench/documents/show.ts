import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { pageBoardId } from '@/room/boards';
import type { CommandBody } from '@/room/commands';
import { strokeRecord } from '@/room/stroke-fixture';
import { type Actor, signUpActor } from '../../actor';
import { CHROMIUM_ARGS, chromiumPath } from '../../chromium';
import { root } from '../../stack/folders';
import type { Stack } from '../../stack/stack';
import { uploadFile } from '../../upload-file';
import { percentile } from '../statistics';
import { A4, BOOK_PAGES, bandOf, makeBook } from './book';
import { type Box, isInk, near, Screen } from './screen';
import type { Section } from '../run-sections';

const VIEWPORT = { width: 1440, height: 900 };
const FIRST_RUNS = 5;
const TURNS = 40;
const ZOOMS = 8;
const FULL_RUNS = 5;
const STROKES = 1000;
/** The page with 1,000 strokes, and a page without beside it. */
const FULL_PAGE = 60;
/** How soon one step of a zoom follows the other: each is seen, and none is waited for, ms. */
const STEP_EVERY_MS = 40;
const MOST_SHARP_MS = 5000;
/** Everything that was set off by what was measured last is over by then, ms. */
const REST_MS = 600;

type Someone = { actor: Actor; page: Page };
type Class = { teacher: Actor; roomId: string; slug: string; courseId: string; documentId: string };
type Measured = {
  arrivedAt: number;
  pressedAt: number;
  drawn: number;
  sharpAt: number;
  longTasks: number[];
};

/**
 * A presenter and a follower in two windows look at a PDF of 100 pages and 20 MB.
 * - `firstPageMs`: from the command that shows it until its first page is on the follower's screen, in a browser that has seen
 *   nothing of it; p50 of five.
 * - `turnP95Ms`, `turnFromPressP95Ms`: until the pixels of the next page are on the follower's screen, from when the event comes
 *   out of the follower's stream, and from the presenter's key; 40 turns.
 * - `sharpMs`: from the last step of a zoom until the page is drawn at the screen's resolution again, p95; while it goes on,
 *   pdf.js must draw nothing.
 * - `turn1000StrokesMs`: from the presenter's key until the follower sees a page with all of its 1,000 strokes, p50 of five.
 * - `longTaskMs`: the longest task of the presenter's window while they draw on that page; 0: none above 50 ms.
 */
export const measureShow: Section = async (stack) => {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    const room = await prepare(stack);
    const presenter = await enter(browser, stack, room, room.teacher);
    const firstPageMs = await measureFirstPage(browser, stack, room);
    const follower = await enter(browser, stack, room, await student(stack, room));
    await presenter.page.getByRole('button', { name: 'Pen', exact: true }).waitFor();
    return {
      firstPageMs,
      ...(await measureTurns(presenter, follower)),
      ...(await measureZoom(presenter)),
      ...(await measureStrokes(room, presenter, follower)),
    };
  } finally {
    await browser.close();
  }
};

async function prepare({ appUrl }: Stack): Promise<Class> {
  const teacher = await signUpActor(appUrl, 'Mara Lindt');
  const course = await teacher.trpc.courses.create.mutate({ title: 'Astronomy', description: '' });
  const startsAt = new Date(Date.now() + 600_000).toISOString().slice(0, 16);
  const lesson = { title: 'The Moon', startsAt, timeZone: 'UTC', durationMinutes: 60 };
  const { lessonId } = await teacher.trpc.lessons.schedule.mutate({ courseId: course.id, ...lesson });
  await teacher.trpc.lessons.start.mutate({ lessonId });
  const slug = course.roomSlug;
  const { roomId } = (await teacher.trpc.classroom.open.query({ slug })).opening;
  const documentId = await uploadFile(appUrl, teacher, { name: 'Book.pdf', bytes: await makeBook() });
  const room = { teacher, roomId, slug, courseId: course.id, documentId };
  await untilConverted(room);
  return room;
}

/** Until all pictures of the pages are made: what is measured is showing, not converting. */
async function untilConverted({ teacher, roomId, documentId }: Class): Promise<void> {
  const deadline = Date.now() + 240_000;
  while (Date.now() < deadline) {
    const { pages, pageCount } = await teacher.trpc.documents.pages.query({ roomId, documentId });
    if (pageCount === BOOK_PAGES && pages.length === BOOK_PAGES && pages.every(({ picture }) => picture))
      return;
    await rest();
  }
  throw new Error('The pages were not made');
}

async function student({ appUrl }: Stack, { teacher, courseId }: Class): Promise<Actor> {
  const actor = await signUpActor(appUrl, 'Sam Okafor');
  await teacher.trpc.courses.enrol.mutate({ courseId, email: actor.email, role: 'student' });
  return actor;
}

async function enter(browser: Browser, { appUrl }: Stack, { slug }: Class, actor: Actor): Promise<Someone> {
  const context = await browser.newContext({
    storageState: await actor.storageState(),
    viewport: VIEWPORT,
    permissions: ['camera', 'microphone'],
  });
  const page = await context.newPage();
  await page.addInitScript({ path: path.join(root, 'scripts/bench/documents/watch-stage.js') });
  await page.goto(`${appUrl}/room/${slug}`);
  await page.getByRole('button', { name: 'Join as listener', exact: true }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();
  return { actor, page };
}

async function send({ teacher, roomId }: Class, ...bodies: CommandBody[]): Promise<void> {
  const commands = bodies.map((body) => ({ id: crypto.randomUUID(), ...body }));
  const { results } = await teacher.trpc.rooms.send.mutate({ roomId, commands });
  for (const result of results) if (!result.ok) throw new Error(`A command was refused: ${result.code}`);
}

async function measureFirstPage(browser: Browser, stack: Stack, room: Class): Promise<number> {
  const times: number[] = [];
  const { documentId } = room;
  await send(room, { type: 'document.open', payload: { documentId } });
  for (let run = 0; run < FIRST_RUNS; run++) {
    await send(room, { type: 'stage.show', payload: { stage: { kind: 'empty' } } });
    const follower = await enter(browser, stack, room, await student(stack, room));
    await rest();
    const screen = await Screen.watch(follower.page);
    const started = Date.now();
    await send(room, { type: 'stage.show', payload: { stage: { kind: 'document', documentId } } });
    await follower.page.locator('[data-document]').getByRole('img').waitFor();
    times.push((await screen.untilSeen([await bandBox(follower.page)], near(bandOf(1)))) - started);
    await follower.page.context().close();
  }
  tell('first page', times);
  return percentile(times, 0.5);
}

/** Every single figure, for whoever wants to know where one comes from. */
function tell(what: string, times: readonly number[]): void {
  console.error(`${what}: ${times.map(Math.round).join(' ')}`);
}

/** A spot in the middle of the band of the shown page, CSS pixels. */
async function bandBox(page: Page): Promise<Box> {
  const box = await page.locator('[data-document]').getByRole('img').boundingBox();
  if (!box) throw new Error('There is no page on the stage');
  return { x: box.x + box.width / 2, y: box.y + box.height * 0.06, width: 10, height: 6 };
}

async function measureTurns(presenter: Someone, follower: Someone) {
  const screen = await Screen.watch(follower.page);
  const spot = await bandBox(follower.page);
  const [fromEvent, fromPress]: [number[], number[]] = [[], []];
  for (let turn = 1; turn <= TURNS; turn++) {
    screen.forget();
    await presenter.page.keyboard.press('ArrowRight');
    const seen = await screen.untilSeen([spot], near(bandOf(turn + 1)));
    fromEvent.push(seen - (await measured(follower.page)).arrivedAt);
    fromPress.push(seen - (await measured(presenter.page)).pressedAt);
    await rest();
  }
  await screen.stop();
  tell('turn from the event', fromEvent);
  tell('turn from the press', fromPress);
  return { turnP95Ms: percentile(fromEvent, 0.95), turnFromPressP95Ms: percentile(fromPress, 0.95) };
}

async function measureZoom({ page }: Someone) {
  const times: number[] = [];
  for (let zoom = 0; zoom <= ZOOMS; zoom++) {
    const before = await measured(page);
    // Far in at first, and then between two distances at which the picture is too coarse.
    const [steps, key] = zoom === 0 ? [8, '+'] : [2, zoom % 2 === 0 ? '+' : '-'];
    for (let step = 0; step < steps; step++) {
      await page.keyboard.press(key);
      await new Promise((resolve) => setTimeout(resolve, STEP_EVERY_MS));
    }
    const { drawn, pressedAt } = await measured(page);
    if (drawn > before.drawn) throw new Error('The page was drawn anew while it was zoomed');
    const sharpAt = await untilSharp(page, pressedAt);
    // The first one fetches pdf.js and the parts of the file.
    if (zoom > 0) times.push(sharpAt - pressedAt);
    await rest();
  }
  await page.keyboard.press('0');
  tell('sharp', times);
  return { sharpMs: percentile(times, 0.95) };
}

/** When the page was sharp after `since`; a page that does not get sharp counts as five seconds. */
async function untilSharp(page: Page, since: number): Promise<number> {
  while (Date.now() < since + MOST_SHARP_MS) {
    const { sharpAt } = await measured(page);
    if (sharpAt > since) return sharpAt;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return since + MOST_SHARP_MS;
}

async function measureStrokes(room: Class, presenter: Someone, follower: Someone) {
  const boardId = pageBoardId(room.documentId, FULL_PAGE);
  for (let from = 0; from < STROKES; from += 50) {
    const put = Array.from({ length: 50 }, (_, index) => denseStroke(from + index));
    await send(room, {
      type: 'board.change',
      payload: { boardId, layer: 'shared', put, removed: [], stroke: null },
    });
  }
  const before: CommandBody = {
    type: 'page.turn',
    payload: { documentId: room.documentId, page: FULL_PAGE - 1 },
  };
  const screen = await Screen.watch(follower.page);
  const times: number[] = [];
  for (let run = 0; run < FULL_RUNS; run++) {
    await send(room, before);
    const spot = await bandBox(follower.page);
    await screen.untilSeen([spot], near(bandOf(FULL_PAGE - 1)));
    await rest();
    screen.forget();
    await presenter.page.keyboard.press('ArrowRight');
    const seen = await screen.untilSeen(await inkSpots(follower.page), isInk);
    times.push(seen - (await measured(presenter.page)).pressedAt);
    await rest();
  }
  await screen.stop();
  tell('turn with 1,000 strokes', times);
  return { turn1000StrokesMs: percentile(times, 0.5), longTaskMs: await drawOn(presenter.page) };
}

/** One of 1,000 short waves in 50 rows, each as long and as crowded as a word. */
function denseStroke(index: number) {
  const [column, row] = [index % 20, Math.floor(index / 20)];
  const at = { x: 20 + column * 28, y: 130 + row * 14 };
  const points = Array.from({ length: 30 }, (_, step) => ({
    x: step * 0.9,
    y: Math.round(Math.sin(step * 1.7) * 500) / 100,
    z: 0.5,
  }));
  return strokeRecord(`shape:${String(index).padStart(4, '0')}`, at, points);
}

/** Spots of the first, a middle and the last strokes of a page, beside the picture. */
async function inkSpots(page: Page): Promise<Box[]> {
  const box = await page.locator('[data-document]').getByRole('img').boundingBox();
  if (!box) throw new Error('There is no page on the stage');
  const scale = box.width / A4[0];
  return [0, 480, 980, 999].map((index) => {
    const { x, y } = denseStroke(index);
    return { x: box.x + (x + 6) * scale, y: box.y + (y - 2) * scale, width: 12 * scale, height: 4 * scale };
  });
}

/** Draws two long strokes as a hand does; the longest task of the window meanwhile, ms. */
async function drawOn(page: Page): Promise<number> {
  const box = await page.locator('[data-document]').getByRole('img').boundingBox();
  if (!box) throw new Error('There is no page on the stage');
  await page.getByRole('button', { name: 'Pen', exact: true }).click();
  await rest();
  await page.evaluate(() => {
    (globalThis as unknown as { lecternBench: Measured }).lecternBench.longTasks.length = 0;
  });
  for (const top of [0.3, 0.6]) {
    await page.mouse.move(box.x + 20, box.y + box.height * top);
    await page.mouse.down();
    for (let step = 0; step < 150; step++) {
      const [x, y] = [step / 150, top + 0.1 * Math.sin(step / 8)];
      await page.mouse.move(box.x + 20 + x * (box.width - 40), box.y + box.height * y);
    }
    await page.mouse.up();
    await rest();
  }
  return Math.max(0, ...(await measured(page)).longTasks);
}

function measured(page: Page): Promise<Measured> {
  return page.evaluate(() => ({ ...(globalThis as unknown as { lecternBench: Measured }).lecternBench }));
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, REST_MS));
}

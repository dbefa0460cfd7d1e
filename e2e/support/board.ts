import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { type Actor, signUpActor } from '../../scripts/actor';
import { openBrowser, prepareClass } from './class';

/** An actor in a browser of their own. */
export type Someone = { actor: Actor; context: BrowserContext; page: Page };
export type LiveClass = { appUrl: string; courseId: string; roomId: string; slug: string };

/** A teacher and an enrolled student in a live class, with a blank board on the stage. */
export async function openClassWithBoard(browser: Browser, appUrl: string) {
  const { teacher: owner, courseId, lessonId, slug } = await prepareClass(appUrl);
  const { opening } = await owner.trpc.classroom.open.query({ slug });
  const live: LiveClass = { appUrl, courseId, roomId: opening.roomId, slug };
  const teacher: Someone = { actor: owner, ...(await openBrowser(browser, owner)) };
  // The teacher is there before the class is: one with nobody in it would end by itself.
  await teacher.page.goto(`/room/${slug}`);
  await teacher.page.getByRole('status', { name: 'Connected' }).waitFor();
  await owner.trpc.lessons.start.mutate({ lessonId });
  await join(teacher.page);
  const student = await joinClass(browser, teacher, live, 'Sam Okafor');
  const boardId = await openBoard(teacher.page);
  await expect(student.page.locator('canvas[data-live-strokes]')).toBeVisible();
  return { teacher, student, live, boardId };
}

/** A new account, enrolled as a student, in the room. */
export async function joinClass(
  browser: Browser,
  teacher: Someone,
  { appUrl, courseId, slug }: LiveClass,
  name: string,
): Promise<Someone> {
  const actor = await signUpActor(appUrl, name);
  await teacher.actor.trpc.courses.enrol.mutate({ courseId, email: actor.email, role: 'student' });
  const someone = { actor, ...(await openBrowser(browser, actor)) };
  await enter(someone.page, slug);
  return someone;
}

/** Through the device check, as a listener. */
export async function enter(page: Page, slug: string): Promise<void> {
  // Not until everything is loaded: what draws boards may be on its way, and a journey may hold it up.
  await page.goto(`/room/${slug}`, { waitUntil: 'domcontentloaded' });
  // Somebody who reloads may be in the room at once.
  const check = page.getByRole('button', { name: 'Join as listener' });
  await check.or(page.getByRole('button', { name: 'Leave', exact: true })).waitFor();
  if (await check.isVisible()) await join(page);
}

async function join(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Join as listener' }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();
}

/** Opens a blank board for everyone and resolves with its id when the opener can draw on it. */
export async function openBoard(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'New board' }).click();
  await toolsReady(page);
  const boardId = await page.locator('[data-board]').first().getAttribute('data-board');
  if (!boardId) throw new Error('There is no board on the stage');
  return boardId;
}

export async function toolsReady(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Pen', exact: true })).toBeEnabled();
}

/** The records of a board's shared layer, as the log has them. */
export async function recordsOf({ actor }: Someone, { roomId }: LiveClass, boardId: string) {
  const { records } = await actor.trpc.rooms.board.query({ roomId, boardId, layer: 'shared' });
  return records;
}

/** Types of the shapes in the log, in order of their names. */
export async function shapesInLog(someone: Someone, live: LiveClass, boardId: string): Promise<string[]> {
  const records = await recordsOf(someone, live, boardId);
  return records.map((record) => String(record.type)).toSorted();
}

/** Types of the shapes that a page shows, in order of their names. */
export function shapesOn(page: Page): Promise<string[]> {
  return page
    .locator('.tl-shapes .tl-shape:not(.tl-shape-background)')
    .evaluateAll((shapes) =>
      shapes.map((shape) => (shape as HTMLElement).dataset.shapeType ?? '').toSorted(),
    );
}

/** Pixels of others' strokes in the making that are painted on a page right now. */
export function livePixels(page: Page): Promise<number> {
  return page.locator('canvas[data-live-strokes]').evaluate((canvas: HTMLCanvasElement) => {
    const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width || 1, canvas.height || 1);
    let painted = 0;
    for (let at = 3; at < (image?.data.length ?? 0); at += 4) if (image?.data[at]) painted += 1;
    return painted;
  });
}

/** Puts the pen down and draws a line, by fractions of the board; the pen stays down. */
export async function beginLine(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const [x, y, width, height] = await boxOf(page);
  const at = (part: number): [number, number] => [
    x + width * (from[0] + (to[0] - from[0]) * part),
    y + height * (from[1] + (to[1] - from[1]) * part),
  ];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let step = 1; step <= 20; step++) await page.mouse.move(...at(step / 20));
}

/** Moves the pen that is down a little about the middle of the board. */
export async function scribble(page: Page): Promise<void> {
  const [x, y, width, height] = await boxOf(page);
  for (const part of [0.46, 0.5, 0.54, 0.52, 0.48]) {
    await page.mouse.move(x + width * part, y + height * (0.9 - part));
  }
}

export async function drawLine(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await beginLine(page, from, to);
  await page.mouse.up();
}

export async function clickBoard(page: Page, x: number, y: number): Promise<void> {
  const [left, top, width, height] = await boxOf(page);
  await page.mouse.click(left + width * x, top + height * y);
}

async function boxOf(page: Page): Promise<[number, number, number, number]> {
  const box = await page.locator('[data-board]').first().boundingBox();
  if (!box) throw new Error('There is no board on the stage');
  return [box.x, box.y, box.width, box.height];
}

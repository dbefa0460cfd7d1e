import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import {
  beginLine,
  enter,
  joinClass,
  openClassWithBoard,
  type Someone,
  clickBoard,
  drawLine,
  livePixels,
  recordsOf,
  scribble,
  shapesInLog,
  shapesOn,
  toolsReady,
} from './support/board';

async function leave(...people: Someone[]) {
  for (const { context } of people) await context.close();
}

test('a stroke is seen before the pen is lifted, and then stands for everyone, once', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student, live, boardId } = await openClassWithBoard(browser, baseURL ?? '');

  await beginLine(teacher.page, [0.3, 0.3], [0.5, 0.4]);
  // The media connection may still be on its way: the pen goes on moving until the student has seen it.
  await expect
    .poll(async () => {
      await scribble(teacher.page);
      return livePixels(student.page);
    })
    .toBeGreaterThan(300);
  const early = await recordsOf(teacher, live, boardId);
  expect(early.every(({ props }) => !(props as { isComplete: boolean }).isComplete)).toBe(true);
  await expect(student.page.locator('[data-cursor]')).toHaveText(teacher.actor.name);

  await teacher.page.mouse.up();
  await expect
    .poll(async () => (await recordsOf(teacher, live, boardId)).map(({ props }) => props))
    .toEqual([expect.objectContaining({ isComplete: true, color: 'blue' })]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  await expect.poll(() => livePixels(student.page)).toBe(0);
  expect(await shapesOn(teacher.page)).toEqual(['draw']);

  await enter(student.page, live.slug);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  const late = await joinClass(browser, teacher, live, 'Lea Late');
  await expect.poll(() => shapesOn(late.page)).toEqual(['draw']);
  await leave(teacher, student, late);
});

test('highlighter, rectangle, arrow, text and note reach the others, in the same place', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student, live, boardId } = await openClassWithBoard(browser, baseURL ?? '');
  const tool = (name: string) => teacher.page.getByRole('button', { name, exact: true }).click();

  await tool('Highlighter');
  await drawLine(teacher.page, [0.3, 0.3], [0.6, 0.3]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['highlight']);
  await tool('Shapes');
  await tool('Rectangle');
  await drawLine(teacher.page, [0.3, 0.5], [0.5, 0.7]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['geo', 'highlight']);
  await tool('Shapes');
  await tool('Arrow');
  await drawLine(teacher.page, [0.65, 0.8], [0.4, 0.6]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['arrow', 'geo', 'highlight']);
  await tool('Text');
  await clickBoard(teacher.page, 0.4, 0.2);
  await teacher.page.locator('[contenteditable=true]').waitFor();
  await teacher.page.keyboard.type('Waxing crescent');
  await teacher.page.keyboard.press('Escape');
  await expect(student.page.locator('.tl-shape[data-shape-type=text]')).toHaveText('Waxing crescent');
  await tool('Note');
  await clickBoard(teacher.page, 0.75, 0.5);
  await teacher.page.locator('[contenteditable=true]').waitFor();
  await teacher.page.keyboard.type('<img src=x onerror=alert(1)>');
  await teacher.page.keyboard.press('Escape');
  await expect(student.page.locator('.tl-shape[data-shape-type=note]')).toHaveText(
    '<img src=x onerror=alert(1)>',
  );
  // The arrow holds on to the rectangle: twice an arrow, the shape and what binds it.
  await expect
    .poll(() => shapesInLog(teacher, live, boardId))
    .toEqual(['arrow', 'arrow', 'geo', 'highlight', 'note', 'text']);
  await leave(teacher, student);
});

test('a laser is seen by the others, fades, and leaves nothing on the board', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student, live, boardId } = await openClassWithBoard(browser, baseURL ?? '');
  await teacher.page.getByRole('button', { name: 'Laser pointer', exact: true }).click();
  await beginLine(teacher.page, [0.3, 0.3], [0.5, 0.4]);
  const light = student.page.locator('canvas[data-live-strokes]');
  await expect
    .poll(async () => {
      await scribble(teacher.page);
      return light.getAttribute('data-laser');
    })
    .toBe('true');
  expect(await livePixels(student.page)).toBeGreaterThan(0);
  await teacher.page.mouse.up();
  await expect(light).toHaveAttribute('data-laser', 'false');
  expect(await livePixels(student.page)).toBe(0);
  expect(await recordsOf(teacher, live, boardId)).toEqual([]);
  // The cursor stands still: it fades, and goes.
  await expect(student.page.locator('[data-cursor]')).toHaveCount(0);
  await leave(teacher, student);
});

test('who may not draw can look and not touch; the right comes and goes', async ({ browser, baseURL }) => {
  const { teacher, student, live, boardId } = await openClassWithBoard(browser, baseURL ?? '');
  const studentRow = teacher.page.getByRole('listitem', { name: 'Sam Okafor' });

  await drawLine(student.page, [0.2, 0.2], [0.5, 0.2]);
  await expect(student.page.getByRole('toolbar', { name: 'Drawing tools' })).toHaveCount(0);
  // What the page does not offer, the room refuses.
  const { results } = await student.actor.trpc.rooms.send.mutate({
    roomId: live.roomId,
    commands: [
      {
        id: randomUUID(),
        type: 'board.change',
        payload: { boardId, layer: 'shared', put: [], removed: ['shape:a'], stroke: null },
      },
    ],
  });
  expect(results).toEqual([expect.objectContaining({ ok: false, code: 'NOT_ALLOWED' })]);
  await drawLine(teacher.page, [0.2, 0.6], [0.5, 0.6]);
  await expect.poll(() => shapesInLog(teacher, live, boardId)).toEqual(['draw']);

  await teacher.page.getByRole('button', { name: 'People', exact: true }).click();
  await studentRow.getByRole('button', { name: 'Allow drawing' }).click();
  await toolsReady(student.page);
  await drawLine(student.page, [0.2, 0.3], [0.5, 0.3]);
  await expect.poll(() => shapesOn(teacher.page)).toEqual(['draw', 'draw']);

  // The right goes while the pen is down: the stroke is marked, told of, and gone.
  await beginLine(student.page, [0.2, 0.4], [0.5, 0.4]);
  await studentRow.getByRole('button', { name: 'Stop drawing' }).click();
  await expect(student.page.getByText('drawing is closed for you now')).toBeVisible();
  await student.page.mouse.up();
  await expect(student.page.getByRole('toolbar', { name: 'Drawing tools' })).toHaveCount(0);
  await expect(student.page.locator('.board-refused')).toHaveCount(0);
  // Of a long stroke a part may have been taken while the right was there: what stands in the log is what is shown.
  const records = await recordsOf(teacher, live, boardId);
  expect(records.filter(({ props }) => (props as { isComplete: boolean }).isComplete)).toHaveLength(2);
  await expect.poll(() => shapesOn(student.page)).toEqual(records.map(({ type }) => type));
  await leave(teacher, student);
});

test('undo takes back one’s own, and nothing that somebody else took away comes back', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student, live, boardId } = await openClassWithBoard(browser, baseURL ?? '');
  const press = (person: Someone, name: string) =>
    person.page.getByRole('button', { name, exact: true }).click();
  await press(teacher, 'People');
  await teacher.page
    .getByRole('listitem', { name: 'Sam Okafor' })
    .getByRole('button', { name: 'Allow drawing' })
    .click();
  await toolsReady(student.page);

  await drawLine(teacher.page, [0.2, 0.2], [0.5, 0.2]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  await drawLine(student.page, [0.2, 0.5], [0.5, 0.5]);
  await expect.poll(() => shapesOn(teacher.page)).toEqual(['draw', 'draw']);
  const [first] = (await recordsOf(teacher, live, boardId)).toSorted((a, b) => Number(a.y) - Number(b.y));

  await press(student, 'Undo');
  await expect
    .poll(async () => (await recordsOf(teacher, live, boardId)).map(({ id }) => id))
    .toEqual([first?.id]);
  await expect(student.page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  await press(student, 'Redo');
  await expect.poll(() => shapesOn(teacher.page)).toEqual(['draw', 'draw']);

  await press(teacher, 'Eraser');
  await drawLine(teacher.page, [0.35, 0.4], [0.35, 0.6]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  await press(student, 'Undo');
  await press(student, 'Redo');
  // A mark of the student's own comes after whatever redo might have sent.
  await press(student, 'Pen');
  await drawLine(student.page, [0.2, 0.8], [0.5, 0.8]);
  await expect.poll(() => shapesOn(teacher.page)).toEqual(['draw', 'draw']);
  expect(await shapesOn(student.page)).toEqual(['draw', 'draw']);
  await leave(teacher, student);
});

test('who comes late sees the lines before the program that draws boards is there', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student, live } = await openClassWithBoard(browser, baseURL ?? '');
  await drawLine(teacher.page, [0.2, 0.3], [0.7, 0.6]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  await teacher.page.getByRole('button', { name: 'Highlighter', exact: true }).click();
  await drawLine(teacher.page, [0.2, 0.7], [0.7, 0.7]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw', 'highlight']);
  await teacher.page.mouse.move(0, 0);
  await expect(student.page.locator('[data-cursor]')).toHaveCount(0);
  await expect.poll(() => livePixels(student.page)).toBe(0);
  const drawn = await paintedBoard(student.page);

  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await student.page.route('**/_next/static/chunks/*.js', async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes('tl-shapes')) await released;
    await route.fulfill({ response });
  });
  await enter(student.page, live.slug);
  const first = student.page.locator('canvas[data-first-marks="2"]');
  await first.waitFor();
  await expect(student.page.locator('.tl-canvas')).toHaveCount(0);
  // The same picture: what differs is the width of a hand's line, not whether and where there is one.
  const early = await paintedBoard(student.page);
  expect(early.where).toEqual(drawn.where);
  expect(early.pixels).toBeGreaterThan(drawn.pixels * 0.7);
  expect(early.pixels).toBeLessThan(drawn.pixels * 1.3);

  release();
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw', 'highlight']);
  await expect(student.page.locator('canvas[data-first-marks]')).toHaveCount(0);
  await leave(teacher, student);
});

/** How many pixels of the board are not paper, and where: the same grid cells on every screen of one size. */
async function paintedBoard(page: Page): Promise<{ pixels: number; where: string[] }> {
  await page.mouse.move(0, 0);
  const box = await page.locator('[data-board]').first().boundingBox();
  if (!box) throw new Error('There is no board on the stage');
  const shot = sharp(await page.screenshot({ clip: box }));
  const { data, info } = await shot.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const cells = new Map<string, number>();
  let pixels = 0;
  for (let at = 0; at < data.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    if (Math.max(red, green, blue) - Math.min(red, green, blue) < 60) continue;
    pixels += 1;
    const index = at / 3;
    const cell = `${Math.floor((index % info.width) / 50)},${Math.floor(index / info.width / 50)}`;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  return { pixels, where: [...cells].flatMap(([cell, count]) => (count > 20 ? [cell] : [])).toSorted() };
}

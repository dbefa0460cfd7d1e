import { expect, type Page, test } from '@playwright/test';
import { drawLine, openBoard, openClassWithBoard, recordsOf, shapesOn } from './support/board';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** What of the paper is seen, in fractions of it. */
async function seenOfPaper(page: Page) {
  const paper = page.locator('[data-paper]');
  const [box, stage] = [await paper.boundingBox(), await paper.locator('xpath=../..').boundingBox()];
  if (!box || !stage) throw new Error('There is no board on the stage');
  return {
    left: Math.max(0, (stage.x - box.x) / box.width),
    top: Math.max(0, (stage.y - box.y) / box.height),
    right: Math.min(1, (stage.x + stage.width - box.x) / box.width),
    bottom: Math.min(1, (stage.y + stage.height - box.y) / box.height),
  };
}

/** Whether a page sees at least what another one does. */
async function seesAllOf(page: Page, other: Page): Promise<boolean> {
  const [own, wanted] = [await seenOfPaper(page), await seenOfPaper(other)];
  return (
    own.left <= wanted.left + 0.01 &&
    own.top <= wanted.top + 0.01 &&
    own.right >= wanted.right - 0.01 &&
    own.bottom >= wanted.bottom - 0.01
  );
}

test('everyone follows the part of a blank board that is looked at; what is drawn there lies there; it is as it was when one comes back', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student, live, boardId } = await openClassWithBoard(browser, baseURL ?? '');
  for (let step = 0; step < 4; step++) await press(teacher.page, 'Zoom in');
  await expect.poll(async () => (await seenOfPaper(teacher.page)).right).toBeLessThan(0.75);
  await expect.poll(async () => (await seenOfPaper(student.page)).right).toBeLessThan(0.8);
  const stage = await teacher.page.locator('[data-paper]').locator('xpath=../..').boundingBox();
  if (!stage) throw new Error('There is no stage');
  await teacher.page.mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2);
  await teacher.page.mouse.wheel(200, 150);
  await expect.poll(() => seesAllOf(student.page, teacher.page)).toBe(true);
  const seen = await seenOfPaper(teacher.page);
  expect(seen.left).toBeGreaterThan(0.25);

  await drawLine(teacher.page, [0.3, 0.5], [0.7, 0.5]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  const [stroke] = await recordsOf(teacher, live, boardId);
  const part = (from: number, to: number, at: number) => from + (to - from) * at;
  expect(Number(stroke?.x) / 1280).toBeCloseTo(part(seen.left, seen.right, 0.3), 1);
  expect(Number(stroke?.y) / 800).toBeCloseTo(part(seen.top, seen.bottom, 0.5), 1);

  await openBoard(teacher.page);
  await expect.poll(async () => (await seenOfPaper(student.page)).right).toBe(1);
  const tabs = teacher.page.getByRole('navigation', { name: 'On the stage' });
  await tabs.getByRole('button', { name: 'Board 1', exact: true }).click();
  await expect.poll(async () => (await seenOfPaper(teacher.page)).left).toBeCloseTo(seen.left, 2);
  await expect.poll(() => seesAllOf(student.page, teacher.page)).toBe(true);

  // Who looks around alone does so on a board too.
  await press(student.page, 'Fit the board');
  await expect(student.page.locator('[data-looking]')).toBeVisible();
  expect((await seenOfPaper(student.page)).left).toBe(0);
  expect((await seenOfPaper(teacher.page)).left).toBeCloseTo(seen.left, 2);
  await press(student.page, 'Back to the presenter');
  await expect.poll(async () => (await seenOfPaper(student.page)).left).toBeGreaterThan(0.1);
  await teacher.page.keyboard.press('0');
  await expect.poll(async () => (await seenOfPaper(student.page)).right).toBe(1);
  await teacher.context.close();
  await student.context.close();
});

test('P14: a board that is closed is kept with its marks, and is opened again from the list of the closed ones', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student } = await openClassWithBoard(browser, baseURL ?? '');
  await drawLine(teacher.page, [0.3, 0.5], [0.7, 0.5]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  const tabs = teacher.page.getByRole('navigation', { name: 'On the stage' });
  await tabs.getByRole('button', { name: 'Close Board 1', exact: true }).click();
  await expect(teacher.page.getByText('Board 1 is closed. It is kept under Documents')).toBeVisible();
  await expect(student.page.locator('[data-board]')).toHaveCount(0);

  // Another board gets a number of its own.
  await openBoard(teacher.page);
  await expect(tabs.getByRole('button', { name: 'Board 2', exact: true })).toBeVisible();
  await press(teacher.page, 'Documents');
  const panel = teacher.page.getByRole('complementary', { name: 'Documents' });
  await panel.getByText('Closed boards').click();
  await expect(panel.locator('canvas[data-marks="1"]')).toBeVisible();
  await panel.getByRole('button', { name: 'Open Board 1 for everyone' }).click();
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  await expect(panel.getByText('All boards of this room are open.')).toBeVisible();
  await teacher.context.close();
  await student.context.close();
});

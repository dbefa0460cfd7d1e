import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { clickBoard, drawLine, openClassWithBoard, shapesOn } from './support/board';

const run = promisify(execFile);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Downloads what the menu offers, and gives the path of the file. */
async function download(page: Page, choice: string): Promise<{ name: string; file: string }> {
  await press(page, 'Download with marks');
  const begun = page.waitForEvent('download');
  await page.getByRole('button', { name: choice }).click();
  const done = await begun;
  return { name: done.suggestedFilename(), file: await done.path() };
}

test('marks are downloaded as a PDF with real text, and as a picture', async ({ browser, baseURL }) => {
  const { teacher, student } = await openClassWithBoard(browser, baseURL ?? '');
  await drawLine(teacher.page, [0.3, 0.3], [0.6, 0.5]);
  await press(teacher.page, 'Text');
  await clickBoard(teacher.page, 0.4, 0.7);
  await teacher.page.locator('[contenteditable=true]').waitFor();
  await teacher.page.keyboard.type('Süße Größen, сладкий');
  await teacher.page.keyboard.press('Escape');
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw', 'text']);
  // What was typed last comes last.
  await expect(student.page.locator('.tl-shape', { hasText: 'Süße Größen, сладкий' })).toHaveCount(1);

  const pdf = await download(student.page, 'PDF with marks');
  expect(pdf.name).toBe('Board.pdf');
  expect((await run('pdftotext', [pdf.file, '-'])).stdout.trim()).toBe('Süße Größen, сладкий');
  expect((await run('pdfimages', ['-list', pdf.file])).stdout.trim().split('\n')).toHaveLength(2);

  const picture = await download(teacher.page, 'This page as a picture');
  const { format, width, height } = await sharp(picture.file).metadata();
  expect({ format, width, height }).toEqual({ format: 'png', width: 2400, height: 1500 });
  // The download leaves the class as it is.
  await expect(teacher.page.getByRole('button', { name: 'Leave', exact: true })).toBeVisible();
  for (const { context } of [teacher, student]) await context.close();
});

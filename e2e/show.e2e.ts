import { expect, type Page, test } from '@playwright/test';
import { linkTo, makePdf } from './fixtures/pdf';
import { embeddedType1 } from './fixtures/type1';
import { drawLine, openBoard, recordsOf, shapesOn, type Someone, toolsReady } from './support/board';
import {
  command,
  openClassWithDocuments,
  openDocument,
  paintAt,
  seenPart,
  showing,
  shownNumber,
  shownPage,
} from './support/show';
import { storeDocument } from '../scripts/store-document';

const HIDDEN = 'Waning crescent';
const moon = makePdf(
  Array.from({ length: 12 }, (_, index) => ({
    colour: [1, 1, 1] as const,
    text: `${index + 1}`,
    lines: ['The Moon and its faces', ...(index === 6 ? [HIDDEN, `again: ${HIDDEN.toUpperCase()}`] : [])],
    annotations:
      index === 0
        ? [
            linkTo([40, 700, 400, 720], '/A << /S /URI /URI (https://example.org/moon) >>'),
            linkTo([40, 660, 400, 680], '/A << /S /URI /URI (javascript:alert\\(1\\)) >>'),
            linkTo([40, 620, 400, 640], '/A << /S /JavaScript /JS (app.alert\\(1\\)) >>'),
            linkTo([40, 580, 400, 600], '/Dest [18 0 R /Fit]'),
          ]
        : [],
  })),
);
const sun = makePdf([{ colour: [0.9, 0.2, 0.2] }, { colour: [0.2, 0.7, 0.3], width: 800, height: 450 }]);

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function leave(...people: Someone[]) {
  for (const { context } of people) await context.close();
}

async function sees(people: readonly Someone[], name: string) {
  for (const { page } of people) await expect.poll(() => shownNumber(page)).toBe(name);
}

/** The upper left of the page has this colour. */
async function painted({ page }: Someone, colour: readonly number[]) {
  await expect
    .poll(async () => {
      const seen = await paintAt(page, 0.1, 0.1);
      return Math.max(...seen.map((part, index) => Math.abs(part - (colour[index] ?? 0))));
    })
    .toBeLessThan(12);
}

test('everyone follows the page, the part of it that is seen, and how it lies; each document stays where it was', async ({
  browser,
  baseURL,
}) => {
  const phone = { width: 390, height: 844 };
  const files = [
    { name: 'Moon.pdf', bytes: moon },
    { name: 'Sun.pdf', bytes: sun },
  ];
  const { teacher, student } = await openClassWithDocuments(browser, baseURL ?? '', files, phone);
  const both = [teacher, student];
  await sees(both, 'Page 1');
  await teacher.page.keyboard.press('ArrowRight');
  await teacher.page.keyboard.press('PageDown');
  await sees(both, 'Page 3');
  await teacher.page.keyboard.press('End');
  await sees(both, 'Page 12');
  await press(teacher.page, 'All pages');
  await press(teacher.page, 'Page 5');
  await sees(both, 'Page 5');

  // The region is followed, not the pixels: the phone sees all that the presenter sees.
  await press(teacher.page, 'Fit the width');
  await expect.poll(async () => (await seenPart(teacher.page)).bottom).toBeLessThan(0.75);
  const wide = await seenPart(teacher.page);
  expect([wide.left, wide.right, wide.top].map((part) => Math.round(part * 100))).toEqual([0, 100, 0]);
  await expect
    .poll(async () => {
      const seen = await seenPart(student.page);
      return seen.top <= 0.01 && seen.bottom >= wide.bottom - 0.01 && seen.left <= 0.01 && seen.right >= 0.99;
    })
    .toBe(true);
  await teacher.page.keyboard.press('ArrowRight');
  await sees(both, 'Page 6');
  expect((await seenPart(teacher.page)).bottom).toBeCloseTo(wide.bottom, 2);

  await press(teacher.page, 'Rotate');
  await expect.poll(async () => (await shownPage(student.page).boundingBox())?.width).toBeGreaterThan(350);
  const lying = await shownPage(student.page).boundingBox();
  expect((lying?.width ?? 0) / (lying?.height ?? 1)).toBeCloseTo(842 / 595, 1);

  // Another document, a blank board, and back: page, part and rotation are as they were.
  const tabs = teacher.page.getByRole('navigation', { name: 'On the stage' });
  const before = await seenPart(teacher.page);
  await tabs.getByRole('button', { name: 'Sun.pdf', exact: true }).click();
  await painted(student, [230, 51, 51]);
  await openBoard(teacher.page);
  await expect(student.page.locator('[data-board^="board:"]')).toBeVisible();
  await tabs.getByRole('button', { name: 'Moon.pdf', exact: true }).click();
  await sees(both, 'Page 6');
  await expect
    .poll(async () => {
      const now = await seenPart(teacher.page);
      return [
        now.left - before.left,
        now.top - before.top,
        now.right - before.right,
        now.bottom - before.bottom,
      ]
        .map(Math.abs)
        .every((difference) => difference < 0.02);
    })
    .toBe(true);
  await student.page.reload();
  await student.page.getByRole('button', { name: 'Join as listener' }).click();
  await expect.poll(() => shownNumber(student.page)).toBe('Page 6');
  const after = await shownPage(student.page).boundingBox();
  expect((after?.width ?? 0) / (after?.height ?? 1)).toBeCloseTo(842 / 595, 1);
  await leave(teacher, student);
});

test('a student looks around alone where they may, and goes back to the presenter', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student } = await openClassWithDocuments(browser, baseURL ?? '', [
    { name: 'Moon.pdf', bytes: moon },
    { name: 'Sun.pdf', bytes: sun },
  ]);
  await sees([teacher, student], 'Page 1');
  const back = student.page.getByRole('button', { name: 'Back to the presenter' });
  await press(student.page, 'Next page');
  await press(student.page, 'Zoom in');
  await sees([student], 'Page 2');
  await expect(student.page.locator('[data-looking]')).toBeVisible();
  await sees([teacher], 'Page 1');
  // Nor does a phone that is turned on its side take them back.
  const stage = student.page.getByRole('region', { name: 'Stage' });
  for (const width of [390, 1440]) {
    await student.page.setViewportSize({ width, height: 844 });
    await expect.poll(async () => ((await stage.boundingBox())?.width ?? 0) > 400).toBe(width > 400);
    await expect(student.page.locator('[data-looking]')).toBeVisible();
    await sees([student], 'Page 2');
  }
  // Whatever the presenter does, who looks around is left in peace.
  await teacher.page.keyboard.press('End');
  await sees([teacher], 'Page 12');
  await sees([student], 'Page 2');
  const tabs = student.page.getByRole('navigation', { name: 'On the stage' });
  await tabs.getByRole('button', { name: 'Sun.pdf', exact: true }).click();
  await painted(student, [230, 51, 51]);
  await back.click();
  await sees([teacher, student], 'Page 12');
  await expect(student.page.locator('[data-looking]')).toHaveCount(0);

  await press(student.page, 'Previous page');
  await sees([student], 'Page 11');
  await press(teacher.page, 'People');
  await teacher.page.getByRole('switch', { name: 'Look around by themselves' }).uncheck();
  await sees([student], 'Page 12');
  await expect(back).toHaveCount(0);
  await expect(student.page.getByRole('button', { name: 'Next page' })).toHaveCount(0);
  await student.page.keyboard.press('ArrowLeft');
  await teacher.page.keyboard.press('Home');
  await sees([teacher, student], 'Page 1');
  await leave(teacher, student);
});

test('words are found, counted and marked; text is selected; links turn pages or open outside, and none of them runs anything', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student } = await openClassWithDocuments(browser, baseURL ?? '', [
    { name: 'Moon.pdf', bytes: moon },
  ]);
  const dialogs: string[] = [];
  student.page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await sees([teacher, student], 'Page 1');

  await teacher.page.keyboard.press('Control+f');
  const field = teacher.page.getByRole('searchbox', { name: 'Find in the text' });
  await field.fill('waning CRESCENT');
  const place = teacher.page.locator('search output');
  await expect(place).toHaveText('0 of 2');
  await field.press('Enter');
  await sees([teacher, student], 'Page 7');
  await expect(place).toHaveText('1 of 2');
  await expect
    .poll(() => marked(teacher.page))
    .toEqual({ hit: ['Waning crescent'], hits: ['WANING CRESCENT'] });
  await field.press('Enter');
  await expect(place).toHaveText('2 of 2');
  await expect
    .poll(() => marked(teacher.page))
    .toEqual({ hit: ['WANING CRESCENT'], hits: ['Waning crescent'] });
  await field.press('Shift+Enter');
  await expect(place).toHaveText('1 of 2');
  await field.fill('no such words');
  await expect(place).toHaveText('Not found');
  await field.press('Escape');
  await expect(field).toHaveCount(0);
  await expect.poll(() => marked(teacher.page)).toEqual({ hit: [], hits: [] });

  // The text lies where it is seen: a double click on a word selects that word.
  await student.page.locator('[data-document]').hover();
  const line = student.page.locator('.page-text-layer').getByText(HIDDEN, { exact: true });
  await line.dblclick({ position: { x: 10, y: 10 } });
  expect(await student.page.evaluate(() => getSelection()?.toString().trim())).toBe('Waning');
  // Who draws puts the pen away first.
  await toolsReady(teacher.page);
  await press(teacher.page, 'Select text');
  await expect(teacher.page.getByRole('toolbar', { name: 'Drawing tools' })).toHaveCount(0);
  await teacher.page
    .locator('.page-text-layer')
    .getByText(HIDDEN, { exact: true })
    .dblclick({ position: { x: 10, y: 10 } });
  expect(await teacher.page.evaluate(() => getSelection()?.toString().trim())).toBe('Waning');

  await teacher.page.keyboard.press('Home');
  await sees([teacher, student], 'Page 1');
  const links = student.page.locator('.page-text a');
  await expect(links).toHaveCount(1);
  await expect(links).toHaveAttribute('href', 'https://example.org/moon');
  await expect(links).toHaveAttribute('rel', /noopener/);
  await expect(links).toHaveAttribute('target', '_blank');
  await student.page.locator('.page-text').getByRole('button', { name: 'Page 8' }).click();
  await sees([student], 'Page 8');
  await sees([teacher], 'Page 1');
  expect(dialogs).toEqual([]);
  await leave(teacher, student);
});

/** What reads as marked on the page: the hit that is looked at, and the others. */
function marked(page: Page) {
  return page.evaluate(() => {
    const read = (name: string) => [...(CSS.highlights.get(name) ?? [])].map((range) => String(range));
    return { hit: read('page-hit'), hits: read('page-hits') };
  });
}

test('on a page that is rotated one draws where the pen is, and it is kept where it belongs', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student, roomId, slug, documentIds } = await openClassWithDocuments(
    browser,
    baseURL ?? '',
    [{ name: 'Moon.pdf', bytes: moon }],
  );
  await toolsReady(teacher.page);
  await press(teacher.page, 'Rotate');
  await expect.poll(async () => (await shownPage(student.page).boundingBox())?.width).toBeGreaterThan(900);
  // What is to be pressed does not turn with the page.
  for (const name of ['Own copies', 'Download with marks'])
    await expect(teacher.page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
  const box = await shownPage(teacher.page).boundingBox();
  if (!box) throw new Error('There is no page');
  // Along the upper edge as it lies: down the left side of the page itself.
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await teacher.page.mouse.move(...at(0.2, 0.2));
  await teacher.page.mouse.down();
  for (let step = 1; step <= 20; step++) await teacher.page.mouse.move(...at(0.2 + 0.03 * step, 0.2));
  await teacher.page.mouse.up();
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  const ink: [number, number, number] = [68, 101, 233];
  for (const { page } of [teacher, student]) {
    await expect
      .poll(async () => {
        const painted = await paintAt(page, 0.5, 0.2);
        return Math.max(...painted.map((part, index) => Math.abs(part - (ink[index] ?? 0))));
      })
      .toBeLessThan(120);
  }
  const live = { appUrl: baseURL ?? '', courseId: '', roomId, slug };
  const [stroke] = await recordsOf(teacher, live, `page:${documentIds[0]}:1`);
  // Turned clockwise by 90°, what is at the upper left as it lies is at the lower left of the page itself.
  expect(Number(stroke?.x) / 595).toBeCloseTo(0.2, 1);
  expect(Number(stroke?.y) / 842).toBeCloseTo(0.8, 1);
  await press(teacher.page, 'Rotate');
  await press(teacher.page, 'Rotate');
  await press(teacher.page, 'Rotate');
  await expect.poll(async () => (await shownPage(student.page).boundingBox())?.width).toBeLessThan(700);
  await expect.poll(async () => (await paintAt(student.page, 0.2, 0.5))[0]).toBeLessThan(200);
  await leave(teacher, student);
});

test('the stage fills the screen and comes back, with what one needs to go on', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student } = await openClassWithDocuments(browser, baseURL ?? '', [
    { name: 'Moon.pdf', bytes: moon },
  ]);
  await sees([teacher, student], 'Page 1');
  await press(student.page, 'Full screen');
  const stage = student.page.getByRole('region', { name: 'Stage' });
  await expect.poll(async () => (await stage.boundingBox())?.height).toBe(900);
  await press(teacher.page, 'Next page');
  await sees([teacher, student], 'Page 2');
  await press(student.page, 'Leave full screen');
  await expect.poll(async () => (await stage.boundingBox())?.height).toBeLessThan(880);
  await leave(teacher, student);
});

test('a page of 200 inches is shown, zoomed and turned like any other', async ({ browser, baseURL }) => {
  const huge = makePdf([
    { width: 14_400, height: 14_400, colour: [0.2, 0.7, 0.3] },
    { width: 14_400, height: 7_200, colour: [0.9, 0.2, 0.2] },
  ]);
  const { teacher, student, roomId } = await openClassWithDocuments(browser, baseURL ?? '', [
    { name: 'Poster.pdf', bytes: huge },
  ]);
  await painted(student, [51, 179, 77]);
  for (let step = 0; step < 9; step++) await teacher.page.keyboard.press('+');
  const canvas = student.page.locator('canvas[data-drawn="1"]');
  await expect(canvas).toBeVisible();
  expect(await canvas.evaluate((element: HTMLCanvasElement) => element.width * element.height)).toBeLessThan(
    17_000_000,
  );
  await expect.poll(async () => (await seenPart(student.page)).box.width).toBeGreaterThan(3000);
  await drawLine(teacher.page, [0.4, 0.4], [0.6, 0.6]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  await teacher.page.keyboard.press('ArrowRight');
  await sees([teacher, student], 'Page 2');
  await painted(student, [230, 51, 51]);

  // What a PDF would run does not run, where pdf.js draws it as well: neither its JavaScript nor its font's matrix, in the embedded font's own
  // program and in the dictionary (CVE-2024-4367).
  const matrix = '0.001 0 0 0.001 0 (0\\); globalThis.ran = true; alert\\(1\\)//)';
  const embedded = embeddedType1(matrix, matrix);
  const scripted = makePdf(
    [{ colour: [0.2, 0.3, 0.9], text: 'A' }],
    '',
    embedded.extra,
    '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\); globalThis.ran = true) >>',
    embedded.font,
  );
  const ran: string[] = [];
  student.page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  const documentId = await openDocument(baseURL ?? '', teacher.actor, roomId, {
    name: 'Script.pdf',
    bytes: scripted,
  });
  await command(teacher.actor, roomId, showing(documentId));
  await painted(student, [51, 77, 230]);
  for (let step = 0; step < 6; step++) await teacher.page.keyboard.press('+');
  await expect(student.page.locator('canvas[data-drawn="1"]')).toBeVisible();
  await student.page.mouse.move(300, 300);
  await student.page.locator('[data-document]').hover();
  await expect(student.page.locator('.page-text')).toBeAttached();
  expect(await student.page.evaluate(() => 'ran' in globalThis)).toBe(false);
  expect(ran).toEqual([]);
  await leave(teacher, student);
});

test('a document of 10,000 pages is gone through like any other', async ({ browser, baseURL }) => {
  const pageCount = 10_000;
  const bytes = makePdf(Array.from({ length: pageCount }, (_, index) => ({ text: `${index + 1}` })));
  const { teacher, student, roomId } = await openClassWithDocuments(browser, baseURL ?? '', []);
  const documentId = await storeDocument(
    process.env,
    teacher.actor.email,
    { name: 'Everything.pdf', bytes, pageCount },
    (page) => (page === 7_777 ? 'Waning crescent' : `Page ${page}`),
  );
  const asked: number[] = [];
  teacher.page.on('response', (response) => {
    if (response.url().includes('documents.pages'))
      void response.body().then((body) => asked.push(body.length));
  });
  await command(teacher.actor, roomId, { type: 'document.open', payload: { documentId } });
  const both = [teacher, student];
  await sees(both, 'Page 1');
  await teacher.page.keyboard.press('End');
  await sees(both, 'Page 10000');
  await expect(student.page.locator('canvas[data-drawn="10000"]')).toBeVisible();

  await press(teacher.page, 'All pages');
  const picker = teacher.page.getByRole('region', { name: 'All pages' });
  await expect(picker.getByRole('button', { name: 'Page 10000', exact: true })).toBeFocused();
  expect(await picker.getByRole('button').count()).toBeLessThan(150);
  await picker
    .locator('div')
    .first()
    .evaluate((list) => list.scrollTo(0, list.scrollHeight / 2));
  const middle = picker.getByRole('button', { name: 'Page 5000', exact: true });
  await expect(middle).toBeVisible();
  expect(await picker.getByRole('button').count()).toBeLessThan(150);
  await middle.click();
  await sees(both, 'Page 5000');

  await teacher.page.keyboard.press('Control+f');
  const field = teacher.page.getByRole('searchbox', { name: 'Find in the text' });
  await field.fill('waning crescent');
  await expect(teacher.page.locator('search output')).toHaveText('0 of 1');
  await field.press('Enter');
  await sees(both, 'Page 7777');
  // Nobody was sent all the pages at once.
  expect(asked.length).toBeGreaterThan(2);
  expect(Math.max(...asked)).toBeLessThan(100_000);
  await leave(teacher, student);
});

import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import { cutPdf, htmlAsPdf, lockedPdf, makePdf } from './fixtures/pdf';
import { makePptx } from './fixtures/pptx';
import { type Actor, signUpActor } from '../scripts/actor';
import { openBrowser, prepareClass } from './support/class';

const COLOURS = { red: [230, 51, 51], green: [51, 179, 77], blue: [51, 77, 230] } as const;
const fraction = ([red, green, blue]: readonly [number, number, number]) =>
  [red / 255, green / 255, blue / 255] as const;
const slides = makePdf([
  { colour: fraction(COLOURS.red), text: 'One' },
  { colour: fraction(COLOURS.green), text: 'Two' },
  { colour: fraction(COLOURS.blue), text: 'Three', width: 800, height: 450 },
]);

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-e2e-'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}

type Someone = { page: Page; context: BrowserContext; api: Actor['trpc'] };

/** A teacher inside of a class that is live, with the Documents panel open. */
async function teachWithDocuments(browser: Browser, appUrl: string | undefined) {
  const { teacher: actor, courseId, lessonId, slug } = await prepareClass(appUrl ?? '');
  await actor.trpc.lessons.start.mutate({ lessonId });
  const { opening } = await actor.trpc.classroom.open.query({ slug });
  const teacher: Someone = { ...(await openBrowser(browser, actor)), api: actor.trpc };
  await enter(teacher.page, slug);
  await openDocuments(teacher);
  return { teacher, courseId, slug, roomId: opening.roomId };
}

async function enter(page: Page, slug: string): Promise<void> {
  await page.goto(`/room/${slug}`);
  await page.getByRole('button', { name: 'Join as listener', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible();
}

async function openDocuments({ page }: Someone): Promise<void> {
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  await page.getByRole('button', { name: 'Upload', exact: true }).waitFor();
}

/** By the button, as a person does it. */
async function upload({ page }: Someone, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await (await chooser).setFiles(file);
}

function shownPage(page: Page) {
  return page.locator('[data-document]').getByRole('img', { name: /^Page \d+$/ });
}

/** The name of the colour that the shown page has in its upper left corner, as it is painted on this screen. */
async function paintedColour(page: Page): Promise<string> {
  // The page itself, whether its picture or pdf.js is what is seen of it.
  const box = await shownPage(page).boundingBox();
  if (!box) return 'nothing';
  const size = 12;
  const [x, y] = [Math.max(box.x, 0) + 30, Math.max(box.y, 60) + 30];
  const { channels } = await sharp(
    await page.screenshot({ clip: { x, y, width: size, height: size } }),
  ).stats();
  const painted = channels.slice(0, 3).map((channel) => channel.mean);
  const near = (colour: readonly number[]) =>
    colour.every((part, index) => Math.abs(part - (painted[index] ?? 0)) < 25);
  return Object.entries(COLOURS).find(([, colour]) => near(colour))?.[0] ?? painted.join(' ');
}

test('a teacher uploads a PDF and shows it; everyone sees its pages as they are turned', async ({
  browser,
  baseURL,
}) => {
  const { teacher, courseId, slug, roomId } = await teachWithDocuments(browser, baseURL);
  const pupil = await signUpActor(baseURL ?? '', 'Sam Okafor');
  await teacher.api.courses.enrol.mutate({ courseId, email: pupil.email, role: 'student' });
  const student: Someone = { ...(await openBrowser(browser, pupil)), api: pupil.trpc };
  await enter(student.page, slug);

  await expect(teacher.page.getByText('No documents yet')).toBeVisible();
  await upload(teacher, await fileOf('Slides.pdf', slides));
  const row = teacher.page.getByRole('listitem').filter({ hasText: 'Slides.pdf' });
  await expect(row.getByText('3 pages')).toBeVisible();

  // Nobody reads a document that was not shown to them.
  const [document] = (await teacher.api.library.list.query({})).documents;
  const documentId = String(document?.id);
  const asked = { roomId, documentId };
  await expect(student.api.documents.pages.query(asked)).rejects.toThrow('NOT_FOUND');

  await row.getByRole('button', { name: 'Show to everyone' }).click();
  await expect(row.getByText('Everyone sees this')).toBeVisible();
  for (const { page } of [teacher, student]) await expect.poll(() => paintedColour(page)).toBe('red');

  // The neighbours' pictures are there before anybody turns to them, and stay where they are in the page when somebody does.
  const pictures = student.page.locator('[data-document] img');
  await expect(pictures).toHaveCount(3);
  await pictures.first().evaluate((picture) => {
    const stage = picture.closest<HTMLElement>('[data-document]');
    const observer = new MutationObserver((changes) => {
      const back = changes
        .flatMap(({ removedNodes }) => [...removedNodes])
        .filter((node) => node.isConnected);
      if (stage && back.some((node) => node instanceof HTMLImageElement)) stage.dataset.putBack = 'true';
    });
    if (stage) observer.observe(stage, { childList: true, subtree: true });
  });
  const numberField = teacher.page.getByRole('textbox', { name: 'Page' });
  await numberField.fill('3');
  await numberField.press('Enter');
  for (const { page } of [teacher, student]) {
    await expect(shownPage(page)).toHaveAccessibleName('Page 3');
    await expect.poll(() => paintedColour(page)).toBe('blue');
  }
  await expect(student.page.locator('[data-put-back]')).toHaveCount(0);
  await student.page.reload();
  await student.page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect.poll(() => paintedColour(student.page)).toBe('blue');

  await teacher.page.getByRole('button', { name: 'Close Slides.pdf' }).click();
  await expect(student.page.locator('[data-document]')).toHaveCount(0);
  await expect(student.api.documents.original.query(asked)).rejects.toThrow('NOT_FOUND');
  await teacher.context.close();
  await student.context.close();
});

const ways: Record<string, (page: Page) => Promise<void>> = {
  'with the button': async (page) => {
    for (let step = 0; step < 6; step += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
  },
  // Several steps come before the next rendering: none is lost.
  'with Ctrl and the wheel': async (page) => {
    const box = await shownPage(page).boundingBox();
    if (!box) throw new Error('no page is shown');
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 3);
    await page.keyboard.down('Control');
    for (let step = 0; step < 6; step += 1) await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
  },
};
for (const [how, zoomIn] of Object.entries(ways)) {
  test(`zoomed in ${how}, a page is drawn anew at the screen’s own resolution`, async ({
    browser,
    baseURL,
  }) => {
    const { teacher } = await teachWithDocuments(browser, baseURL);
    await upload(teacher, await fileOf('Fine.pdf', slides));
    await teacher.page.getByRole('button', { name: 'Show to everyone' }).click();
    await shownPage(teacher.page).waitFor();
    await zoomIn(teacher.page);
    await expect(teacher.page.getByText(/^3\d\d%$/)).toBeVisible();
    const canvas = teacher.page.locator('canvas[data-drawn="1"]');
    await expect(canvas).toBeVisible();
    // As many pixels as it takes on the screen, and more than the picture below has.
    const fineness = () =>
      canvas.evaluate((element: HTMLCanvasElement) => element.width / element.getBoundingClientRect().width);
    await expect.poll(fineness).toBeCloseTo(1, 1);
    await expect.poll(() => paintedColour(teacher.page)).toBe('red');
    await teacher.context.close();
  });
}

test('slides are converted, shown like any document, and drawn anew from the PDF they became', async ({
  browser,
  baseURL,
}) => {
  const { teacher, roomId } = await teachWithDocuments(browser, baseURL);
  const [red, green] = await Promise.all([COLOURS.red, COLOURS.green].map(solidPicture));
  const deck = await makePptx([
    { title: 'Light', picture: red, whole: true, animated: true },
    { title: 'Shadow', picture: green, whole: true },
  ]);
  await upload(teacher, await fileOf('Optics.pptx', deck));
  const row = teacher.page.getByRole('listitem').filter({ hasText: 'Optics.pptx' });
  await expect(row).toContainText('2 pages', { timeout: 30_000 });
  await expect(row).toContainText('Animations');
  await row.getByRole('button', { name: 'Show to everyone' }).click();
  await expect.poll(() => paintedColour(teacher.page)).toBe('red');

  const [document] = (await teacher.api.library.list.query({})).documents;
  const { url } = await teacher.api.documents.original.query({ roomId, documentId: String(document?.id) });
  expect((await (await fetch(url)).text()).startsWith('%PDF-')).toBe(true);
  for (let step = 0; step < 6; step += 1) await teacher.page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(teacher.page.locator('canvas[data-drawn="1"]')).toBeVisible();
  await expect.poll(() => paintedColour(teacher.page)).toBe('red');
  await teacher.context.close();
});

function solidPicture([r, g, b]: readonly [number, number, number]): Promise<Buffer> {
  const background = { r, g, b };
  return sharp({ create: { width: 160, height: 90, channels: 3, background } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

test('a file that cannot be taken says why and what to do, and leaves nothing behind', async ({
  browser,
  baseURL,
}) => {
  const { teacher } = await teachWithDocuments(browser, baseURL);
  const announced: string[] = [];
  teacher.page.on('request', (request) => {
    if (request.url().includes('/api/uploadthing')) announced.push(request.postData() ?? '');
  });

  const huge = path.join(folder, 'huge.pdf');
  const handle = await open(huge, 'w');
  await handle.truncate(501 * 1024 * 1024);
  await handle.close();
  const refusals: [string, string][] = [
    [await fileOf('page.pdf', htmlAsPdf()), 'This file is not a PDF, whatever its name says.'],
    [await fileOf('empty.pdf', Buffer.alloc(0)), 'This file is empty.'],
    [await fileOf('cut.pdf', cutPdf()), 'it is damaged or incomplete'],
    [
      await fileOf('film.mp4', Buffer.from('#EXTM3U\nfile:///etc/passwd\n')),
      'This is not a sound or film file, whatever its name says.',
    ],
    [huge, 'This file is too large. The limit is 500 MB.'],
  ];
  for (const [file, sentence] of refusals) {
    await upload(teacher, file);
    const row = teacher.page.getByRole('listitem').filter({ hasText: path.basename(file) });
    await expect(row.getByRole('alert')).toContainText(sentence);
    await row.getByRole('button', { name: `Dismiss ${path.basename(file)}` }).click();
    await expect(row).toHaveCount(0);
  }
  expect(announced.some((body) => body.includes('huge.pdf'))).toBe(false);
  expect((await teacher.api.library.list.query({})).documents).toEqual([]);
  await expect(teacher.page.getByText('No documents yet')).toBeVisible();

  // What is only found out by reading the whole file stays in the library, with its reason.
  await upload(teacher, await fileOf('locked.pdf', lockedPdf()));
  const row = teacher.page.getByRole('listitem').filter({ hasText: 'locked.pdf' });
  await expect(row).toContainText('it is locked with a password');
  await expect(row.getByRole('button', { name: 'Show to everyone' })).toHaveCount(0);
  await teacher.context.close();
});

test('a document is renamed, deleted and brought back', async ({ browser, baseURL }) => {
  const { teacher } = await teachWithDocuments(browser, baseURL);
  await upload(teacher, await fileOf('Draft.pdf', slides));
  const choose = async (file: string, action: string) => {
    await teacher.page.getByRole('button', { name: `Actions for ${file}` }).click();
    await teacher.page.getByRole('menuitem', { name: action }).click();
  };
  await choose('Draft.pdf', 'Rename');
  await teacher.page.getByRole('textbox', { name: 'Name' }).fill('Optics');
  await teacher.page.keyboard.press('Enter');
  await choose('Optics', 'Delete');
  await expect(teacher.page.getByText('No documents yet')).toBeVisible();
  await teacher.page.getByRole('button', { name: 'Undo' }).click();
  const library = teacher.page.getByRole('list', { name: 'Files and folders' });
  await expect(library.getByRole('listitem').filter({ hasText: 'Optics' })).toBeVisible();
  await teacher.context.close();
});

import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { pageBoardId } from '@/room/boards';
import { strokeRecord } from '@/room/stroke-fixture';
import { type Actor, signUpActor } from '../scripts/actor';
import { makePdf } from './fixtures/pdf';
import { openBrowser, prepareClass } from './support/class';

type Someone = { page: Page; context: BrowserContext; actor: Actor };
type Given = { name: string; bytes: Buffer };

async function openLibrary(browser: Browser, appUrl: string | undefined): Promise<Someone> {
  const actor = await signUpActor(appUrl ?? '', 'Mara Lindt');
  const someone = { ...(await openBrowser(browser, actor)), actor };
  await someone.page.goto('/library');
  await expect(someone.page.getByText('No documents yet')).toBeVisible();
  return someone;
}

const items = (page: Page) => page.getByRole('list', { name: 'Files and folders' });
const row = (page: Page, name: string) => items(page).getByRole('listitem').filter({ hasText: name });

/** Drops files from the computer somewhere. */
async function dropFiles(where: Locator, files: readonly Given[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }));
  const dataTransfer = await where.page().evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const { name, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name, { lastModified: 1 }));
    }
    return data;
  }, given);
  for (const type of ['dragenter', 'dragover', 'drop']) await where.dispatchEvent(type, { dataTransfer });
}

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

async function newFolder(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New folder', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name of the folder' }).fill(name);
  await page.keyboard.press('Enter');
  await expect(row(page, name)).toBeVisible();
}

const lenses = { name: 'Lenses.pdf', bytes: makePdf([{ text: 'A prism splits light' }, {}]) };
const waves = { name: 'Waves.pdf', bytes: makePdf([{ text: 'Sound' }]) };

test('files are dropped, ordered into folders by mouse and keyboard, found, deleted and brought back', async ({
  browser,
  baseURL,
}) => {
  const { page, context } = await openLibrary(browser, baseURL);
  await dropFiles(page.getByRole('region', { name: 'Library' }), [lenses, waves]);
  await expect(row(page, 'Lenses.pdf')).toContainText('2 pages');
  await expect(row(page, 'Waves.pdf')).toContainText('1 page');
  await expect(page.getByText('of 20 GB used')).toBeVisible();

  await newFolder(page, 'Physics');
  await newFolder(page, 'Chemistry');
  await row(page, 'Waves.pdf').dragTo(row(page, 'Physics'));
  await expect(row(page, 'Waves.pdf')).toHaveCount(0);

  // By keyboard alone: choose, rename, move by the menu.
  await row(page, 'Lenses.pdf').getByRole('button', { name: 'Lenses.pdf', exact: true }).focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name' }).fill('Optics.pdf');
  await page.keyboard.press('Enter');
  await act(page, 'Optics.pdf', 'Move…');
  await page.getByRole('radio', { name: 'Physics' }).check({ force: true });
  await page.getByRole('button', { name: 'Move here' }).click();
  await expect(row(page, 'Optics.pdf')).toHaveCount(0);

  await page.getByRole('button', { name: 'Physics', exact: true }).click();
  await expect(row(page, 'Optics.pdf')).toBeVisible();
  await expect(row(page, 'Waves.pdf')).toBeVisible();
  await page.goBack();
  await expect(row(page, 'Chemistry')).toBeVisible();

  await page.getByRole('searchbox').fill('prism');
  await expect(row(page, 'Optics.pdf')).toContainText('found on page 1');
  await expect(row(page, 'Chemistry')).toHaveCount(0);
  await page.getByRole('searchbox').fill('');

  // What is deleted together comes back together.
  await row(page, 'Chemistry').getByRole('button', { name: 'Chemistry', exact: true }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByText('2 chosen')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(page.getByText('No documents yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Physics', exact: true }).click();
  await expect(row(page, 'Optics.pdf')).toBeVisible();
  await context.close();
});

test('an upload pauses, survives a reload and going to another page, and goes on where it was', async ({
  browser,
  baseURL,
}) => {
  const { page, context } = await openLibrary(browser, baseURL);
  const line = await context.newCDPSession(page);
  const slow = (bytesASecond: number) =>
    line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesASecond,
    });
  await slow(400_000);
  const bytes = Buffer.alloc(3_000_000, 7);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'Long.bin', mimeType: 'text/plain', buffer: bytes });
  const tray = page.getByRole('region', { name: 'Uploads' });
  const sent = async () => Number(await tray.getByRole('progressbar').getAttribute('aria-valuenow'));
  await expect.poll(sent).toBeGreaterThan(10);
  await tray.getByRole('button', { name: 'Pause Long.bin' }).click();
  await expect(tray.getByText(/^Paused at/)).toBeVisible();

  // It is still there, and still paused.
  await page.reload();
  await expect(tray.getByText(/^Paused at/)).toBeVisible();
  const offsets: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') offsets.push(request.headers().range ?? '');
  });
  await slow(400_000);
  await tray.getByRole('button', { name: 'Resume Long.bin' }).click();
  await expect.poll(() => offsets.length).toBeGreaterThan(0);
  expect(Number(/bytes=(\d+)-/.exec(offsets[0] ?? '')?.[1])).toBeGreaterThan(200_000);

  await page.getByRole('link', { name: 'Classes' }).click();
  await expect(page.getByRole('heading', { name: 'Your classes' })).toBeVisible();
  await expect(tray.getByText('Uploading 1 file')).toBeVisible();
  // A reload in the middle needs nobody.
  await page.reload();
  await slow(-1);
  await expect(tray.getByText('1 file uploaded')).toBeVisible();
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(row(page, 'Long.bin')).toContainText('For download only');
  await context.close();
});

test('ten thousand files at once: those whose turn it is are shown, the rest is counted and can be stopped', async ({
  browser,
  baseURL,
}) => {
  const { page, context } = await openLibrary(browser, baseURL);
  // Nothing gets through: all of them are there to be seen.
  await page.route(`${new URL(process.env.LECTERN_FILES_URL ?? '').origin}/ingest/**`, () => undefined);
  await page.locator('input[type=file]').evaluate((field: HTMLInputElement) => {
    const data = new DataTransfer();
    for (let number = 1; number <= 10_000; number += 1)
      data.items.add(new File([`number ${number}`], `File ${number}.txt`, { lastModified: number }));
    field.files = data.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
  const tray = page.getByRole('region', { name: 'Uploads' });
  await expect(tray.getByRole('status')).toHaveText('Uploading 10,000 files');
  await expect(tray.getByText('9,950 more files wait')).toBeVisible();
  expect(await tray.getByRole('listitem').count()).toBe(51);
  await tray.getByRole('button', { name: 'Stop these' }).click();
  await expect(tray.getByRole('status')).toHaveText('Uploading 50 files');
  await newFolder(page, 'Physics');
  await context.close();
});

test('a share link gives the file to anybody, until it is taken back', async ({ browser, baseURL }) => {
  const { page, context } = await openLibrary(browser, baseURL);
  await dropFiles(page.getByRole('region', { name: 'Library' }), [waves]);
  await expect(row(page, 'Waves.pdf')).toContainText('1 page');
  await act(page, 'Waves.pdf', 'Share link…');
  await page.getByRole('button', { name: 'Create link' }).click();
  const url = await page.getByRole('textbox', { name: 'Link' }).inputValue();

  const stranger = await openBrowser(browser, null);
  await stranger.page.goto(url);
  await expect(stranger.page.getByRole('heading', { name: 'Waves.pdf' })).toBeVisible();
  await expect(stranger.page.getByText(/^PDF · 1 page · /)).toBeVisible();
  const picture = stranger.page.getByRole('main').locator('img');
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0);
  const coming = stranger.page.waitForEvent('download');
  await stranger.page.getByRole('link', { name: 'Download' }).click();
  expect((await coming).suggestedFilename()).toBe('Waves.pdf');

  await page.getByRole('button', { name: 'Take link back' }).click();
  await expect(page.getByText('The link no longer opens anything.')).toBeVisible();
  const answer = await stranger.page.reload();
  expect(answer?.status()).toBe(404);
  await expect(stranger.page.getByRole('heading', { name: 'This link is not valid' })).toBeVisible();
  await stranger.context.close();
  await context.close();
});

test('a newer file takes the place of the old one in the room, and the marks stay', async ({
  browser,
  baseURL,
}) => {
  const { teacher: actor, lessonId, slug } = await prepareClass(baseURL ?? '');
  await actor.trpc.lessons.start.mutate({ lessonId });
  const { opening } = await actor.trpc.classroom.open.query({ slug });
  const { roomId } = opening;
  const { page, context } = await openBrowser(browser, actor);
  await page.goto(`/room/${slug}`);
  await page.getByRole('button', { name: 'Join as listener', exact: true }).click();
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  await dropFiles(page.getByRole('region', { name: 'Library' }), [lenses]);
  await row(page, 'Lenses.pdf').getByRole('button', { name: 'Show to everyone' }).click();
  await expect(page.getByText('/ 2', { exact: true })).toBeVisible();

  const { documents } = await actor.trpc.library.list.query({});
  const documentId = documents[0]?.id ?? '';
  const boardId = pageBoardId(documentId, 1);
  const stroke = strokeRecord('shape:mine', { x: 50, y: 50 }, [
    { x: 0, y: 0, z: 0.5 },
    { x: 90, y: 40, z: 0.5 },
  ]);
  const { results } = await actor.trpc.rooms.send.mutate({
    roomId,
    commands: [
      {
        id: crypto.randomUUID(),
        type: 'board.change',
        payload: { boardId, layer: 'shared', put: [stroke], removed: [], stroke: null },
      },
    ],
  });
  expect(results).toMatchObject([{ ok: true }]);

  const chooser = page.waitForEvent('filechooser');
  await act(page, 'Lenses.pdf', 'Replace with a newer file…');
  const picture = page.locator('[data-document] img').first();
  const before = await picture.getAttribute('src');
  const newer = makePdf([{ text: 'New' }, {}, {}]);
  await (await chooser).setFiles({ name: 'Newer.pdf', mimeType: 'application/pdf', buffer: newer });
  await expect(page.getByText('/ 3', { exact: true })).toBeVisible();
  await expect(row(page, 'Lenses.pdf')).toContainText('3 pages');
  await expect.poll(() => picture.getAttribute('src')).not.toBe(before);
  const { records } = await actor.trpc.rooms.board.query({ roomId, boardId, layer: 'shared' });
  expect(records).toMatchObject([{ id: 'shape:mine' }]);
  await context.close();
});

test('the library can be read out and used in either light', async ({ browser, baseURL }) => {
  const { page, context } = await openLibrary(browser, baseURL);
  await findNothing(page);
  await dropFiles(page.getByRole('region', { name: 'Library' }), [lenses]);
  await expect(row(page, 'Lenses.pdf')).toContainText('2 pages');
  // What lies behind a window is not judged by its colours.
  await page.getByRole('region', { name: 'Uploads' }).getByRole('button', { name: 'Close' }).click();
  await newFolder(page, 'Physics');
  await findNothing(page);
  await page.getByRole('button', { name: 'As pictures' }).click();
  await row(page, 'Lenses.pdf').getByRole('checkbox').check();
  await findNothing(page);
  await page.getByRole('button', { name: 'Actions for Lenses.pdf' }).click();
  await page.getByRole('menu').waitFor();
  await findNothing(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Lenses.pdf', exact: true }).click();
  await page.getByRole('img', { name: 'Page 1' }).waitFor();
  await findNothing(page);
  await context.close();
});

/** What is written in the page's own colour has it as soon as the page has, however deep it lies. */
async function expectInkEverywhere(page: Page): Promise<void> {
  const [own, deep] = await page.evaluate(() =>
    [document.body, document.querySelector('main h1')].map((one) => one && getComputedStyle(one).color),
  );
  expect(deep).toBe(own);
}

/** What keeps the keyboard within an open menu hands the focus on at once. */
const FOCUS_GUARDS = '[data-base-ui-focus-guard]';

/** Light and dark: what axe finds is printed by name. */
async function findNothing(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectInkEverywhere(page);
    const { violations } = await new AxeBuilder({ page }).exclude(FOCUS_GUARDS).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
}

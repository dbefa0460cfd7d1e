import { expect, test, type Page } from '@playwright/test';
import { openBrowser, prepareClass, type PreparedClass } from './support/class';
import { makePdf } from './fixtures/pdf';

/** The journey that Lectern exists for: one class from its start to its end, with a student and a guest in it. */
test.describe('a class', () => {
  test.setTimeout(240_000);

  test('teacher, student and guest share a page, strokes and the chat, through reload, late join and a lost network', async ({
    browser,
    baseURL,
  }) => {
    const prepared = await prepareClass(baseURL ?? '');
    const teacher = await openBrowser(browser, prepared.teacher);
    await test.step('the teacher starts the class', () => startClass(teacher.page, prepared));
    const student = await openBrowser(browser, null);
    await test.step('a guest comes in by the lesson link', () =>
      enterByLink(student.page, prepared, 'Ada Guest'));

    await test.step('a PDF is uploaded, shown and turned to page 3', async () => {
      await teacher.page.getByRole('button', { name: 'Documents', exact: true }).click();
      await teacher.page.locator('input[type=file]').setInputFiles({
        name: 'slides.pdf',
        mimeType: 'application/pdf',
        buffer: makePdf(Array.from({ length: 4 }, () => ({}))),
      });
      await teacher.page.getByRole('button', { name: 'Show to everyone' }).click({ timeout: 60_000 });
      await expect(stagePage(student.page, 1)).toBeVisible();
      await teacher.page.getByRole('button', { name: 'Next page' }).click();
      await expect(stagePage(student.page, 2)).toBeVisible();
      await teacher.page.getByRole('button', { name: 'Next page' }).click();
      await expect(stagePage(student.page, 3)).toBeVisible();
    });

    await test.step('a stroke of the teacher arrives once', async () => {
      await drawStroke(teacher.page);
      await expect(marks(teacher.page)).toHaveCount(1);
      await expect(marks(student.page)).toHaveCount(1);
    });

    await test.step('both write, and both read it as text', async () => {
      await say(student.page, '<img src=x onerror=alert(1)> hello');
      await say(teacher.page, 'Welcome, Ada');
      for (const { page } of [teacher, student]) {
        await page.getByText('<img src=x onerror=alert(1)> hello').waitFor();
        await page.getByText('Welcome, Ada').waitFor();
      }
    });

    await test.step('a reload shows the same, nothing twice', async () => {
      await student.page.reload();
      await join(student.page);
      await expectSame(student.page);
    });

    await test.step('so does coming late', async () => {
      const late = await openBrowser(browser, null);
      await enterByLink(late.page, prepared, 'Late Lena');
      await expectSame(late.page);
      await late.context.close();
    });

    await test.step('what happens while the network is away is there afterwards, once', async () => {
      await student.context.setOffline(true);
      await expect(student.page.getByText('The connection is lost.', { exact: false })).toBeVisible({
        timeout: 60_000,
      });
      await say(teacher.page, 'Sent while you were away');
      await say(student.page, 'Written without a network');
      await teacher.page.getByRole('button', { name: 'Previous page' }).click();
      await student.context.setOffline(false);
      await expect(student.page.getByText('Sent while you were away')).toHaveCount(1, { timeout: 60_000 });
      await expect(stagePage(student.page, 2)).toBeVisible();
      await expect(teacher.page.getByText('Written without a network')).toHaveCount(1, { timeout: 60_000 });
      await expect(student.page.getByText('Written without a network')).toHaveCount(1);
    });

    await test.step('the class ends for all', async () => {
      await teacher.page.getByRole('button', { name: 'End class for all' }).click();
      await expect(student.page.getByText('class has ended', { exact: false })).toBeVisible();
    });
    await teacher.context.close();
    await student.context.close();
  });

  test('a reload of the only one there does not end it; their leaving does, after the time that is set for it', async ({
    browser,
    baseURL,
  }) => {
    const prepared = await prepareClass(baseURL ?? '');
    const status = async () => {
      const { courseId, lessonId } = prepared;
      const { upcoming } = await prepared.teacher.trpc.lessons.list.query({ courseId });
      return upcoming.find(({ id }) => id === lessonId)?.status ?? 'over';
    };
    const { context, page } = await openBrowser(browser, prepared.teacher);
    await startClass(page, prepared);
    await page.reload();
    await join(page);
    expect(await status()).toBe('live');
    await context.close();
    expect(await status()).toBe('live');
    await expect.poll(status, { timeout: 90_000 }).toBe('over');
  });
});

async function startClass(page: Page, { slug }: PreparedClass): Promise<void> {
  await page.goto('/dashboard');
  await page.getByRole('button', { name: 'Start class' }).first().click();
  await page.waitForURL(`**/room/${slug}`);
  await join(page);
}

async function enterByLink(page: Page, { teacher, lessonId }: PreparedClass, name: string): Promise<void> {
  const { url } = await teacher.trpc.links.lesson.query({ lessonId });
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join class' }).click();
  await page.waitForURL('**/room/**');
  await join(page);
}

/** Through the device check. */
async function join(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible();
}

function stagePage(page: Page, number: number) {
  return page.locator(`[data-document][data-page="${number}"]`);
}

function marks(page: Page) {
  return page.locator('.tl-shape[data-shape-type="draw"]');
}

async function drawStroke(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pen', exact: true }).click();
  const box = await stagePage(page, 3).boundingBox();
  if (!box) throw new Error('There is no page on the stage.');
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  await page.mouse.move(x - 60, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 30, { steps: 12 });
  await page.mouse.up();
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByLabel('Write a message');
  if (!(await field.isVisible())) await page.getByRole('button', { name: 'Chat' }).click();
  await field.fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Page 3, its one stroke and both messages. */
async function expectSame(page: Page): Promise<void> {
  await expect(stagePage(page, 3)).toBeVisible();
  await expect(marks(page)).toHaveCount(1);
  const field = page.getByLabel('Write a message');
  if (!(await field.isVisible())) await page.getByRole('button', { name: 'Chat' }).click();
  await expect(page.getByText('Welcome, Ada')).toHaveCount(1);
  await expect(page.getByText('onerror=alert(1)')).toHaveCount(1);
}

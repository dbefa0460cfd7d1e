import { expect, type Page, test } from '@playwright/test';
import { beginLine, drawLine, openClassWithBoard, shapesInLog, shapesOn, toolsReady } from './support/board';
import { enterRoom, openChat, rowOf, say, startLiveClass, tileOf } from './support/classroom';
import { panel } from './support/media-class';

const notSentYet = (page: Page) => page.getByText(/not sent yet/i);

/** What is written and drawn while the network or the server is away. */
test.describe('what is not sent yet', () => {
  test.setTimeout(180_000);

  test('is marked while the network is away, and is everywhere once when it is back', async ({
    browser,
    baseURL,
  }) => {
    const { teacher, student, live, boardId } = await openClassWithBoard(browser, baseURL ?? '');
    await drawLine(teacher.page, [0.2, 0.2], [0.5, 0.2]);
    await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
    await expect(notSentYet(teacher.page)).toHaveCount(0);

    const board = teacher.page.locator('[data-board]').first();
    const lost = teacher.page.getByText('The connection is lost.', { exact: false });
    const before = await board.boundingBox();
    await beginLine(teacher.page, [0.2, 0.3], [0.4, 0.3]);
    await teacher.context.setOffline(true);
    await expect(lost).toBeAttached();
    // What is told of it does not move the page from under the pen.
    expect(await board.boundingBox()).toEqual(before);
    await expect(lost).not.toBeInViewport();
    await teacher.page.mouse.up();
    await expect(lost).toBeInViewport();
    // A panel that was not open before has its code still to come: it waits for that, and the room does not fall over it.
    await panel(teacher.page, 'Media');
    for (const y of [0.4, 0.5, 0.6]) await drawLine(teacher.page, [0.2, y], [0.5, y]);
    // And the first one where the end of it was still on its way.
    await expect(teacher.page.getByText(/^[45] marks not sent yet$/)).toBeVisible();
    await say(teacher.page, 'Written without a network');
    await expect(teacher.page.getByText('Not sent yet', { exact: true })).toBeVisible();

    await panel(teacher.page, 'Media');
    await teacher.context.setOffline(false);
    await expect(teacher.page.getByRole('region', { name: 'Your files' })).toBeVisible();
    await expect.poll(() => shapesOn(student.page), { timeout: 60_000 }).toHaveLength(5);
    await openChat(student.page);
    await expect(student.page.getByText('Written without a network')).toHaveCount(1);
    await expect(notSentYet(teacher.page)).toHaveCount(0);
    await openChat(teacher.page);
    await expect(teacher.page.getByText('Written without a network')).toHaveCount(1);
    expect(await shapesInLog(teacher, live, boardId)).toHaveLength(5);
    await teacher.context.close();
    await student.context.close();
  });

  test('goes after a reload too, once', async ({ browser, baseURL }) => {
    const { teacher, student, live, boardId } = await openClassWithBoard(browser, baseURL ?? '');
    const { page } = teacher;
    await page.route('**/api/trpc/rooms.send*', (route) => route.abort());
    await drawLine(page, [0.2, 0.4], [0.5, 0.4]);
    await drawLine(page, [0.2, 0.6], [0.5, 0.6]);
    await expect(page.getByText('2 marks not sent yet')).toBeVisible();
    await say(page, 'Before the reload');
    const draft = await openChat(page);
    await draft.fill('Half a sen');

    await page.reload();
    await page.getByRole('button', { name: 'Join as listener' }).click();
    await expect(await openChat(page)).toHaveValue('Half a sen');
    await expect(page.getByText('Not sent yet', { exact: true })).toBeVisible();
    await page.unroute('**/api/trpc/rooms.send*');
    await toolsReady(page);
    await expect.poll(() => shapesOn(student.page), { timeout: 60_000 }).toEqual(['draw', 'draw']);
    await openChat(student.page);
    await expect(student.page.getByText('Before the reload')).toHaveCount(1);
    await expect.poll(() => shapesOn(page)).toEqual(['draw', 'draw']);
    await expect(page.getByText('Before the reload')).toHaveCount(1);
    expect(await shapesInLog(teacher, live, boardId)).toEqual(['draw', 'draw']);
    await teacher.context.close();
    await student.context.close();
  });
});

test('a connection that drops is told to the others until it is back; who leaves is not waited for', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const prepared = await startLiveClass(browser, baseURL ?? '', 'Join as listener');
  const teacher = prepared.teacherPage;
  const student = await enterRoom(browser, prepared.student, prepared.slug, 'Join as listener');
  const tile = tileOf(teacher, 'Sam Okafor');
  await expect(tile).toBeVisible();

  await student.context().setOffline(true);
  await expect(tile.getByText('No connection')).toBeVisible({ timeout: 60_000 });
  await expect((await rowOf(teacher, 'Sam Okafor')).getByText('No connection')).toBeVisible();
  await student.context().setOffline(false);
  await expect(tile.getByText('No connection')).toHaveCount(0, { timeout: 60_000 });
  await expect(tile).toBeVisible();
  await say(student, 'Here again');

  await student.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(tile).toHaveCount(0, { timeout: 60_000 });
  await expect(await rowOf(teacher, 'Sam Okafor')).toHaveCount(0);
  await teacher.context().close();
  await student.context().close();
});

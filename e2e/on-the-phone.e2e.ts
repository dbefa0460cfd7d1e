import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { openBrowser } from './support/class';
import { expectPicture, joinAs, startLiveClass, tileOf } from './support/classroom';

const cameraOf = (tile: Locator) =>
  tile.locator('video').evaluate((video: HTMLVideoElement) => {
    const [track] = video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
    return track?.getSettings().deviceId ?? '';
  });
/** How many things hold the page's screen awake. */
const held = (page: Page) =>
  page.evaluate(
    () =>
      (window as Window & { wakeLocks?: WakeLockSentinel[] }).wakeLocks?.filter((one) => !one.released)
        .length,
  );

test('somebody on a phone turns to their other camera, and their screen stays awake until they leave', async ({
  browser,
  baseURL,
}) => {
  const { teacherPage, student, slug } = await startLiveClass(browser, baseURL ?? '');
  const { page, context } = await openBrowser(browser, student);
  await context.grantPermissions(['camera', 'microphone', 'screen-wake-lock']);
  await page.addInitScript({ path: path.join(import.meta.dirname, 'support/watch-wake-lock.js') });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/room/${slug}`);
  await joinAs(page, 'Join');
  await expect.poll(() => held(page)).toBe(1);

  await expectPicture(page, 'Sam Okafor');
  await expectPicture(teacherPage, 'Sam Okafor');
  const own = tileOf(page, 'Sam Okafor');
  const first = await cameraOf(own);
  expect(first).not.toBe('');
  await page.getByRole('button', { name: 'Choose camera, microphone and speaker' }).click();
  await page.getByRole('button', { name: 'Switch camera' }).click();
  // While one camera takes the other's place there is none.
  await expect.poll(async () => ['', first].includes(await cameraOf(own))).toBe(false);
  const second = await cameraOf(own);
  await expect(page.getByRole('combobox', { name: 'Camera' })).toHaveValue(second);
  await expectPicture(teacherPage, 'Sam Okafor');
  await page.getByRole('button', { name: 'Switch camera' }).click();
  await expect.poll(() => cameraOf(own)).toBe(first);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect.poll(() => held(page)).toBe(0);
  await teacherPage.context().close();
  await context.close();
});

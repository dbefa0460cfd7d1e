import { chromium, expect, test } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from '../scripts/chromium';
import { expectPicture, expectSound, joinAs, startLiveClass } from './support/classroom';
import { openBrowser } from './support/class';

/** As people's browsers are: nothing is heard on a page before something on it was pressed. */
const STRICT = ['--autoplay-policy=document-user-activation-required'];

test('who has pressed Join hears voices without another press, in a browser that lets no page be heard by itself', async ({
  browser,
  baseURL,
}) => {
  const strict = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGS, ...STRICT],
  });
  try {
    const { student: pupil, slug, teacherPage } = await startLiveClass(browser, baseURL ?? '');
    // Nobody speaks yet: no voice that begins to play hides that none may.
    await teacherPage.getByRole('button', { name: 'Mute', exact: true }).click();
    const { page } = await openBrowser(strict, pupil);
    await page.goto(`${baseURL}/room/${slug}`);
    // Voice and video are there before the press, and its own sound with them.
    await expect
      .poll(() => page.getByLabel('Mara Lindt').evaluate((video) => (video as HTMLVideoElement).videoWidth))
      .toBeGreaterThan(0);
    await joinAs(page, 'Join as listener');
    await expectPicture(page, 'Mara Lindt');
    const tap = page.getByRole('button', { name: 'Tap for sound' });
    await expect(tap).toHaveCount(0);
    await teacherPage.getByRole('button', { name: 'Unmute', exact: true }).click();
    await expectSound(page);
    await expect(tap).toHaveCount(0);
  } finally {
    await strict.close();
  }
});

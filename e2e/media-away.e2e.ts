import { expect, test } from '@playwright/test';
import { enterRoom, expectPicture, expectSound, openChat, startLiveClass, say } from './support/classroom';
import { killLivekit, restartLivekit } from './support/livekit';

const AWAY = 'Voice and video are away. The class goes on.';

test('with the media server gone the class goes on, and voice and video come back by themselves', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const prepared = await startLiveClass(browser, baseURL ?? '');
  const teacher = prepared.teacherPage;
  const student = await enterRoom(browser, prepared.student, prepared.slug);
  await expectPicture(student, 'Mara Lindt');
  const born = await student.evaluate(() => performance.timeOrigin);

  await killLivekit();
  try {
    await expect(teacher.getByText(AWAY)).toBeVisible({ timeout: 60_000 });
    await expect(student.getByText(AWAY)).toBeVisible({ timeout: 60_000 });
    await say(teacher, 'We go on without sound');
    await openChat(student);
    await expect(student.getByText('We go on without sound')).toBeVisible();
    await teacher.getByRole('button', { name: 'New board' }).first().click();
    await expect(student.locator('[data-stage="board"]')).toBeVisible();
  } finally {
    await restartLivekit();
  }

  await expect(student.getByText(AWAY)).toHaveCount(0, { timeout: 60_000 });
  await expect(teacher.getByText(AWAY)).toHaveCount(0, { timeout: 60_000 });
  await expectPicture(student, 'Mara Lindt');
  await expectPicture(teacher, 'Sam Okafor');
  await expectSound(student);
  expect(await student.evaluate(() => performance.timeOrigin)).toBe(born);
  await teacher.context().close();
  await student.context().close();
});

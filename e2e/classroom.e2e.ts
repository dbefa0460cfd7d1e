import type * as LivekitClient from 'livekit-client';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { signUpActor } from '../scripts/actor';
import { openBrowser, prepareClass } from './support/class';
import {
  enterRoom,
  expectPicture,
  expectSound,
  joinAs,
  openChat,
  startLiveClass,
  rowOf,
  say,
  tileOf,
} from './support/classroom';

/** The classroom's own matters, with two real browsers and a real media server. */
test.describe('the classroom', () => {
  test.setTimeout(180_000);

  test('a student waits for the start and is then let in by the page itself', async ({
    browser,
    baseURL,
  }) => {
    const { teacher, courseId, lessonId, slug } = await prepareClass(baseURL ?? '');
    const student = await signUpActor(baseURL ?? '', 'Sam Okafor');
    await teacher.trpc.courses.enrol.mutate({ courseId, email: student.email, role: 'student' });
    const { page, context } = await openBrowser(browser, student);
    await page.goto(`/room/${slug}`);
    await expect(page.getByText('This page opens by itself.')).toBeVisible();
    await expect(page.getByRole('timer')).toBeVisible();
    await teacher.trpc.lessons.start.mutate({ lessonId });
    await joinAs(page, 'Join as listener');
    await context.close();
  });

  test('a listener sees and hears the teacher; who joins is seen and heard by the teacher', async ({
    browser,
    baseURL,
  }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '');
    const teacher = prepared.teacherPage;
    const student = await enterRoom(browser, prepared.student, prepared.slug, 'Join as listener');
    await expectPicture(student, 'Mara Lindt');
    await expectSound(student);
    await expect(tileOf(teacher, 'Sam Okafor').locator('video')).toHaveCount(0);

    await student.getByRole('button', { name: 'Turn camera on', exact: true }).click();
    await student.getByRole('button', { name: 'Unmute', exact: true }).click();
    await expectPicture(teacher, 'Sam Okafor');
    await expectSound(teacher);
    await teacher.context().close();
    await student.context().close();
  });

  test('the teacher mutes, stops a camera and takes a right away', async ({ browser, baseURL }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '');
    const teacher = prepared.teacherPage;
    const student = await enterRoom(browser, prepared.student, prepared.slug);
    await expect(student.getByRole('button', { name: 'Mute', exact: true })).toBeVisible();
    await expectPicture(teacher, 'Sam Okafor');
    const row = await rowOf(teacher, 'Sam Okafor');

    await row.getByRole('button', { name: 'Mute', exact: true }).click();
    await expect(student.getByRole('button', { name: 'Unmute', exact: true })).toBeVisible();
    await row.getByRole('button', { name: 'Stop camera', exact: true }).click();
    await expect(student.getByRole('button', { name: 'Turn camera on', exact: true })).toBeVisible();
    await expect(tileOf(teacher, 'Sam Okafor').locator('video')).toHaveCount(0);

    await row.getByRole('button', { name: 'Allow drawing', exact: true }).click();
    await expect(row.getByRole('button', { name: 'Stop drawing', exact: true })).toBeVisible();
    await teacher.getByRole('switch', { name: 'Speak' }).click();
    const unmute = student.getByRole('button', { name: 'Unmute', exact: true });
    // Set for this person when drawing was allowed: the room's default does not touch it.
    await expect(unmute).not.toHaveAttribute('aria-disabled', 'true');
    await teacher.context().close();
    await student.context().close();
  });

  test('without the right to speak the microphone stays closed, and with it opens', async ({
    browser,
    baseURL,
  }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '');
    const teacher = prepared.teacherPage;
    const student = await enterRoom(browser, prepared.student, prepared.slug);
    await expect(student.getByRole('button', { name: 'Mute', exact: true })).toBeVisible();
    await rowOf(teacher, 'Sam Okafor');
    await teacher.getByRole('switch', { name: 'Speak' }).click();
    const unmute = student.getByRole('button', { name: 'Unmute', exact: true });
    await expect(unmute).toHaveAttribute('aria-disabled', 'true');
    await teacher.getByRole('switch', { name: 'Speak' }).click();
    await expect(unmute).not.toHaveAttribute('aria-disabled', 'true');
    await unmute.click();
    await expect(student.getByRole('button', { name: 'Mute', exact: true })).toBeVisible();
    await expectSound(teacher);
    await teacher.context().close();
    await student.context().close();
  });

  test('who is removed is out, and an old media token does not bring them back', async ({
    browser,
    baseURL,
  }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '');
    const teacher = prepared.teacherPage;
    const student = await enterRoom(browser, prepared.student, prepared.slug);
    await expectPicture(teacher, 'Sam Okafor');
    const room = await prepared.student.trpc.classroom.open.query({ slug: prepared.slug });
    const grant = await prepared.student.trpc.media.token.query({ roomId: room.opening.roomId });

    const row = await rowOf(teacher, 'Sam Okafor');
    await row.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(student.getByText('You were removed from this class')).toBeVisible();
    await expect(tileOf(teacher, 'Sam Okafor')).toHaveCount(0);

    const { page: elsewhere, context } = await openBrowser(browser, null);
    const stayMs = await replayToken(elsewhere, grant);
    test.info().annotations.push({ type: 'stay with an old token, ms', description: String(stayMs) });
    await student.reload();
    await expect(student.getByText('You were removed from this class')).toBeVisible();
    await context.close();
    await teacher.context().close();
    await student.context().close();
  });

  test('a removal is undone, and who was removed comes back by themselves', async ({ browser, baseURL }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '', 'Join as listener');
    const teacher = prepared.teacherPage;
    const student = await enterRoom(browser, prepared.student, prepared.slug, 'Join as listener');
    const remove = async () => {
      const row = await rowOf(teacher, 'Sam Okafor');
      await row.getByRole('button', { name: 'Remove', exact: true }).click();
      await expect(student.getByText('You were removed from this class')).toBeVisible();
    };
    await remove();
    await teacher.getByRole('button', { name: 'Undo', exact: true }).click();
    await joinAs(student, 'Join as listener');
    await expect(tileOf(teacher, 'Sam Okafor')).toBeVisible();
    await say(student, 'I am back');
    await remove();
    await rowOf(teacher, 'Sam Okafor').then((row) =>
      row.getByRole('button', { name: 'Let back in', exact: true }).click(),
    );
    await joinAs(student, 'Join as listener');
    await teacher.context().close();
    await student.context().close();
  });

  test('a camera that is turned off while it still starts is off, and its picture reaches nobody', async ({
    browser,
    baseURL,
  }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '', 'Join as listener');
    const teacher = prepared.teacherPage;
    const { page: student } = await openBrowser(browser, prepared.student);
    await student.goto(`/room/${prepared.slug}`);
    await expect(student.getByRole('button', { name: 'Turn camera off', exact: true })).toBeVisible();
    await student.evaluate(joinAndTurnCameraOff);
    await expect(student.getByRole('button', { name: 'Turn camera on', exact: true })).toBeVisible();
    // The microphone is what the media server was asked for last: once it is heard, the camera was settled before.
    await expectSound(teacher);
    await expect(student.getByRole('button', { name: 'Turn camera on', exact: true })).toBeVisible();
    await expect(tileOf(teacher, 'Sam Okafor').locator('video')).toHaveCount(0);

    await student.getByRole('button', { name: 'Turn camera on', exact: true }).click();
    await expectPicture(teacher, 'Sam Okafor');
    await teacher.context().close();
    await student.context().close();
  });

  test('another camera is chosen in the class, and is the one that is seen', async ({ browser, baseURL }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '');
    const teacher = prepared.teacherPage;
    await expectPicture(teacher, 'Mara Lindt');
    await teacher.getByRole('button', { name: 'Choose camera, microphone and speaker' }).click();
    const choice = teacher.getByRole('combobox', { name: /^Camera/ });
    await expect(choice.locator('option')).toHaveCount(2);
    const chosen = (await choice.locator('option').allTextContents()).at(-1) ?? '';
    await expect(tileOf(teacher, 'Mara Lindt').locator('video')).toBeVisible();
    expect(await tileOf(teacher, 'Mara Lindt').locator('video').evaluate(cameraShown)).not.toBe(chosen);
    await choice.selectOption({ label: chosen });
    await expect
      .poll(() => tileOf(teacher, 'Mara Lindt').locator('video').evaluate(cameraShown))
      .toBe(chosen);
    await expectPicture(teacher, 'Mara Lindt');
    await teacher.context().close();
  });

  test('voice and video are in one tab at a time, and move only when they are asked to', async ({
    browser,
    baseURL,
  }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '');
    const first = prepared.teacherPage;
    await expectPicture(first, 'Mara Lindt');
    const second = await first.context().newPage();
    await second.goto(`/room/${prepared.slug}`);
    await joinAs(second, 'Join');
    await expect(first.getByText('Voice and video are in your other tab.')).toBeVisible();
    // One person, with two connections.
    const { opening } = await prepared.teacher.trpc.classroom.open.query({ slug: prepared.slug });
    expect(Object.values(opening.head.people).map(({ connections }) => connections.length)).toEqual([2]);
    await expect(first.getByRole('figure')).toHaveCount(1);
    await say(first, 'The chat goes on in both');
    await openChat(second);
    await expect(second.getByText('The chat goes on in both')).toBeVisible();
    await first.getByRole('button', { name: 'Use it here' }).click();
    await expect(second.getByText('Voice and video are in your other tab.')).toBeVisible();
    await expect(first.getByText('Voice and video are in your other tab.')).toHaveCount(0);
    await first.context().close();
  });

  test('a shared screen is on everyone’s stage until it is stopped', async ({ browser, baseURL }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '');
    const teacher = prepared.teacherPage;
    const student = await enterRoom(browser, prepared.student, prepared.slug, 'Join as listener');
    await teacher.getByRole('button', { name: 'Share screen', exact: true }).click();
    await expect(teacher.getByText('Everyone sees your screen.')).toBeVisible();
    const screen = student.getByLabel('Mara Lindt’s screen');
    await expect(screen).toBeVisible({ timeout: 30_000 });
    await expect
      .poll(() => screen.evaluate((video: HTMLVideoElement) => video.videoWidth))
      .toBeGreaterThan(0);
    await teacher.getByRole('button', { name: 'Stop sharing', exact: true }).click();
    await expect(student.locator('[data-stage="screen"]')).toHaveCount(0);
    await teacher.context().close();
    await student.context().close();
  });

  test('a tab is shared with its sound from the Media panel, and the others hear it', async ({
    browser,
    baseURL,
  }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '', 'Join as listener');
    const teacher = prepared.teacherPage;
    const student = await enterRoom(browser, prepared.student, prepared.slug, 'Join as listener');
    await teacher.getByRole('button', { name: 'Media', exact: true }).click();
    await teacher.getByRole('button', { name: 'Share a tab with its sound' }).click();
    await expect(student.getByLabel('Mara Lindt’s screen')).toBeVisible({ timeout: 30_000 });
    // Nobody's microphone is on: what is heard is the tab's.
    await expectSound(student);
    await teacher.getByRole('region', { name: 'Share a tab or the screen' }).getByRole('button').click();
    await expect(student.locator('[data-stage="screen"]')).toHaveCount(0);
    await teacher.context().close();
    await student.context().close();
  });

  test('a hand goes up and is seen, and comes down', async ({ browser, baseURL }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '', 'Join as listener');
    const teacher = prepared.teacherPage;
    const student = await enterRoom(browser, prepared.student, prepared.slug, 'Join as listener');
    await student.getByRole('button', { name: 'Raise hand', exact: true }).click();
    await expect(tileOf(teacher, 'Sam Okafor').getByText('Hand raised')).toBeAttached();
    const row = await rowOf(teacher, 'Sam Okafor');
    await row.getByRole('button', { name: 'Put hand down' }).click();
    await expect(student.getByRole('button', { name: 'Raise hand', exact: true })).toBeVisible();
    await teacher.context().close();
    await student.context().close();
  });

  test('a message is counted, and one that is too long is not sent', async ({ browser, baseURL }) => {
    const prepared = await startLiveClass(browser, baseURL ?? '', 'Join as listener');
    const page = prepared.teacherPage;
    const field = await openChat(page);
    await field.fill('x'.repeat(1001));
    await expect(page.getByText('1,001 / 1,000')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
    await field.fill('y'.repeat(1000));
    await field.press('Enter');
    await expect(page.getByText('y'.repeat(1000))).toBeVisible();
    await expect(field).toHaveValue('');
    await page.context().close();
  });
});

/** Runs in the page: both presses in one go, before anything that joining begins can be done. */
async function joinAndTurnCameraOff(): Promise<void> {
  const press = (name: string) => {
    const button = [...document.querySelectorAll('button')].find(
      (one) => (one.ariaLabel ?? one.textContent) === name,
    );
    button?.click();
    return button !== undefined;
  };
  press('Join');
  while (!document.querySelector('[aria-label="Leave"]') || !press('Turn camera off')) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** Runs in the page: the name of the camera that a video shows. */
function cameraShown(video: HTMLVideoElement): string | undefined {
  return video.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0]?.label : undefined;
}

/** Joins with a token by LiveKit's own client, and gives how long it was let stay, ms. Fails if it may stay. */
async function replayToken(page: Page, grant: { url: string; token: string }): Promise<number> {
  await page.goto('about:blank');
  await page.addScriptTag({ path: path.resolve('node_modules/livekit-client/dist/livekit-client.umd.js') });
  return page.evaluate(async ({ url, token }) => {
    const { Room, RoomEvent } = (window as unknown as { LivekitClient: typeof LivekitClient }).LivekitClient;
    const room = new Room();
    const out = new Promise<void>((resolve) => room.once(RoomEvent.Disconnected, () => resolve()));
    const started = performance.now();
    // Being put out while joining is as good as being put out afterwards.
    await room.connect(url, token, { maxRetries: 0 }).catch(() => undefined);
    const tooLong = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error('The old token let them stay')), 20_000),
    );
    if (room.state !== 'disconnected') await Promise.race([out, tooLong]);
    return Math.round(performance.now() - started);
  }, grant);
}

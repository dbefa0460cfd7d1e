import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { type Actor, signUpActor } from '../../scripts/actor';
import { openBrowser, prepareClass, type PreparedClass } from './class';

export type LiveClass = PreparedClass & { student: Actor; teacherPage: Page };

/** A class with one enrolled student that is live, with its teacher in the room. */
export async function startLiveClass(
  browser: Browser,
  appUrl: string,
  as: 'Join' | 'Join as listener' = 'Join',
): Promise<LiveClass> {
  const prepared = await prepareClass(appUrl);
  const student = await signUpActor(appUrl, 'Sam Okafor');
  const { courseId, teacher, slug } = prepared;
  await teacher.trpc.courses.enrol.mutate({ courseId, email: student.email, role: 'student' });
  // By hand, not by the API: a lesson with nobody in it ends by itself.
  const { page } = await openBrowser(browser, teacher);
  await page.goto(`/room/${slug}`);
  await page.getByRole('button', { name: 'Start class' }).click();
  await joinAs(page, as);
  return { ...prepared, student, teacherPage: page };
}

/** A browser of this person's own, in the room. */
export async function enterRoom(
  browser: Browser,
  actor: Actor,
  slug: string,
  as: 'Join' | 'Join as listener' = 'Join',
): Promise<Page> {
  const { page } = await openBrowser(browser, actor);
  await page.goto(`/room/${slug}`);
  await joinAs(page, as);
  return page;
}

export async function joinAs(page: Page, as: 'Join' | 'Join as listener'): Promise<void> {
  await page.getByRole('button', { name: as, exact: true }).click();
  await expect(page.getByRole('button', { name: 'Leave', exact: true })).toBeVisible();
}

/** Somebody's tile among the faces. */
export function tileOf(page: Page, name: string): Locator {
  return page.getByRole('figure', { name, exact: true });
}

/** Waits until somebody's picture is decoded and moves. */
export async function expectPicture(page: Page, name: string): Promise<void> {
  const video = tileOf(page, name).locator('video');
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth), { timeout: 30_000 })
    .toBeGreaterThan(0);
  const before = await video.evaluate((element: HTMLVideoElement) => element.currentTime);
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime), { timeout: 30_000 })
    .toBeGreaterThan(before);
}

/** Waits until a sound that one can hear comes out of the page: measured on what its audio elements play. */
export async function expectSound(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(measureSound), { timeout: 30_000 }).toBeGreaterThan(0.01);
}

/** The loudest sample of a second, 0 to 1; 0 where nothing is played. Runs in the page. */
async function measureSound(): Promise<number> {
  const playing = [...document.querySelectorAll('audio')].find(
    (audio) => !audio.paused && !audio.muted && audio.srcObject instanceof MediaStream,
  );
  if (!(playing?.srcObject instanceof MediaStream)) return 0;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(playing.srcObject).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;
  const end = performance.now() + 1200;
  while (performance.now() < end) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    analyser.getFloatTimeDomainData(samples);
    for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
  }
  await context.close();
  return loudest;
}

/** The person's row under **People**, which is opened if it is not. */
export async function rowOf(page: Page, name: string): Promise<Locator> {
  const people = page.getByRole('button', { name: 'People', exact: true });
  if ((await people.getAttribute('aria-expanded')) !== 'true') await people.click();
  return page.getByRole('listitem', { name, exact: true });
}

export async function openChat(page: Page): Promise<Locator> {
  const chat = page.getByRole('button', { name: 'Chat', exact: true });
  if ((await chat.getAttribute('aria-expanded')) !== 'true') await chat.click();
  return page.getByRole('textbox', { name: 'Write a message' });
}

export async function say(page: Page, text: string): Promise<void> {
  const field = await openChat(page);
  await field.fill(text);
  await field.press('Enter');
}

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { type Actor, signUpActor } from '../../scripts/actor';
import { openBrowser } from './class';

/** Somebody with an account, signed in, in a browser of their own. */
export type Someone = Actor & { context: BrowserContext; page: Page; api: Actor['trpc'] };

/** Makes an account and signs it in; the pages for that have a journey of their own. */
export async function makePerson(browser: Browser, name: string): Promise<Someone> {
  const actor = await signUpActor(process.env.LECTERN_URL ?? '', name);
  return { ...actor, api: actor.trpc, ...(await openBrowser(browser, actor)) };
}

export type LiveClass = { courseId: string; lessonId: string; roomId: string; slug: string };

/** A course of this teacher with these students, and a lesson of it that is live. */
export async function startClass(teacher: Someone, students: readonly Someone[] = []): Promise<LiveClass> {
  const { id: courseId, roomSlug: slug } = await teacher.api.courses.create.mutate({ title: 'Astronomy' });
  for (const { email } of students)
    await teacher.api.courses.enrol.mutate({ courseId, email, role: 'student' });
  const { lessonId } = await teacher.api.lessons.schedule.mutate({
    courseId,
    title: 'The Moon',
    // A clock's face, without zone or seconds: two minutes ahead is still ahead when the seconds are cut off.
    startsAt: new Date(Date.now() + 120_000).toISOString().slice(0, 16),
    timeZone: 'UTC',
    durationMinutes: 60,
  });
  await teacher.api.lessons.start.mutate({ lessonId });
  const { opening } = await teacher.api.classroom.open.query({ slug });
  return { courseId, lessonId, roomId: opening.roomId, slug };
}

/** Goes through the device check into the room. */
export async function enterRoom({ page }: Someone, slug: string, as: 'Join' | 'Join as listener' = 'Join') {
  await page.goto(`/room/${slug}`);
  await page.getByRole('button', { name: as, exact: true }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();
}

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { Temporal } from 'temporal-polyfill';
import { type Actor, signUpActor } from '../../scripts/actor';

export type PreparedClass = { teacher: Actor; courseId: string; lessonId: string; slug: string };

/** A teacher with a course and one lesson in ten minutes: what most journeys begin with. */
export async function prepareClass(appUrl: string, title = 'Algebra 1'): Promise<PreparedClass> {
  const teacher = await signUpActor(appUrl, 'Mara Lindt');
  const course = await teacher.trpc.courses.create.mutate({ title, description: '' });
  const start = Temporal.Now.plainDateTimeISO('UTC').add({ minutes: 10 }).round('minute');
  const { lessonId } = await teacher.trpc.lessons.schedule.mutate({
    courseId: course.id,
    title: `${title}, first lesson`,
    startsAt: start.toString({ smallestUnit: 'minute' }),
    timeZone: 'UTC',
    durationMinutes: 60,
  });
  return { teacher, courseId: course.id, lessonId, slug: course.roomSlug };
}

/** A browser of one person's own; without an actor somebody whom nobody knows. */
export async function openBrowser(
  browser: Browser,
  actor: Actor | null,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    storageState: actor ? await actor.storageState() : undefined,
    viewport: { width: 1440, height: 900 },
    permissions: ['camera', 'microphone'],
  });
  return { context, page: await context.newPage() };
}

import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Browser, BrowserContext, Page } from '@playwright/test';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '@/server/router';

export type Api = ReturnType<typeof apiOf>;

/** Somebody with an account, signed in, in a browser of their own. */
export type Someone = {
  id: string;
  name: string;
  email: string;
  context: BrowserContext;
  page: Page;
  api: Api;
};

const PASSWORD = 'a few plain words';

/** The API as the browser of this request context may use it: same cookies, same origin. */
export function apiOf(request: APIRequestContext) {
  const origin = process.env.LECTERN_URL ?? '';
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${origin}/api/trpc`,
        fetch: async (url, init) => {
          const response = await request.fetch(String(url), {
            method: init?.method ?? 'GET',
            headers: { ...(init?.headers as Record<string, string>), origin },
            ...(typeof init?.body === 'string' ? { data: init.body } : {}),
          });
          return new Response(await response.text(), { status: response.status() });
        },
      }),
    ],
  });
}

/** Makes an account and signs it in; the pages for that have a journey of their own. */
export async function makePerson(browser: Browser, name: string, options = {}): Promise<Someone> {
  const context = await browser.newContext({ baseURL: process.env.LECTERN_URL, ...options });
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}.${randomUUID().slice(0, 8)}@example.com`;
  const api = apiOf(context.request);
  const { id } = await api.identity.signUp.mutate({ name, email, password: PASSWORD });
  const { csrfToken } = await (await context.request.get('/api/auth/csrf')).json();
  const answer = await context.request.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password: PASSWORD, json: 'true' },
    headers: { origin: process.env.LECTERN_URL ?? '' },
  });
  if (!answer.ok()) throw new Error(`${name} could not sign in: ${answer.status()} ${await answer.text()}`);
  return { id, name, email, context, page: await context.newPage(), api };
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

import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { signUpActor } from '../scripts/actor';
import { openBrowser, prepareClass } from './support/class';

const path = (url: string) => new URL(url).pathname;

test('a guest waits with a countdown and is let in by itself; a personal link asks for nothing', async ({
  browser,
  baseURL,
}) => {
  const { teacher, lessonId, slug } = await prepareClass(baseURL ?? '', 'Doors');
  const { url } = await teacher.trpc.links.lesson.query({ lessonId });
  const personal = await teacher.trpc.links.createPersonal.mutate({ lessonId, name: 'Zoe Known' });

  const guest = await openBrowser(browser, null);
  await guest.page.goto(url);
  await expect(guest.page.getByRole('timer')).toHaveText(/^\d+:\d\d/);
  await expect(guest.page.getByText('with Mara Lindt')).toBeVisible();
  await expect(guest.page.getByText('This page opens by itself.')).toBeVisible();
  const { violations } = await new AxeBuilder({ page: guest.page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  await guest.page.getByLabel('Your name').fill('<b>Gus</b>');
  await guest.page.getByRole('button', { name: 'Wait for the class' }).click();
  await expect(guest.page.getByText('You join as <b>Gus</b>.')).toBeVisible();

  const known = await openBrowser(browser, null);
  await known.page.goto(personal.url);
  await expect(known.page.getByText('You join as Zoe Known.')).toBeVisible();

  await teacher.trpc.lessons.start.mutate({ lessonId });
  for (const { page } of [guest, known]) await page.waitForURL(`/room/${slug}`);
  await guest.page.reload();
  await expect(guest.page).toHaveURL(`/room/${slug}`);

  const again = await openBrowser(browser, null);
  const way: string[] = [];
  again.page.on('response', (response) => {
    if (response.request().isNavigationRequest()) way.push(`${response.status()} ${path(response.url())}`);
  });
  await again.page.goto(personal.url);
  expect(way).toEqual([`303 ${path(personal.url)}`, `200 /room/${slug}`]);
  for (const { context } of [guest, known, again]) await context.close();
});

test('an account goes straight into a class that runs', async ({ browser, baseURL }) => {
  const { teacher, lessonId, slug } = await prepareClass(baseURL ?? '', 'Straight');
  await teacher.trpc.lessons.start.mutate({ lessonId });
  const { url } = await teacher.trpc.links.lesson.query({ lessonId });
  const student = await openBrowser(browser, await signUpActor(baseURL ?? '', 'Stu Dent'));
  await student.page.goto(url);
  await expect(student.page).toHaveURL(`/room/${slug}`);
  await student.context.close();
});

test('a link that is forged, replaced or over says so and how to get a new one', async ({
  page,
  baseURL,
}) => {
  const { teacher, lessonId } = await prepareClass(baseURL ?? '', 'Closed');
  const { url } = await teacher.trpc.links.lesson.query({ lessonId });
  const invalid = page.getByRole('heading', { name: 'This link is not valid' });

  const answer = await page.goto(url.slice(0, -1) + (url.endsWith('A') ? 'B' : 'A'));
  expect(answer?.status()).toBe(404);
  await expect(invalid).toBeVisible();
  await expect(page.getByText('Ask your teacher for a new link')).toBeVisible();

  const fresh = await teacher.trpc.links.rotateLesson.mutate({ lessonId });
  await page.goto(url);
  await expect(invalid).toBeVisible();

  await teacher.trpc.lessons.cancel.mutate({ lessonId });
  await page.goto(fresh.url);
  await expect(page.getByRole('heading', { name: 'This class was called off' })).toBeVisible();

  await teacher.trpc.lessons.restore.mutate({ lessonIds: [lessonId] });
  await teacher.trpc.lessons.start.mutate({ lessonId });
  await teacher.trpc.lessons.end.mutate({ lessonId });
  await page.goto(fresh.url);
  await expect(page.getByRole('heading', { name: 'This class has ended' })).toBeVisible();
  await expect(page.getByText('Ask for the link to the next class.')).toBeVisible();
});

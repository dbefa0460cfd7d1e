import { expect, type Page, test } from '@playwright/test';
import type { Actor } from '../scripts/actor';
import {
  drawLine,
  enter,
  joinClass,
  type LiveClass,
  openClassWithBoard,
  shapesOn,
  toolsReady,
} from './support/board';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const SAM = 'Open Sam Okafor’s copy';

async function startNextLesson({ trpc }: Actor, { courseId, slug }: LiveClass): Promise<void> {
  const { opening } = await trpc.classroom.open.query({ slug });
  await trpc.lessons.end.mutate({ lessonId: opening.head.lesson?.id ?? '' });
  const { lessonId } = await trpc.lessons.schedule.mutate({
    courseId,
    title: 'The next lesson',
    // A clock's face, without zone or seconds: two minutes ahead is still ahead when the seconds are cut off.
    startsAt: new Date(Date.now() + 120_000).toISOString().slice(0, 16),
    timeZone: 'UTC',
    durationMinutes: 60,
  });
  await trpc.lessons.start.mutate({ lessonId });
}

test('everyone works on their own copy; the teacher sees all, writes into one, and shows it to everyone', async ({
  browser,
  baseURL,
}) => {
  const { teacher, student, live } = await openClassWithBoard(browser, baseURL ?? '');
  const other = await joinClass(browser, teacher, live, 'Lea Late');

  await press(teacher.page, 'Own copies');
  await teacher.page.getByRole('button', { name: 'Everyone on their own copy' }).click();
  // Nobody was given the right to draw for everyone: on the own copy nobody needs it.
  await expect(student.page.getByText('This is your own copy')).toBeVisible();
  await toolsReady(student.page);
  await drawLine(student.page, [0.2, 0.3], [0.5, 0.3]);
  await drawLine(student.page, [0.2, 0.5], [0.5, 0.5]);

  const sams = teacher.page.getByRole('button', { name: SAM });
  await expect(sams.locator('canvas[data-marks="2"]')).toBeVisible();
  await expect(teacher.page.getByRole('button', { name: 'Open Lea Late’s copy' })).toBeVisible();
  expect(await shapesOn(other.page)).toEqual([]);

  await sams.click();
  await expect(teacher.page.getByText('Sam Okafor’s copy')).toBeVisible();
  await expect.poll(() => shapesOn(teacher.page)).toEqual(['draw', 'draw']);
  await toolsReady(teacher.page);
  await drawLine(teacher.page, [0.6, 0.6], [0.8, 0.7]);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw', 'draw', 'draw']);
  expect(await shapesOn(other.page)).toEqual([]);

  await press(teacher.page, 'Show to everyone');
  await expect(other.page.getByText('Everyone sees Sam Okafor’s copy')).toBeVisible();
  await expect.poll(() => shapesOn(other.page)).toEqual(['draw', 'draw', 'draw']);
  await expect(student.page.getByText('Everyone sees your copy')).toBeVisible();
  await press(teacher.page, 'Stop showing');
  await expect(student.page.getByText('This is your own copy')).toBeVisible();
  await expect.poll(() => shapesOn(other.page)).toEqual([]);

  await press(teacher.page, 'Back to the page');
  await press(teacher.page, 'Own copies');
  await teacher.page.getByRole('button', { name: 'End own copies' }).click();
  await expect(student.page.getByText('Your copy of the exercise')).toBeVisible();
  await expect(student.page.getByRole('toolbar', { name: 'Drawing tools' })).toHaveCount(0);

  // The next lesson: what everyone sees is still there, and the copy is its student's alone.
  await drawLine(teacher.page, [0.1, 0.9], [0.9, 0.9]);
  await expect.poll(() => shapesOn(other.page)).toEqual(['draw']);
  await startNextLesson(teacher.actor, live);
  await enter(other.page, live.slug);
  await expect.poll(() => shapesOn(other.page)).toEqual(['draw']);
  await enter(student.page, live.slug);
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw', 'draw', 'draw', 'draw']);
  await press(student.page, 'Put it aside');
  await expect.poll(() => shapesOn(student.page)).toEqual(['draw']);
  for (const { context } of [teacher, student, other]) await context.close();
});

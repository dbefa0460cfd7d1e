import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openBrowser } from './support/class';
import { expectAccessible } from './support/accessible';
import { startLiveClass } from './support/classroom';
import { makePerson, startClass } from './support/people';

const ask = async (page: Page, url: string, name: string) => {
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Ask to join' }).click();
  await expect(page.getByText('You asked to come in')).toBeVisible();
};

test('who is not on the roster asks, is let in or turned away, and the roster walks in', async ({
  browser,
  baseURL,
}) => {
  const room = await startLiveClass(browser, baseURL ?? '', 'Join as listener');
  const { teacher, teacherPage, lessonId, slug, student } = room;
  const { url } = await teacher.trpc.links.lesson.query({ lessonId });
  await teacherPage.getByRole('button', { name: /^People/ }).click();
  await teacherPage.getByRole('switch', { name: 'Ask before letting people in' }).click();

  const gus = await openBrowser(browser, null);
  await ask(gus.page, url, 'Gus');
  const { violations } = await new AxeBuilder({ page: gus.page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await expect(teacherPage.getByText('Gus asks to come in.')).toBeVisible();
  // A reload does not ask again, and is still known.
  await gus.page.reload();
  await expect(gus.page.getByText('You asked to come in')).toBeVisible();
  await expect(teacherPage.getByRole('button', { name: 'Admit Gus' })).toHaveCount(1);
  await gus.page.goto(`/room/${slug}`);
  await expect(gus.page.getByRole('heading', { name: 'You are at the door' })).toBeVisible();
  await gus.page.goto(url);

  await teacherPage.getByRole('button', { name: 'Admit Gus' }).click();
  await gus.page.waitForURL(`/room/${slug}`);
  await expect(gus.page.getByRole('button', { name: 'Join as listener' })).toBeVisible();

  const ned = await openBrowser(browser, null);
  await ask(ned.page, url, 'Ned');
  await teacherPage.getByRole('status').getByRole('button', { name: 'Turn away' }).click();
  await expect(ned.page.getByRole('heading', { name: 'You were not let in' })).toBeVisible();
  const atTheDoor = teacherPage.getByRole('listitem', { name: 'Ned' });
  await expect(atTheDoor.getByText('Turned away')).toBeVisible();
  await atTheDoor.getByRole('button', { name: 'Admit after all' }).click();
  await ned.page.waitForURL(`/room/${slug}`);

  const known = await openBrowser(browser, student);
  await known.page.goto(url);
  await expect(known.page).toHaveURL(`/room/${slug}`);
  await expect(teacherPage.getByText('asks to come in')).toHaveCount(0);
  for (const { context } of [gus, ned, known]) await context.close();
});

test('several are admitted at once, and a locked room opens by itself when it is unlocked', async ({
  browser,
  baseURL,
}) => {
  const { teacher, teacherPage, lessonId, slug } = await startLiveClass(
    browser,
    baseURL ?? '',
    'Join as listener',
  );
  const { url } = await teacher.trpc.links.lesson.query({ lessonId });
  await teacherPage.getByRole('button', { name: /^People/ }).click();
  await teacherPage.getByRole('switch', { name: 'Ask before letting people in' }).click();
  const people = await Promise.all(
    ['Ada', 'Bo'].map(async (name) => {
      const { page, context } = await openBrowser(browser, null);
      await ask(page, url, name);
      return { page, context };
    }),
  );
  await teacherPage.getByRole('button', { name: 'Admit all 2' }).click();
  for (const { page } of people) await page.waitForURL(`/room/${slug}`);

  await teacherPage.getByRole('switch', { name: 'Ask before letting people in' }).click();
  await teacherPage.getByRole('switch', { name: 'Lock the room' }).click();
  const late = await openBrowser(browser, null);
  await late.page.goto(url);
  await expect(late.page.getByText('has locked the class')).toBeVisible();
  await teacherPage.getByRole('switch', { name: 'Lock the room' }).click();
  await late.page.getByLabel('Your name').fill('Cleo');
  await late.page.getByRole('button', { name: 'Join class' }).click();
  await late.page.waitForURL(`/room/${slug}`);
  for (const { context } of [...people, late]) await context.close();
});

test('whose payment is open is told so, and whom to ask; once it is settled the door opens by itself', async ({
  browser,
}) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const student = await makePerson(browser, 'Sam Okafor');
  const { courseId, lessonId, slug } = await startClass(teacher, [student]);
  const { page: desk } = teacher;
  await desk.goto(`/courses/${courseId}`);
  const more = desk.getByRole('button', { name: 'More about Sam Okafor' });
  await more.click();
  await desk.getByRole('button', { name: 'Note that the payment is open' }).click();
  await expect(desk.getByText('Payment open', { exact: true })).toBeVisible();
  await expectAccessible(desk);

  const { page } = student;
  await page.goto(`/courses/${courseId}`);
  await expect(page.getByText('Your payment for this course is open.')).toBeVisible();
  await page.goto(`/room/${slug}`);
  await expect(page.getByRole('heading', { name: 'Your payment is open' })).toBeVisible();
  const { url } = await teacher.api.links.lesson.query({ lessonId });
  await page.goto(url);
  await expect(page.getByText('Write to Mara Lindt about the payment')).toBeVisible();
  await expectAccessible(page);
  await more.click();
  await desk.getByRole('button', { name: 'Note that the payment is settled' }).click();
  await expect(desk.getByText('Payment open', { exact: true })).toBeHidden();
  await page.waitForURL(`/room/${slug}`);
  await expect(page.getByRole('button', { name: 'Join as listener' })).toBeVisible();
  for (const { context } of [teacher, student]) await context.close();
});

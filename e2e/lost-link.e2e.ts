import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openBrowser } from './support/class';
import { mailTo } from './support/mailbox';
import { makePerson } from './support/people';

test('who lost their link gets it by e-mail; nobody learns whose address is known', async ({ browser }) => {
  const [teacher, student] = [
    await makePerson(browser, 'Mara Lindt'),
    await makePerson(browser, 'Sam Okafor'),
  ];
  const { id: courseId } = await teacher.api.courses.create.mutate({ title: 'Botany' });
  await teacher.api.courses.enrol.mutate({ courseId, email: student.email, role: 'student' });
  const schedule = async (title: string, hours: number) => {
    const startsAt = new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16);
    const wish = { courseId, title, startsAt, timeZone: 'UTC', durationMinutes: 45 };
    return (await teacher.api.lessons.schedule.mutate(wish)).lessonId;
  };
  await schedule('Leaves', 30);
  const off = await schedule('Roots', 20);

  // Without an account's cookies, as on another's device.
  const { page, context } = await openBrowser(browser, null);
  await page.goto('/join/p.nonsense');
  await expect(page.getByRole('heading', { name: 'This link is not valid' })).toBeVisible();
  await page.getByRole('button', { name: 'Get a new link by e-mail' }).click();
  const ask = async (address: string) => {
    await page.getByLabel('E-mail of your account').fill(address);
    await page.getByRole('button', { name: 'Send my links' }).click();
    await expect(page.getByText('a mail with their links is on its way')).toBeVisible();
    return page.getByRole('status').filter({ hasText: 'on its way' }).textContent();
  };
  const said = await ask('stranger@example.org');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  await page.getByRole('button', { name: 'Use another address' }).click();
  expect(await ask(student.email)).toBe(said);
  const mail = await mailTo(teacher, student.email, /^Your links to 2 lessons$/);
  expect(await teacher.api.mail.mailbox.query({ to: 'stranger@example.org' })).toEqual([]);
  await page.goto(/https?:\/\/\S+\/join\/p\.[\w.-]+/.exec(mail.text)?.[0] ?? '');
  await expect(page.getByText('You join as Sam Okafor.')).toBeVisible();

  const { url } = await teacher.api.links.lesson.query({ lessonId: off });
  await page.goto(url);
  await expect(page.getByRole('button', { name: 'Get a new link by e-mail' })).toBeVisible();
  await teacher.api.lessons.cancel.mutate({ lessonId: off });
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'This class was called off' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Get a new link by e-mail' })).toBeVisible();
  for (const one of [context, teacher.context, student.context]) await one.close();
});

import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { openBrowser } from './support/class';
import { letNoticesFallDue, mailTo } from './support/mailbox';
import { makePerson } from './support/people';

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

/** A calendar's lines, unfolded. */
const linesOf = (calendar: string | null) => (calendar ?? '').replaceAll(/\r\n[ \t]/g, '').split('\r\n');

test('who is enrolled gets lessons into their calendar, hears from when to when they moved, and stops the mails', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const [teacher, student] = [
    await makePerson(browser, 'Mara Lindt'),
    await makePerson(browser, 'Sam Okafor'),
  ];
  const { page } = student;

  // Mails are to tell times as they are in New York.
  await page.goto('/dashboard');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.getByLabel('Name').fill('Samuel Okafor');
  await page.getByRole('combobox', { name: 'Time zone', exact: true }).fill('New York');
  await page.getByRole('option', { name: /New York/ }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByLabel('Name')).toHaveValue('Samuel Okafor');
  await expect(page.getByRole('combobox', { name: 'Time zone', exact: true })).toHaveValue('New York');

  const { id: courseId } = await teacher.api.courses.create.mutate({ title: 'Botany' });
  await teacher.api.courses.enrol.mutate({ courseId, email: student.email, role: 'student' });
  const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const lesson = { title: 'Leaves', timeZone: 'Europe/Berlin', durationMinutes: 45 };
  const { lessonId } = await teacher.api.lessons.schedule.mutate({
    ...{ ...lesson, courseId, startsAt: `${day}T16:00` },
  });
  await letNoticesFallDue();
  const invited = await mailTo(teacher, student.email, /^Invitation: Leaves, .* 10:00 AM$/);
  expect(invited.toName).toBe('Samuel Okafor');
  const uid = linesOf(invited.calendar).find((line) => line.startsWith('UID:'));
  expect(linesOf(invited.calendar)).toEqual(expect.arrayContaining(['METHOD:REQUEST', 'SEQUENCE:1']));
  const link = /https?:\/\/\S+\/join\/p\.[\w.-]+/.exec(invited.text)?.[0] ?? '';
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Leaves' })).toBeVisible();

  await page.goto(`/dev/mailbox?to=${encodeURIComponent(student.email)}&mail=${invited.messageId}`);
  const mail = page.frameLocator('iframe');
  await expect(mail.getByRole('heading', { name: 'Leaves' })).toBeVisible();
  await expect(mail.getByRole('link', { name: 'Join the class' })).toHaveAttribute('href', link);

  const edit = { ...lesson, lessonId, scope: 'this' as const, version: 1, startsAt: `${day}T18:30` };
  await teacher.api.lessons.edit.mutate(edit);
  await letNoticesFallDue();
  const moved = await mailTo(teacher, student.email, /^Moved: Leaves, now .* 12:30 PM$/);
  expect(moved.text.replaceAll(/\s+/g, ' ')).toMatch(/it was 10:00 – 10:45 AM, it is now 12:30 – 1:15 PM/);
  expect(linesOf(moved.calendar)).toEqual(expect.arrayContaining([uid, 'METHOD:REQUEST', 'SEQUENCE:2']));

  await teacher.api.lessons.cancel.mutate({ lessonId });
  await letNoticesFallDue();
  const off = await mailTo(teacher, student.email, /^Called off: Leaves/);
  expect(linesOf(off.calendar)).toEqual(expect.arrayContaining([uid, 'METHOD:CANCEL', 'SEQUENCE:3']));

  await page.goto(/https?:\/\/\S+\/mail\/off\/[\w.-]+/.exec(off.text)?.[0] ?? '');
  await page.getByRole('button', { name: 'Stop these mails' }).click();
  await expect(page.getByRole('status')).toContainText('gets no more');
  await page.goto('/account');
  const kind = page.getByRole('switch', { name: /^Lessons that are new/ });
  await expect(kind).not.toBeChecked();
  await kind.check();
  await expect(page.getByRole('switch', { name: 'A reminder a day before a lesson' })).toBeChecked();
  await expect
    .poll(async () => (await student.api.mail.kinds.query()).find((one) => one.category === 'lessons')?.off)
    .toBe(false);
  for (const { context } of [teacher, student]) await context.close();
});

test('who signs up by an invitation finds its address filled in', async ({ browser }) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { id: courseId } = await teacher.api.courses.create.mutate({ title: 'Optics' });
  const address = `zoe.${Date.now()}@example.org`;
  const packed = gzipSync(address).toString('base64');
  await teacher.api.invitations.send.mutate({ courseId, packed });
  const invited = await mailTo(teacher, address, /invites you to “Optics”$/);
  const { page, context } = await openBrowser(browser, null);
  await page.goto(/https?:\/\/\S+\/i\/i\.[\w.-]+/.exec(invited.text)?.[0] ?? '');
  await page.getByRole('button', { name: 'Enrol' }).click();
  await expect(page.getByLabel('E-mail')).toHaveValue(address);
  await page.getByLabel('Your name').fill('Zoe Sonn');
  await page.getByLabel('Password').fill('a few plain words');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/courses\//);
  for (const one of [context, teacher.context]) await one.close();
});

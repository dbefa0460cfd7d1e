import { expect, test } from '@playwright/test';
import { signUpActor } from '../scripts/actor';
import { expectAccessible } from './support/accessible';
import { openBrowser } from './support/class';
import { makePerson, type Someone } from './support/people';

const PASSWORD = 'a few plain words';

test('a teacher makes a public course; a visitor signs up on the way and is enrolled', async ({
  browser,
}) => {
  const { page, context } = await makePerson(browser, 'Tessa Lind');
  await page.goto('/dashboard');
  await page.getByRole('button', { name: 'Create your first course' }).click();
  await page.getByLabel('Title').fill('Night sky <b>1</b>');
  await page.getByRole('button', { name: 'Create course' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();

  await page.getByLabel('Description').fill('What moves up there.');
  await page.getByLabel('Language of teaching').selectOption({ label: 'Ukrainian' });
  await page.getByRole('button', { name: 'Save basics' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Syllabus' }).click();
  await page.getByRole('button', { name: 'Write the first section' }).click();
  await page.getByRole('textbox', { name: 'Section' }).fill('The Moon');
  await page.getByRole('button', { name: 'Add section' }).click();
  await expect(page.getByRole('heading', { name: 'The Moon' })).toBeVisible();
  await page.getByRole('link', { name: 'Enrolment' }).click();
  await page.getByLabel('Everybody with its address').check();
  await page.getByLabel('Seats for students').fill('1');
  await page.getByRole('button', { name: 'Save enrolment' }).click();
  const address = page.getByRole('link', { name: /\/c\/night-sky/ });
  await expect(address).toBeVisible();
  const url = (await address.getAttribute('href')) ?? '';

  const visitor = await openBrowser(browser, null);
  await visitor.page.goto(url);
  await expect(visitor.page.getByRole('heading', { level: 1, name: 'Night sky <b>1</b>' })).toBeVisible();
  await expect(visitor.page.getByText('Taught in Ukrainian')).toBeVisible();
  await expect(visitor.page.getByText('1 seat is left.')).toBeVisible();
  await expectAccessible(visitor.page);
  await visitor.page.getByRole('button', { name: 'Enrol' }).click();
  await visitor.page.getByLabel('Your name').fill('Vera Sonn');
  await visitor.page.getByLabel('E-mail').fill(`vera.${Date.now()}@example.org`);
  await visitor.page.getByLabel('Password').fill(PASSWORD);
  await visitor.page.getByRole('button', { name: 'Create account' }).click();
  // What was pressed before there was an account is done with one.
  await visitor.page.waitForURL(/\/courses\//);
  await expect(visitor.page.getByRole('heading', { level: 1, name: 'Night sky <b>1</b>' })).toBeVisible();

  const late = await openBrowser(browser, await signUpActor(process.env.LECTERN_URL ?? '', 'Late Comer'));
  await late.page.goto(url);
  await expect(late.page.getByText('Every seat is taken')).toBeVisible();
  await page.goto('/dashboard');
  for (const one of [context, visitor.context, late.context]) await one.close();
});

test('who asks to join is admitted or declined, and sees it on the page', async ({ browser }) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { id: courseId, roomSlug } = await teacher.api.courses.create.mutate({ title: 'Botany' });
  await teacher.api.courses.changeEnrolment.mutate({
    courseId,
    ...{ visibility: 'public', enrolment: 'approval', registration: 'series', capacity: null },
  });
  const [sam, otto] = [await makePerson(browser, 'Sam Okafor'), await makePerson(browser, 'Otto Berg')];
  for (const { page } of [sam, otto]) {
    await page.goto(`/c/${roomSlug}`);
    await page.getByRole('button', { name: 'Ask to join' }).click();
    await expect(page.getByText('You have asked to join')).toBeVisible();
  }
  await teacher.page.goto(`/courses/${courseId}/settings/people`);
  await expectAccessible(teacher.page);
  await teacher.page.getByRole('button', { name: 'Admit Sam Okafor' }).click();
  await expect(teacher.page.getByRole('button', { name: 'Admit Sam Okafor' })).toHaveCount(0);
  await teacher.page.getByRole('button', { name: 'Decline' }).click();
  await expect(teacher.page.getByText('Waiting to be let in')).toHaveCount(0);
  await sam.page.reload();
  await sam.page.getByRole('link', { name: 'Go to the course' }).click();
  await expect(sam.page.getByRole('heading', { level: 1, name: 'Botany' })).toBeVisible();
  await otto.page.reload();
  await expect(otto.page.getByText('You were not let in')).toBeVisible();
  for (const { context } of [teacher, sam, otto]) await context.close();
});

test('a list with bad lines says which; the rest is invited, and the link in the mail lets them in', async ({
  browser,
}) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const invited = await makePerson(browser, 'Zoë Müller');
  const { id: courseId } = await teacher.api.courses.create.mutate({ title: 'Optics' });
  const { page } = teacher;
  await page.goto(`/courses/${courseId}/settings/people`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Take a CSV file' }).click();
  const lines = [
    'Name;E-Mail',
    `Zoë Müller;${invited.email}`,
    '"a@b"@c.org',
    "=cmd|' /C calc'!A0",
    'Nobody',
    invited.email,
  ];
  const buffer = Buffer.from(lines.join('\r\n'), 'latin1');
  await (await chooser).setFiles({ name: 'class.csv', mimeType: 'text/csv', buffer });
  const preview = page.getByRole('region', { name: 'What will be sent' });
  await expect(preview).toContainText('1 person will be invited');
  await expect(preview).toContainText('Zoë Müller');
  await expect(preview).toContainText('4 entries are left out');
  await expect(preview.getByRole('listitem').filter({ hasText: 'Line 3' })).toContainText('quotation marks');
  await expect(preview.getByRole('listitem').filter({ hasText: 'Line 6' })).toContainText(
    'stands in line 2 already',
  );
  await expectAccessible(page);
  await preview.getByRole('button', { name: 'Send 1 invitation' }).click();
  await expect(page.getByRole('list', { name: 'Invitations' })).toContainText('Zoë Müller');

  // The mailbox of an installation without a mail server has what was sent.
  const mail = () => mailTo(teacher, invited.email);
  await expect.poll(mail, { timeout: 75_000 }).toMatch(/\/i\/i\./);
  const link = /https?:\/\/[^\s"\\<>]+\/i\/[\w.-]+/.exec(await mail())?.[0] ?? '';
  await invited.page.goto(link);
  await invited.page.getByRole('button', { name: 'Enrol' }).click();
  await invited.page.waitForURL(/\/courses\//);
  await page.reload();
  await expect(page.getByText('Joined')).toBeVisible();
  for (const { context } of [teacher, invited]) await context.close();
});

/** The text of the newest mail to an address; empty while there is none. */
async function mailTo({ api }: Someone, address: string): Promise<string> {
  const [newest] = await api.mail.mailbox.query({ to: address });
  return newest ? (await api.mail.mailboxMail.query({ messageId: newest.messageId })).text : '';
}

test('a teacher meets now, in the lesson that is due and in their own room, whose link a guest follows', async ({
  browser,
}) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { page } = teacher;
  const { id: courseId, roomSlug } = await teacher.api.courses.create.mutate({ title: 'Optics' });
  const { lessonId } = await teacher.api.lessons.schedule.mutate({
    ...{ courseId, title: 'Lenses', timeZone: 'UTC', durationMinutes: 60 },
    startsAt: new Date(Date.now() + 300_000).toISOString().slice(0, 16),
  });
  await page.goto(`/courses/${courseId}`);
  await page.getByRole('button', { name: 'Meet now' }).click();
  // Its people wait at the door of the lesson that is due.
  await expect(page.getByRole('dialog', { name: '“Lenses” is due now' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start this lesson' }).click();
  await page.waitForURL(`/room/${roomSlug}`);
  const { upcoming } = await teacher.api.lessons.list.query({ courseId });
  expect(upcoming).toMatchObject([{ id: lessonId, status: 'live' }]);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();

  await page.goto('/dashboard');
  await expect(page.getByRole('region', { name: 'Next lesson' })).toContainText('Live');
  const room = page.getByRole('region', { name: 'Your room' });
  await room.getByRole('button', { name: 'Meet now' }).click();
  await page.waitForURL(/\/room\/mara-lindt-/);
  const own = page.url();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();

  await page.goto('/dashboard');
  await expect(room.getByRole('link')).toHaveAttribute('href', new URL(own).pathname);
  await room.getByRole('button', { name: 'Show its link' }).click();
  const link = (await room.getByText(/\/i\/c\./).textContent()) ?? '';
  await expectAccessible(page);
  const guest = await openBrowser(browser, null);
  await guest.page.goto(link);
  await guest.page.getByRole('link', { name: 'Join' }).click();
  await guest.page.getByLabel('Your name').fill('Gus');
  await guest.page.getByRole('button', { name: 'Join' }).click();
  await guest.page.waitForURL(new URL(own).pathname);
  for (const { context } of [teacher, guest]) await context.close();
});

test('the bell counts what is new, and leads to it', async ({ browser }) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { id: courseId, roomSlug } = await teacher.api.courses.create.mutate({ title: 'Botany' });
  await teacher.api.courses.changeEnrolment.mutate({
    courseId,
    ...{ visibility: 'public', enrolment: 'approval', registration: 'series', capacity: null },
  });
  const sam = await signUpActor(process.env.LECTERN_URL ?? '', 'Sam Okafor');
  await sam.trpc.join.enter.mutate({ entrance: { by: 'page', slug: roomSlug } });
  const { page } = teacher;
  await page.goto('/dashboard');
  await expect(page.getByText('1 person wants to join Botany')).toBeVisible();
  await page.getByRole('button', { name: 'What changed, 1 new' }).click();
  await expectAccessible(page);
  await page.getByRole('link', { name: /Sam Okafor asks to join Botany/ }).click();
  await expect(page.getByRole('button', { name: 'Admit Sam Okafor' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'What changed', exact: true })).toBeVisible();
  await teacher.context.close();
});

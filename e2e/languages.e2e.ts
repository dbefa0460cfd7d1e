import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { signUpActor } from '../scripts/actor';
import { openBrowser } from './support/class';
import { startLiveClass } from './support/classroom';
import { mailTo } from './support/mailbox';
import { makePerson } from './support/people';

const PASSWORD = 'a few plain words';

test('a visitor reads what the browser accepts, chooses another language, and keeps it with the account', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const email = `olena.${Date.now()}@example.test`;
  const first = await browser.newContext({ locale: 'uk-UA' });
  const page = await first.newPage();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Кімната, де відбуваються ваші заняття' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'uk');

  await page.goto('/sign-up');
  await page.getByLabel('Ваше ім’я').fill('Olena Koval');
  await page.getByRole('combobox', { name: 'Мова' }).selectOption({ label: 'Deutsch' });
  await expect(page.getByRole('heading', { name: 'Legen Sie Ihr Konto an' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  // What was typed before is still there.
  await expect(page.getByLabel('Ihr Name')).toHaveValue('Olena Koval');
  await page.getByLabel('E-Mail-Adresse').fill(email);
  await page.getByLabel('Passwort').fill(PASSWORD);
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ihr Unterricht' })).toBeVisible();

  // On another device, whose browser speaks English until one signs in.
  const second = await browser.newContext({ locale: 'en-GB' });
  const elsewhere = await second.newPage();
  await elsewhere.goto('/sign-in');
  await elsewhere.getByLabel('E-mail').fill(email);
  await elsewhere.getByLabel('Password').fill(PASSWORD);
  await elsewhere.getByRole('button', { name: 'Sign in' }).click();
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Ihr Unterricht' })).toBeVisible();
  await expect(elsewhere).toHaveTitle(/Ihr Unterricht/);

  // Who writes does so in English; the mail is in its reader's language.
  const teacher = await signUpActor(process.env.LECTERN_URL ?? '', 'Mara Lindt');
  const { id: courseId } = await teacher.trpc.courses.create.mutate({ title: 'Botany' });
  await teacher.trpc.invitations.send.mutate({ courseId, packed: gzipSync(email).toString('base64') });
  const newest = async () => (await teacher.trpc.mail.mailbox.query({ to: email }))[0];
  await expect
    .poll(async () => (await newest())?.subject, { timeout: 75_000 })
    .toBe('Mara Lindt lädt Sie zu „Botany“ ein');
  const messageId = (await newest())?.messageId ?? '';
  const mail = await teacher.trpc.mail.mailboxMail.query({ messageId });
  expect(mail.text).toContain('Mara Lindt lädt Sie zu diesem Kurs auf Lectern ein.');
  for (const context of [first, second]) await context.close();
  await teacher.dispose();
});

test('who is invited without an account reads mail and page in the course’s language, until they choose another one', async ({
  browser,
}) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { id: courseId } = await teacher.api.courses.create.mutate({ title: 'Botanik', language: 'de' });
  const email = `neu.${Date.now()}@example.test`;
  await teacher.api.invitations.send.mutate({ courseId, packed: gzipSync(email).toString('base64') });
  const mail = await mailTo(teacher, email, /^Mara Lindt lädt Sie zu „Botanik“ ein$/);
  expect(mail.text).toContain('weil eine Lehrkraft dieses Kurses Ihre Adresse eingegeben hat');
  const [link = ''] = /https?:\/\/\S+\/i\/\S+/.exec(mail.text) ?? [];
  const [off = ''] = /https?:\/\/\S+\/mail\/off\/\S+/.exec(mail.text) ?? [];

  const english = await browser.newContext({ locale: 'en-US' });
  const page = await english.newPage();
  const language = page.locator('html');
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'Botanik' })).toBeVisible();
  await expect(language).toHaveAttribute('lang', 'de');
  // It stays on the way through the pages for signing up.
  await page.goto('/sign-up');
  await expect(language).toHaveAttribute('lang', 'de');
  await page.getByRole('combobox', { name: 'Sprache' }).selectOption({ label: 'Español' });
  await expect(language).toHaveAttribute('lang', 'es');
  await page.goto(link);
  await expect(language).toHaveAttribute('lang', 'es');
  await page.goto(off);
  await page.getByRole('button', { name: 'Dejar de recibirlos' }).click();
  await expect(page.getByRole('status')).toContainText(`${email} ya no recibe invitaciones a cursos.`);
  for (const context of [english, teacher.context]) await context.close();
});

test('one, two and five people are counted as Ukrainian counts them', async ({ browser }) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const emails: string[] = [];
  for (const name of ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva']) {
    const student = await signUpActor(process.env.LECTERN_URL ?? '', name);
    emails.push(student.email);
    await student.dispose();
  }
  for (const count of [1, 2, 5]) {
    const { id: courseId } = await teacher.api.courses.create.mutate({ title: `Курс ${count}` });
    for (const email of emails.slice(0, count))
      await teacher.api.courses.enrol.mutate({ courseId, email, role: 'student' });
  }
  const { page } = teacher;
  await page.goto('/dashboard');
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Українська' });
  for (const words of ['Записано 1 особу', 'Записано 2 особи', 'Записано 5 осіб'])
    await expect(page.getByText(words)).toBeVisible();
  await teacher.context.close();
});

test('the language changes in the middle of a class, without leaving it', async ({ browser, baseURL }) => {
  test.setTimeout(150_000);
  const { teacherPage: page, slug, student } = await startLiveClass(browser, baseURL ?? '');
  await page.getByRole('button', { name: 'Chat' }).click();
  await page.getByRole('textbox', { name: 'Write a message' }).fill('Half a sentence');
  await page.getByRole('button', { name: 'Choose camera, microphone and speaker' }).click();
  const opened = await page.evaluate(() => performance.timeOrigin);
  await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Español' });
  await expect(page.getByRole('button', { name: 'Salir', exact: true })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Escribir un mensaje' })).toHaveValue('Half a sentence');
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(opened);

  // Each reads the class in their own language.
  const { page: other, context } = await openBrowser(browser, student);
  await other.goto(`/room/${slug}`);
  await expect(other.getByText('Mara Lindt is teaching')).toBeVisible();
  await context.close();
  await page.context().close();
});

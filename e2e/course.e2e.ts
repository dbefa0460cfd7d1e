import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { signUpActor } from '../scripts/actor';
import { openBrowser, prepareClass } from './support/class';

const PASSWORD = 'a few plain words';

/** A new account, by the form; ends on its dashboard. */
async function signUp(page: Page, name: string): Promise<string> {
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}.${Date.now()}@example.org`;
  await page.goto('/');
  await page.getByRole('link', { name: 'Create your classroom' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Your classes' })).toBeVisible();
  return email;
}

async function createCourse(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: /course$/ }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Create course' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

/** Light and dark, whole page: what axe finds is printed by name. */
async function expectAccessible(page: Page): Promise<void> {
  // After a change of page the new title comes a moment after its content.
  await expect(page).toHaveTitle(/./);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((node) => node.html).join(' ')}`),
    ).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

test('a teacher signs up, makes a course, schedules a lesson, copies its link and starts the class', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write', 'camera', 'microphone']);
  await page.goto('/');
  await expectAccessible(page);
  await signUp(page, 'Tess Arden');
  await expect(page.getByText('No courses yet')).toBeVisible();
  await expectAccessible(page);

  await createCourse(page, 'Algebra 1');
  const form = page.getByRole('form', { name: 'Schedule a lesson' });
  await form.getByLabel('Title').fill('Linear equations');
  await form.getByLabel('Minutes').fill('50');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Schedule lesson' }).click();

  const next = page.getByRole('region', { name: 'Next lesson' });
  await expect(next.getByRole('heading', { name: 'Linear equations' })).toBeVisible();
  await next.getByRole('button', { name: 'Copy lesson link' }).click();
  await expect(page.getByText('Copied', { exact: true })).toBeAttached();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/join\/[\w.-]+$/);
  await expectAccessible(page);

  const guest = await (await browser.newContext()).newPage();
  await guest.goto(link);
  await expect(guest.getByText('Linear equations')).toBeVisible();
  await guest.context().close();

  await page.getByRole('link', { name: 'Lectern' }).click();
  await expect(page.getByRole('link', { name: /Algebra 1/ }).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start class' }).click();
  await page.waitForURL(/\/room\/algebra-1-[a-z0-9]{4}$/);
});

test('a lesson is renamed, cancelled and put back; people come and go', async ({ page, browser }) => {
  const other = await browser.newContext();
  const student = await other.newPage();
  const email = await signUp(student, 'Sam Reed');
  await signUp(page, 'Ines Falk');
  await createCourse(page, 'Botany');
  const form = page.getByRole('form', { name: 'Schedule a lesson' });
  await form.getByLabel('Title').fill('Leaves');
  await form.getByRole('button', { name: 'Schedule lesson' }).click();

  await page.getByRole('button', { name: 'Rename Leaves' }).click();
  await page.getByLabel('New title').fill('Leaves and light');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Leaves and light' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel Leaves and light' }).click();
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Start class' })).toBeVisible();

  const people = page.getByRole('form', { name: 'Add a person' });
  await people.getByLabel('E-mail of their account').fill('nobody@example.org');
  await people.getByRole('button', { name: 'Add' }).click();
  await expect(people.getByText(/Nobody has signed up with this e-mail/)).toBeVisible();
  await people.getByLabel('E-mail of their account').fill(email);
  await people.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText(email)).toBeVisible();

  await student.goto('/dashboard');
  await expect(student.getByRole('heading', { name: 'Leaves and light' })).toBeVisible();
  await expect(student.getByRole('link', { name: 'Join class' })).toBeVisible();
  await expect(student.getByRole('button', { name: 'Start class' })).toHaveCount(0);
  await student
    .getByRole('link', { name: /Botany/ })
    .first()
    .click();
  await expect(student.getByRole('heading', { level: 1, name: 'Botany' })).toBeVisible();
  await expect(student.getByRole('button', { name: 'Schedule a lesson' })).toHaveCount(0);
  await expectAccessible(student);
  const course = student.url();

  await page.getByRole('button', { name: 'More about Sam Reed' }).click();
  await page.getByRole('button', { name: 'Remove Sam Reed from the course' }).click();
  await expect(page.getByText(email)).toHaveCount(0);
  expect((await student.goto(course))?.status()).toBe(404);
  await expect(student.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
  await expectAccessible(student);
  await other.close();
});

test('what is wrong with a lesson is said at its field, in the time zone that was chosen', async ({
  page,
}) => {
  await signUp(page, 'Ona Keller');
  await createCourse(page, '<img src=x onerror=alert(1)>');
  const form = page.getByRole('form', { name: 'Schedule a lesson' });
  await form.getByLabel('Title').fill('First');
  await form.getByLabel('Date').fill('2020-01-01');
  await form.getByRole('button', { name: 'Schedule lesson' }).click();
  await expect(form.getByText('That time has passed. Choose a later one.')).toBeVisible();
  await expect(form.getByLabel('Date')).toHaveAttribute('aria-invalid', 'true');

  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await form.getByLabel('Date').fill(tomorrow);
  await form.getByLabel('Start').fill('10:30');
  await form.getByRole('combobox', { name: 'Time zone' }).fill('kathm');
  await page.getByRole('option', { name: /Kathmandu/ }).click();
  await form.getByRole('button', { name: 'Schedule lesson' }).click();
  await expect(page.getByRole('region', { name: 'Next lesson' })).toContainText('10:30 AM in Kathmandu');
});

test('who is not signed in is asked to, and brought back', async ({ page }) => {
  await page.goto('/dashboard');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expect(page.getByLabel('Password')).toBeVisible();
});

test('a course of people with long names fits a phone', async ({ browser, baseURL }) => {
  const { teacher, courseId } = await prepareClass(baseURL ?? '', 'Narrow');
  const student = await signUpActor(baseURL ?? '', 'Maximiliane von Hohenzollern-Sigmaringen');
  await teacher.trpc.courses.enrol.mutate({ courseId, email: student.email, role: 'student' });
  const { page, context } = await openBrowser(browser, teacher);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/courses/${courseId}`);
  await expect(page.getByText('Maximiliane von Hohenzollern')).toBeVisible();
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over)).toBe(0);
  await context.close();
});

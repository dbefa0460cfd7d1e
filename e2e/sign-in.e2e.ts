import { expect, type Page, test } from '@playwright/test';
import { signUpActor } from '../scripts/actor';
import { openBrowser } from './support/class';

const PASSWORD = 'a few plain words';
let count = 0;
const newEmail = () => `visitor.${Date.now()}.${(count += 1)}@example.test`;

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signOut(page: Page, how: 'Sign out' | 'Sign out on all devices'): Promise<void> {
  await page.getByRole('button', { name: 'Account menu' }).click();
  await page.getByRole('button', { name: how, exact: true }).click();
  await page.waitForURL('/');
}

test('somebody signs up, out and in again, and comes where they wanted to go', async ({ page }) => {
  const email = newEmail();
  await page.goto('/dashboard');
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill('<img src=x onerror=alert(1)>');
  await page.getByLabel('E-mail').fill(email.toUpperCase());
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('This is too short.')).toBeVisible();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('/dashboard');
  await expect(page.getByRole('button', { name: '<img src=x onerror=alert(1)>' })).toBeVisible();

  await signOut(page, 'Sign out');
  await page.goto('/sign-in?next=//evil.test');
  await signIn(page, email, PASSWORD);
  await page.waitForURL('/dashboard');
});

test('an e-mail that has an account is said so beside the field', async ({ page, baseURL }) => {
  const { email } = await signUpActor(baseURL ?? '', 'First One');
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill('Second One');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('There is already an account with this e-mail.')).toBeVisible();
});

test('a wrong password and an unknown e-mail get one answer, and the sixth try waits', async ({
  page,
  baseURL,
}) => {
  const { email, password } = await signUpActor(baseURL ?? '', 'Careful Cleo');
  const wrong = page.getByText('This e-mail and password do not belong together.');
  await page.goto('/sign-in');
  await signIn(page, newEmail(), 'not the password');
  await expect(wrong).toBeVisible();
  for (let i = 0; i < 5; i += 1) {
    await signIn(page, email, 'not the password');
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
    await expect(wrong).toBeVisible();
  }
  await signIn(page, email, password);
  await expect(page.getByText(/Too many tries\. Wait \d+ minutes/)).toBeVisible();
});

test('signing out on all devices signs out the others', async ({ browser, baseURL }) => {
  const actor = await signUpActor(baseURL ?? '', 'Two Devices');
  const one = await openBrowser(browser, actor);
  const other = await openBrowser(browser, actor);
  await other.page.goto('/dashboard');
  await expect(other.page.getByRole('heading', { name: 'Your classes' })).toBeVisible();
  await one.page.goto('/dashboard');
  await signOut(one.page, 'Sign out on all devices');
  await other.page.goto('/dashboard');
  await other.page.waitForURL(/\/sign-in/);
  await one.context.close();
  await other.context.close();
});

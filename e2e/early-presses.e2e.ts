import { expect, type Page, test } from '@playwright/test';
import { signUpActor } from '../scripts/actor';
import { openBrowser, prepareClass } from './support/class';

/** Opens a page whose code is on its way until it is let through. */
async function openWithoutCode(page: Page, address: string): Promise<() => void> {
  let letThrough = () => {};
  const through = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await through;
    await route.continue();
  });
  await page.goto(address, { waitUntil: 'commit' });
  return letThrough;
}

test.describe('what is pressed before the page’s code is there is done once it is', () => {
  test('signing in, without the password in an address', async ({ page, baseURL }) => {
    const { email, password } = await signUpActor(baseURL ?? '', 'Quick Quinn');
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    const letThrough = await openWithoutCode(page, '/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    letThrough();
    await page.waitForURL('/dashboard');
    expect(addresses.filter((address) => address.includes(password))).toEqual([]);
  });

  test('a button', async ({ browser, baseURL }) => {
    const { teacher } = await prepareClass(baseURL ?? '', 'Early');
    const { page, context } = await openBrowser(browser, teacher);
    const letThrough = await openWithoutCode(page, '/dashboard');
    await page.getByRole('button', { name: 'New course' }).click();
    letThrough();
    await expect(page.getByRole('form', { name: 'New course' })).toBeVisible();
    await context.close();
  });

  test('a guest’s name, and joining', async ({ browser, baseURL }) => {
    const { teacher, lessonId, slug } = await prepareClass(baseURL ?? '', 'Early doors');
    const owner = await openBrowser(browser, teacher);
    await owner.page.goto(`/room/${slug}`);
    await owner.page.getByRole('status', { name: 'Connected' }).waitFor();
    await teacher.trpc.lessons.start.mutate({ lessonId });
    const { url } = await teacher.trpc.links.lesson.query({ lessonId });

    const { page, context } = await openBrowser(browser, null);
    const intoTheRoom = await openWithoutCode(page, url);
    await page.getByLabel('Your name').fill('Early Ada');
    await page.getByRole('button', { name: 'Join class' }).click();
    intoTheRoom();
    await page.waitForURL(`/room/${slug}`);
    await page.unrouteAll({ behavior: 'wait' });

    const intoTheClass = await openWithoutCode(page, `/room/${slug}`);
    await page.getByRole('button', { name: 'Join as listener' }).click();
    intoTheClass();
    await expect(page.getByRole('button', { name: 'Leave', exact: true })).toBeVisible();
    await context.close();
    await owner.context.close();
  });
});

test('a form of a page whose code never runs puts nothing in an address', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill('somebody@example.test');
  await page.getByLabel('Password').fill('a few plain words');
  const sent = page.waitForRequest((request) => request.isNavigationRequest());
  await page.getByRole('button', { name: 'Sign in' }).click();
  expect((await sent).method()).toBe('POST');
  expect((await sent).url()).not.toContain('?');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await context.close();
});

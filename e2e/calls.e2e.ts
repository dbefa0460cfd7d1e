import { type Browser, expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { expectPicture } from './support/classroom';
import { openBrowser } from './support/class';
import { makePerson, type Someone } from './support/people';

/** A teacher and a student of one course, each with a page of Lectern open. */
async function makePair(browser: Browser) {
  const [mara, sam] = [await makePerson(browser, 'Mara Lindt'), await makePerson(browser, 'Sam Okafor')];
  const { id: courseId } = await mara.api.courses.create.mutate({ title: 'Astronomy' });
  await mara.api.courses.enrol.mutate({ courseId, email: sam.email, role: 'student' });
  const course = `/courses/${courseId}`;
  await sam.page.goto('/dashboard');
  await mara.page.goto(course);
  const leave = async () => {
    for (const { context } of [mara, sam]) await context.close();
  };
  return { mara, sam, courseId, course, leave };
}
const callButton = (page: Page, name: string) =>
  page.getByRole('button', { name: `Call ${name}`, exact: true });
const incoming = (page: Page, name: string) => page.getByRole('alertdialog', { name: `${name} is calling` });
const card = (page: Page, title: string) => page.getByRole('dialog', { name: title });

async function call({ page }: Someone, name: string): Promise<void> {
  await callButton(page, name).click();
  await expect(card(page, `Calling ${name}…`)).toBeVisible();
}

test('a teacher calls a student who is on another page; they answer in one of two tabs, and both are in a room', async ({
  browser,
}) => {
  const { mara, sam, courseId, leave } = await makePair(browser);
  const second = await sam.context.newPage();
  await second.goto('/calendar');
  await call(mara, sam.name);
  await expectAccessible(mara.page);
  for (const page of [sam.page, second]) {
    await expect(incoming(page, mara.name)).toBeVisible();
    await expect(page).toHaveTitle('Mara Lindt is calling');
  }
  await expectAccessible(sam.page);
  // What somebody was typing does not answer for them; the keys reach both buttons.
  await sam.page.keyboard.press('Enter');
  await expect(incoming(sam.page, mara.name)).toBeVisible();
  await sam.page.keyboard.press('Tab');
  await expect(sam.page.getByRole('button', { name: 'Decline' })).toBeFocused();
  await sam.page.keyboard.press('Tab');
  await sam.page.keyboard.press('Enter');
  for (const { page } of [mara, sam]) {
    await page.waitForURL('**/room/**');
    await expect(page.getByRole('button', { name: 'Leave', exact: true })).toBeVisible();
  }
  await expect(card(second, 'You answered elsewhere')).toBeVisible();
  await expect(second).not.toHaveTitle(/is calling/);
  await expectPicture(mara.page, sam.name);
  await expectPicture(sam.page, mara.name);
  expect(await mara.api.calls.reach.query({ courseId })).toMatchObject({ busy: [expect.any(String)] });
  await sam.page.getByRole('button', { name: 'Leave', exact: true }).click();
  await mara.page.goto(`/courses/${courseId}`);
  await expect(mara.page.getByRole('region', { name: 'Your calls' })).toContainText('Sam Okafor');
  await leave();
});

test('a student calls a teacher: declined, given up, missed, and called back from the bell', async ({
  browser,
}) => {
  const { mara, sam, course, leave } = await makePair(browser);
  await sam.page.goto(course);
  await mara.page.goto('/dashboard');
  await call(sam, mara.name);
  await incoming(mara.page, sam.name).getByRole('button', { name: 'Decline' }).click();
  await expect(incoming(mara.page, sam.name)).toBeHidden();
  await expect(card(sam.page, 'Mara Lindt declined')).toBeVisible();
  await expectAccessible(sam.page);
  await card(sam.page, 'Mara Lindt declined').getByRole('button', { name: 'Close' }).click();

  await call(sam, mara.name);
  await expect(incoming(mara.page, sam.name)).toBeVisible();
  await sam.page.getByRole('button', { name: 'Cancel' }).click();
  await expect(incoming(mara.page, sam.name)).toBeHidden();
  await expect(mara.page.getByRole('button', { name: 'What changed, 1 new' })).toBeVisible();

  await call(sam, mara.name);
  await expect(incoming(mara.page, sam.name)).toBeVisible();
  await mara.page.keyboard.press('Escape');
  await expect(incoming(mara.page, sam.name)).toBeHidden();
  await expect(card(mara.page, 'Sam Okafor is calling')).toBeVisible();
  // It rings as long as the installation says.
  await expect(card(sam.page, 'Mara Lindt did not answer')).toBeVisible({ timeout: 30_000 });
  await expect(card(mara.page, 'Sam Okafor is calling')).toBeHidden();

  await mara.page.getByRole('button', { name: 'What changed, 2 new' }).click();
  await mara.page.getByRole('button', { name: 'Call Sam Okafor back' }).first().click();
  await expect(incoming(sam.page, mara.name)).toBeVisible();
  await incoming(sam.page, mara.name).getByRole('button', { name: 'Decline' }).click();
  await expect(card(mara.page, 'Sam Okafor declined')).toBeVisible();
  await leave();
});

test('who is rung already is busy, who is gone is away, and who does not want calls is neither seen nor rung', async ({
  browser,
}) => {
  const { mara, sam, courseId, course, leave } = await makePair(browser);
  const ada = await makePerson(browser, 'Ada Lund');
  await mara.api.courses.enrol.mutate({ courseId, email: ada.email, role: 'student' });
  for (const { page } of [sam, ada]) await page.goto(course);
  await mara.page.goto('/library');
  // Students see who teaches, and cannot call each other.
  await expect(callButton(ada.page, mara.name)).toBeVisible();
  await expect(ada.page.getByRole('button', { name: /Call Sam|Sam Okafor is not online/ })).toHaveCount(0);
  await call(sam, mara.name);
  await expect(incoming(mara.page, sam.name)).toBeVisible();
  await ada.page.getByRole('button', { name: /^Call Mara Lindt/ }).click();
  await expect(card(ada.page, 'Mara Lindt is busy')).toBeVisible();
  await incoming(mara.page, sam.name).getByRole('button', { name: 'Decline' }).click();

  await mara.page.goto('/account');
  await mara.page.getByRole('switch', { name: 'Let people of my courses call me' }).click();
  const away = ada.page.getByRole('button', { name: 'Mara Lindt is not online and cannot be called' });
  await expect(away).toBeVisible();
  // It says why, and is not to be pressed otherwise.
  await away.click({ force: true });
  await expect(ada.page.getByText('Mara Lindt is not online.', { exact: false })).toBeVisible();
  await mara.page.getByRole('switch', { name: 'Let people of my courses call me' }).click();
  await expect(callButton(ada.page, mara.name)).toBeVisible();
  await mara.context.close();
  await expect(away).toBeVisible({ timeout: 30_000 });
  const visitor = await openBrowser(browser, null);
  const requests: string[] = [];
  visitor.page.on('request', (request) => requests.push(request.url()));
  await visitor.page.goto('/');
  expect(requests.filter((url) => url.includes('/api/calls'))).toEqual([]);
  for (const { context } of [visitor, ada]) await context.close();
  await leave();
});

import { type Browser, expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { openBrowser } from './support/class';
import { makePerson, type Someone } from './support/people';

const ALWAYS = Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]);

/** A teacher of UTC who can be booked at any hour, a day ahead. */
async function makeTeacher(browser: Browser): Promise<Someone & { address: string }> {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { slug } = await teacher.api.bookings.createOffer.mutate({
    ...{ title: 'Trial lesson', description: '', lengths: [30, 60], seats: 1, open: true, timeZone: 'UTC' },
  });
  await teacher.api.bookings.saveHours.mutate({
    ...{ timeZone: 'UTC', weekly: ALWAYS, exceptions: [], stepMinutes: 60, maxADay: null },
    ...{
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      noticeMinutes: 1440,
      horizonDays: 20,
      changeMinutes: 60,
    },
  });
  return { ...teacher, address: `/book/${slug}` };
}
const hours = (page: Page) => page.locator('section[aria-labelledby=hours]').getByRole('listitem');

test('a teacher says when they can be booked; somebody elsewhere signs up at an hour, and comes back to it', async ({
  browser,
}) => {
  const teacher = await makePerson(browser, 'Tessa Lind');
  const { page } = teacher;
  await page.goto('/bookings');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'New offer' }).click();
  await page.getByLabel('Title').fill('Trial <b>lesson</b>');
  await page.getByRole('button', { name: '60 min' }).click();
  await page.getByRole('button', { name: 'Create offer' }).click();
  await expect(page.getByText('30 / 60 min · one-to-one')).toBeVisible();

  await page.getByLabel('Monday, to').fill('12:00');
  await page.getByRole('button', { name: 'Copy the hours of Monday' }).click();
  await page.getByLabel('Saturday').check();
  await page.getByLabel('Saturday, from').fill('18:00');
  await expect(page.getByText('Each must end after it begins')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save hours' })).toBeDisabled();
  await page.getByLabel('Saturday, to').fill('20:00');
  await page.getByLabel('Hours of notice at least').fill('24');
  await page.getByRole('button', { name: 'Save hours' }).click();
  await expect(page.getByText('Your hours are saved.')).toBeVisible();
  await expectAccessible(page);
  const { offers, hours: saved } = await teacher.api.bookings.setup.query({ timeZone: 'UTC' });
  expect(saved).toMatchObject({ noticeMinutes: 1440 });
  expect(saved.weekly[4]).toEqual([{ from: '09:00', to: '12:00' }]);
  expect(saved.weekly[5]).toEqual([{ from: '18:00', to: '20:00' }]);

  const context = await browser.newContext({
    timezoneId: 'Asia/Tokyo',
    viewport: { width: 390, height: 844 },
  });
  const student = await context.newPage();
  await student.goto(`/book/${offers[0]?.slug ?? ''}`);
  await expect(student.getByRole('heading', { level: 1, name: 'Trial <b>lesson</b>' })).toBeVisible();
  await expect(student.getByLabel('Your time zone')).toHaveValue('Tokyo');
  await student.getByRole('button', { name: '60 minutes' }).click();
  const [first] = await teacher.api.bookings.freeHours.query({
    ...{ slug: offers[0]?.slug ?? '', lengthMinutes: 60 },
    ...{ from: Date.now(), to: Date.now() + 9 * 86_400_000 },
  });
  const tokyo = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Tokyo', timeStyle: 'short' });
  const name = tokyo.format(first?.at).replace(/\s/gu, ' ');
  await hours(student).getByRole('button', { name }).click();
  await expectAccessible(student);
  await student.getByRole('button', { name: 'Sign up and book' }).click();
  await student.getByLabel('Your name').fill('Ken Mori');
  await student.getByLabel('E-mail').fill(`ken.${Date.now()}@example.org`);
  await student.getByLabel('Password').fill('a few plain words');
  await student.getByRole('button', { name: 'Create account' }).click();
  await student.waitForURL(/\/book\//);
  await expect(student.getByRole('button', { name: '60 minutes' })).toHaveAttribute('aria-pressed', 'true');
  await student.getByRole('button', { name: 'Book this hour' }).click();
  await expect(student.getByRole('heading', { name: 'It is booked' })).toBeVisible();
  await student.goto('/dashboard');
  await expect(student.getByRole('heading', { name: 'Trial <b>lesson</b>' })).toBeVisible();

  await page.goto('/dashboard');
  await expect(page.getByRole('heading', { name: 'Trial <b>lesson</b>' })).toBeVisible();
  await page.getByRole('button', { name: 'What changed, 1 new' }).click();
  await page.getByRole('link', { name: /Ken Mori booked “Trial <b>lesson<\/b>”/ }).click();
  await page.waitForURL('/bookings');
  await expect(page.getByRole('listitem').filter({ hasText: 'Ken Mori' })).toBeVisible();
  for (const one of [context, teacher.context]) await one.close();
});

test('two want the same hour: one gets it, the other is shown hours nearby; then it is moved, and cancelled', async ({
  browser,
}) => {
  const teacher = await makeTeacher(browser);
  const people = [await makePerson(browser, 'Sam Okafor'), await makePerson(browser, 'Ada Lund')];
  const [sam, ada] = people;
  if (!sam || !ada) throw new Error('Nobody came');
  for (const { page } of people) {
    await page.goto(teacher.address);
    await hours(page).getByRole('button').first().click();
  }
  await Promise.all(people.map(({ page }) => page.getByRole('button', { name: 'Book this hour' }).click()));
  const booked = (page: Page) => page.getByRole('heading', { name: 'It is booked' });
  const taken = (page: Page) => page.getByText('Somebody else has this hour now.');
  for (const { page } of people) await expect(booked(page).or(taken(page))).toBeVisible();
  const samWon = await booked(sam.page).isVisible();
  const [winner, loser] = samWon ? [sam, ada] : [ada, sam];
  await expect(taken(loser.page)).toBeVisible();
  await expectAccessible(loser.page);
  const others = loser.page.getByRole('list', { name: 'Free hours nearby' }).getByRole('button');
  await expect(others).toHaveCount(6);
  await others.first().click();
  await loser.page.getByRole('button', { name: 'Book this hour' }).click();
  await expect(booked(loser.page)).toBeVisible();

  const { page } = winner;
  await page.getByRole('link', { name: 'Your bookings' }).click();
  await page.getByRole('link', { name: 'Move Trial lesson' }).click();
  await expect(page.getByText('Choose another hour for it.')).toBeVisible();
  await hours(page).getByRole('button').last().click();
  await page.getByRole('button', { name: 'Move it here' }).click();
  await expect(page.getByRole('heading', { name: 'It is moved' })).toBeVisible();
  await page.goto('/bookings');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cancel Trial lesson' }).click();
  await page.getByRole('button', { name: 'Cancel booking' }).click();
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();

  const { page: desk } = teacher;
  await desk.goto('/bookings');
  const row = desk.getByRole('listitem').filter({ hasText: loser.name });
  await row.getByRole('button', { name: 'Cancel Trial lesson' }).click();
  await expect(row.getByText('Cancelled', { exact: true })).toBeVisible();
  await desk.getByRole('button', { name: 'Undo' }).click();
  await expect(row.getByText('Cancelled', { exact: true })).toBeHidden();
  // What the student cancelled is theirs to book again.
  const givenUp = desk.getByRole('listitem').filter({ hasText: winner.name });
  await expect(givenUp.getByText(`${winner.name} cancelled this hour.`)).toBeVisible();
  await expect(givenUp.getByRole('button', { name: 'Copy link to book' })).toBeVisible();
  await expect(givenUp.getByRole('button', { name: 'Put it back' })).toHaveCount(0);
  await expectAccessible(desk);
  const visitor = await openBrowser(browser, null);
  await visitor.page.goto('/book/no-such-offer');
  await expect(visitor.page.getByText('There is nothing at this address')).toBeVisible();
  for (const one of [...people, teacher, visitor]) await one.context.close();
});

import { expect, type Locator, type Page, test } from '@playwright/test';
import { Temporal } from 'temporal-polyfill';
import { expectAccessible } from './support/accessible';
import { makePerson, type Someone } from './support/people';

/** A day of the week after next, which is whole and to come: `0` is its Monday. */
function day(days: number): string {
  const today = Temporal.Now.plainDateISO('UTC');
  return today.add({ days: 14 + days + 1 - today.dayOfWeek }).toString();
}
const monday = day(0);
const wall = (startsAt: number) =>
  Temporal.Instant.fromEpochMilliseconds(startsAt).toZonedDateTimeISO('UTC').toPlainDateTime();

/** A course of somebody in a zone that is their browser's, with a lesson on that Monday at ten and a series on Wednesdays at nine. */
async function prepare({ api }: Someone, title = 'Botany') {
  const { id: courseId, roomSlug } = await api.courses.create.mutate({ title, timeZone: 'UTC' });
  const when = { courseId, timeZone: 'UTC', durationMinutes: 60 };
  const { lessonId } = await api.lessons.schedule.mutate({
    ...when,
    title: 'Leaves',
    startsAt: `${monday}T10:00`,
  });
  const { seriesId } = await api.lessons.scheduleSeries.mutate({
    ...when,
    title: 'Roots',
    startsAt: `${day(2)}T09:00`,
    rule: {
      every: { kind: 'weekly', interval: 1, weekdays: ['WE'] },
      end: { kind: 'count', count: 4 },
      except: [],
    },
  });
  const starts = async () => {
    const { upcoming } = await api.lessons.list.query({ courseId });
    const of = (name: string) =>
      upcoming.filter((one) => one.title === name).map((one) => wall(one.startsAt).toString().slice(0, 16));
    return { leaves: of('Leaves'), roots: of('Roots') };
  };
  return { courseId, lessonId, seriesId, roomSlug, starts };
}

const lesson = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}, `) });

const hoursOf = (page: Page) => page.getByRole('region', { name: 'Hours of the week' });
const scrolled = (page: Page) => hoursOf(page).evaluate((element) => element.scrollTop);

/** That week, once the page hears presses: before, nothing can be dragged. */
async function openWeek(page: Page): Promise<void> {
  await page.goto(`/calendar?view=month&date=${monday}`);
  await page.getByRole('button', { name: 'Week', exact: true }).click();
  await expect(hoursOf(page)).toBeVisible();
  expect(await scrolled(page)).toBeGreaterThan(0);
}

async function centre(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('It is not to be seen');
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 12) };
}

test('a week is shown, lessons are dragged and taken back, of a series those after it too', async ({
  browser,
}) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { page, context } = teacher;
  const { starts } = await prepare(teacher);
  await page.goto('/dashboard');
  await page.getByRole('link', { name: 'Calendar' }).click();
  await expect(page.getByRole('button', { name: 'Week', pressed: true })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/view=week&date=/);
  // It opens at its hour without waiting for any of its code, which does not come here.
  const bare = await context.newPage();
  await bare.route(/\.js(\?|$)/, (route) => route.abort());
  await bare.goto(`/calendar?view=week&date=${monday}`);
  expect(await scrolled(bare)).toBeGreaterThan(0);
  await bare.close();
  await openWeek(page);
  await expect(lesson(page, 'Leaves')).toBeVisible();
  await expect(page.getByText(/^Times in /)).toBeVisible();
  await expectAccessible(page);

  // An hour is 48 pixels tall: a day on, and an hour and a half later.
  const from = await centre(lesson(page, 'Leaves'));
  const width = (await page.locator('[data-day]').first().boundingBox())?.width ?? 0;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + width / 2, from.y + 40, { steps: 4 });
  await page.mouse.move(from.x + width, from.y + 72, { steps: 4 });
  await expect(page.locator('[data-ghost]')).toContainText('Leaves');
  await page.mouse.up();
  await expect(page.getByText(/“Leaves” is moved to/)).toBeVisible();
  expect((await starts()).leaves).toEqual([`${day(1)}T11:30`]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await starts()).leaves).toEqual([`${monday}T10:00`]);

  const rows = await centre(lesson(page, 'Roots'));
  await page.mouse.move(rows.x, rows.y);
  await page.mouse.down();
  await page.mouse.move(rows.x, rows.y + 48, { steps: 4 });
  await page.mouse.up();
  const ask = page.getByRole('dialog', { name: 'Move “Roots”' });
  await ask.getByLabel('This and those after it').check();
  await ask.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText(/“Roots” is moved to .*, with 4 lessons in all/)).toBeVisible();
  const wednesdays = (time: string) => [2, 9, 16, 23].map((days) => `${day(days)}T${time}`);
  expect((await starts()).roots).toEqual(wednesdays('10:00'));
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(async () => (await starts()).roots).toEqual(wednesdays('09:00'));

  // Escape takes a drag back.
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 30, from.y + 96, { steps: 4 });
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-ghost]')).toHaveCount(0);
  await page.mouse.up();
  expect((await starts()).leaves).toEqual([`${monday}T10:00`]);
  await context.close();
});

test('lessons are moved by keys alone, and two editors do not overwrite each other', async ({ browser }) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { page, context, api } = teacher;
  const { starts, lessonId, courseId } = await prepare(teacher);
  await openWeek(page);
  const said = page.getByRole('status').first();
  await lesson(page, 'Leaves').focus();
  await page.keyboard.press('g');
  await expect(said).toContainText('is picked up');
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown'])
    await page.keyboard.press(key);
  await expect(page.locator('[data-ghost]')).toContainText('Leaves');
  await page.keyboard.press('Escape');
  await expect(said).toContainText('back where it was');
  await page.keyboard.press('g');
  for (const key of ['ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/“Leaves” is moved to/).last()).toBeVisible();
  await expect.poll(async () => (await starts()).leaves).toEqual([`${day(1)}T09:45`]);
  await expect(lesson(page, 'Leaves')).toBeFocused();

  // In a month by days and weeks; it follows to where the lesson goes.
  await page.keyboard.press('m');
  await expect(page.getByRole('button', { name: 'Month', pressed: true })).toBeVisible();
  await lesson(page, 'Leaves').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await starts()).leaves).toEqual([`${day(8)}T09:45`]);

  // Somebody else changes it while it is held here.
  await expect(lesson(page, 'Leaves')).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('ArrowRight');
  const { upcoming } = await api.lessons.list.query({ courseId });
  await api.lessons.edit.mutate({
    ...{ lessonId, scope: 'this', version: upcoming.find(({ id }) => id === lessonId)?.version ?? 0 },
    ...{ title: 'Leaves', startsAt: `${monday}T15:00`, timeZone: 'UTC', durationMinutes: 60 },
  });
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Somebody else changed this in the meantime/)).toBeVisible();
  expect((await starts()).leaves).toEqual([`${monday}T15:00`]);
  await context.close();
});

test('empty time becomes a lesson, a lesson opens, and the agenda tells it all', async ({ browser }) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { page, context, api } = teacher;
  const { lessonId } = await prepare(teacher);
  await openWeek(page);
  const start = await centre(lesson(page, 'Leaves'));
  const width = (await page.locator('[data-day]').first().boundingBox())?.width ?? 0;
  await page.mouse.move(start.x + width * 3, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + width * 3, start.y + 70, { steps: 4 });
  await page.mouse.up();
  const form = page.getByRole('dialog', { name: 'New lesson' });
  await expect(form.getByLabel('Date', { exact: true })).toHaveValue(day(3));
  await expect(form.getByLabel('Start')).toHaveValue('10:15');
  await expect(form.getByLabel('Minutes')).toHaveValue('90');
  await expect(form.getByText('The zone of this course.')).toBeVisible();
  await form.getByLabel('Title').fill('<b>Stems</b>');
  await form.getByRole('button', { name: 'Schedule lesson' }).click();
  await expect(lesson(page, '<b>Stems</b>')).toBeVisible();

  await lesson(page, 'Leaves').click();
  const panel = page.getByRole('dialog', { name: 'Leaves' });
  await expect(panel.getByRole('link', { name: 'Open course' })).toBeVisible();
  await panel.getByText('Add to calendar').click();
  await expect(panel.getByRole('link', { name: 'Google Calendar' })).toHaveAttribute('href', /text=Leaves/);
  const file = await teacher.http.get(
    (await panel.getByRole('link', { name: /\.ics/ }).first().getAttribute('href')) ?? '',
  );
  expect(await file.text()).toContain(`UID:lesson-${lessonId}@`);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);

  await page.keyboard.press('a');
  await expect(page.getByRole('button', { name: 'Agenda', pressed: true })).toBeVisible();
  await expect(lesson(page, 'Roots')).toHaveCount(4);
  await expectAccessible(page);

  // A phone has the agenda first; a month on it has signs, and the chosen day below.
  const small = await context.newPage();
  await small.setViewportSize({ width: 390, height: 844 });
  await small.goto('/calendar');
  await expect(small.getByRole('button', { name: 'Agenda', pressed: true })).toBeVisible();
  await small.goto(`/calendar?view=month&date=${monday}`);
  await expect(lesson(small, 'Leaves')).toBeVisible();
  await expectAccessible(small);
  const wide = await small.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await small.locator(`td[data-day="${day(2)}"] button`).click();
  await lesson(small, 'Roots').click();
  await small.getByRole('button', { name: 'Cancel Roots' }).click();
  await small
    .getByRole('dialog', { name: 'Call off “Roots”' })
    .getByRole('button', { name: 'Call off' })
    .click();
  await expect(small.getByText('“Roots” is cancelled.')).toBeVisible();
  await expect(small.getByRole('button', { name: /Roots.*Cancelled/ })).toBeVisible();
  await expect
    .poll(async () => {
      const { lessons } = await api.calendar.lessons.query({
        from: Date.now(),
        to: Date.now() + 30 * 86_400_000,
      });
      return lessons.filter(({ status }) => status === 'cancelled').length;
    })
    .toBe(1);
  await context.close();
});

test('a calendar is subscribed to; its address is made anew and turned off', async ({ browser }) => {
  const teacher = await makePerson(browser, 'Mara Lindt');
  const { page, context, http } = teacher;
  const { lessonId } = await prepare(teacher);
  await page.goto('/calendar?view=month');
  await page.getByRole('button', { name: 'Subscribe' }).click();
  const dialog = page.getByRole('dialog', { name: 'Subscribe to your calendar' });
  await dialog.getByRole('button', { name: 'Make my address' }).click();
  const address = dialog.getByLabel('Address of your calendar');
  await expect(address).toHaveValue(/\/calendar\/feed\/.*\.ics$/);
  await expectAccessible(page);
  const first = await address.inputValue();
  await expect(dialog.getByRole('link', { name: 'Apple Calendar' })).toHaveAttribute('href', /^webcal:\/\//);
  const feed = await http.get(first);
  expect(feed.headers()['content-type']).toContain('text/calendar');
  expect(await feed.text()).toContain(`UID:lesson-${lessonId}@`);
  await dialog.getByRole('button', { name: 'Make a new address' }).click();
  await expect(dialog.getByText(/The one before no longer works/)).toBeVisible();
  const second = await address.inputValue();
  expect((await http.get(first)).status()).toBe(404);
  expect((await http.get(second)).status()).toBe(200);
  await dialog.getByRole('button', { name: 'Turn off' }).click();
  await expect(dialog.getByRole('button', { name: 'Make my address' })).toBeVisible();
  expect((await http.get(second)).status()).toBe(404);
  await context.close();
});

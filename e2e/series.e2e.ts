import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Temporal } from 'temporal-polyfill';
import { makePerson } from './support/people';

/** A Monday some weeks ahead. */
function monday(): Temporal.PlainDate {
  const day = Temporal.Now.plainDateISO('UTC').add({ weeks: 3 });
  return day.subtract({ days: day.dayOfWeek - 1 });
}

test('a series is scheduled in plain words; those after a lesson are moved, all are called off, and back', async ({
  browser,
}) => {
  const { page, api, context } = await makePerson(browser, 'Mara Lindt');
  const { id: courseId } = await api.courses.create.mutate({ title: 'Algebra' });
  await page.goto(`/courses/${courseId}`);
  const form = page.getByRole('form', { name: 'Schedule a lesson' });
  await form.getByLabel('Title').fill('Groups');
  await form.getByLabel('Date', { exact: true }).fill(monday().toString());
  await form.getByLabel('Start').fill('10:00');
  await form.getByLabel('Repeats').selectOption({ label: 'Weekly' });
  await form.getByRole('button', { name: 'Thursday' }).click();
  await form.getByRole('spinbutton', { name: 'Lessons' }).fill('6');
  await expect(form.getByText(/Every Monday and Thursday until .*, 6 lessons/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  await form.getByRole('button', { name: 'Schedule series' }).click();
  await expect(form).toHaveCount(0);
  const startsOf = async () => {
    const { upcoming } = await api.lessons.list.query({ courseId });
    return upcoming
      .filter(({ status }) => status === 'scheduled')
      .map(({ startsAt, timeZone }) =>
        Temporal.Instant.fromEpochMilliseconds(startsAt)
          .toZonedDateTimeISO(timeZone)
          .toPlainDateTime()
          .toString({ smallestUnit: 'minute' }),
      );
  };
  const days = [0, 3, 7, 10, 14, 17].map((later) => monday().add({ days: later }).toString());
  expect(await startsOf()).toEqual(days.map((day) => `${day}T10:00`));

  await page.getByRole('button', { name: 'Change Groups' }).nth(2).click();
  const dialog = page.getByRole('dialog', { name: 'Change the lesson' });
  await dialog.getByLabel('Start').fill('16:30');
  await dialog.getByLabel('This and those after it').check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('4 lessons changed.')).toBeVisible();
  const moved = days.map((day, index) => `${day}T${index < 2 ? '10:00' : '16:30'}`);
  expect(await startsOf()).toEqual(moved);

  await page.getByRole('button', { name: 'Cancel Groups' }).last().click();
  const calling = page.getByRole('dialog', { name: 'Call off “Groups”' });
  await calling.getByLabel('All that are still to come').check();
  await calling.getByRole('button', { name: 'Call off' }).click();
  await expect(page.getByText('4 lessons are called off.')).toBeVisible();
  expect(await startsOf()).toEqual(moved.slice(0, 2));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(startsOf).toEqual(moved);
  await context.close();
});

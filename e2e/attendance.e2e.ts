import { expect, test } from '@playwright/test';
import { enterRoom, makePerson, startClass } from './support/people';

test('C5: after a class its teacher sees who was there, and a student does not', async ({ browser }) => {
  const teacher = await makePerson(browser, 'Tess Attends');
  const student = await makePerson(browser, 'Sam Attends');
  const { slug, courseId, lessonId } = await startClass(teacher, [student]);
  await enterRoom(student, slug, 'Join as listener');
  await teacher.api.lessons.end.mutate({ lessonId });

  await teacher.page.goto(`/courses/${courseId}`);
  await teacher.page.getByText('Past lessons').click();
  await teacher.page.getByRole('button', { name: 'Attendance of The Moon' }).click();
  const table = teacher.page.getByRole('table', { name: 'Who was in The Moon' });
  await expect(table.getByRole('row')).toHaveCount(2);
  const row = table.getByRole('row', { name: /Sam Attends/ });
  await expect(row).toContainText('student');
  await expect(row).toContainText('computer');

  await student.page.goto(`/courses/${courseId}`);
  await student.page.getByText('Past lessons').click();
  await expect(student.page.getByText('The Moon')).toBeVisible();
  await expect(student.page.getByRole('button', { name: 'Attendance of The Moon' })).toHaveCount(0);
});

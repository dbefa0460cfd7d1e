import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import * as courses from '../courses/service';
import { readBell } from '../notifications/service';
import { testApp } from '../testing';
import { cancelLessons, editLesson, restoreLessons } from './editing';
import { scheduleLesson } from './service';
import { listLessons } from './views';

let database: TestDatabase;
let app: App;

async function person(): Promise<{ id: string; email: string }> {
  const made = { id: randomUUID(), name: 'Sam', email: `${randomUUID()}@example.org` };
  await database.db.insert(users).values(made);
  return made;
}
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16);

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

test('a class hears by the bell that its lesson was moved or called off, and not of what was taken back', async () => {
  const [owner, sam] = [await person(), await person()];
  const { id: courseId } = await courses.createCourse(app, owner.id, { title: 'Optics', description: '' });
  await courses.enrol(app, owner.id, { courseId, email: sam.email, role: 'student' });
  const when = { timeZone: 'UTC', durationMinutes: 45 };
  const made = await scheduleLesson(app, owner.id, {
    courseId,
    title: 'Light',
    startsAt: inMinutes(60),
    ...when,
  });
  const { lessonId } = made;
  const version = async () => (await listLessons(app, owner.id, courseId)).upcoming[0]?.version ?? 0;
  const news = async () =>
    (await readBell(app, sam.id))
      .filter(({ kind }) => kind.startsWith('lesson-'))
      .map(({ kind, facts }) => ({ kind, ...facts }));
  const edit = async (title: string, startsAt: string) =>
    editLesson(app, owner.id, {
      lessonId,
      scope: 'this',
      version: await version(),
      title,
      startsAt,
      ...when,
    });

  const later = inMinutes(120);
  await edit('Light and lenses', later);
  const moved = {
    kind: 'lesson-moved',
    course: 'Optics',
    lesson: 'Light and lenses',
    startsAt: new Date(`${later}Z`).getTime(),
  };
  expect(await news()).toEqual([moved]);
  await edit('Only another name', later);
  expect(await news()).toEqual([moved]);

  await cancelLessons(app, owner.id, { lessonId, scope: 'this', version: null });
  expect(await news()).toEqual([
    { kind: 'lesson-cancelled', course: 'Optics', lesson: 'Only another name' },
    moved,
  ]);
  await restoreLessons(app, owner.id, [lessonId]);
  expect(await news()).toEqual([moved]);
  expect(await readBell(app, owner.id)).toEqual([]);
});

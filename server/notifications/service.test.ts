import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import * as courses from '../courses/service';
import { testApp } from '../testing';
import * as bell from './service';

let database: TestDatabase;
let app: App;

async function person(): Promise<{ id: string; email: string }> {
  const made = { id: randomUUID(), name: 'Sam', email: `${randomUUID()}@example.org` };
  await database.db.insert(users).values(made);
  return made;
}
const news = (key: string) => ({ kind: 'admitted' as const, courseId: null, facts: { course: 'X' }, key });

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

test('news is counted until it is read; what came since stays new', async () => {
  const [sam, other] = [await person(), await person()];
  await bell.notify(app.db, [sam.id, sam.id, other.id], news('a'));
  await bell.notify(app.db, [sam.id], news('a'));
  expect(await bell.readUnread(app, sam.id)).toEqual({ count: 1 });
  const [shown] = await bell.readBell(app, sam.id);
  await bell.notify(app.db, [sam.id], news('b'));
  await bell.markRead(app, sam.id, shown?.createdAt ?? 0);
  expect(await bell.readUnread(app, sam.id)).toEqual({ count: 1 });
  const read = await bell.readBell(app, sam.id);
  expect(read.map(({ facts, isNew }) => ({ facts, isNew }))).toEqual([
    { facts: { course: 'X' }, isNew: true },
    { facts: { course: 'X' }, isNew: false },
  ]);
  expect(await bell.readUnread(app, other.id)).toEqual({ count: 1 });
});

test('a change that does not come about tells nobody', async () => {
  const sam = await person();
  const failing = app.db.transaction(async (tx) => {
    await bell.notify(tx, [sam.id], news('d'));
    throw new Error('it did not come about');
  });
  await expect(failing).rejects.toThrow('come about');
  expect(await bell.readUnread(app, sam.id)).toEqual({ count: 0 });
});

test('a class is told of its lesson, but for who did it', async () => {
  const [owner, tess, sam] = [await person(), await person(), await person()];
  const { id: courseId } = await courses.createCourse(app, owner.id, { title: 'X', description: '' });
  await courses.enrol(app, owner.id, { courseId, email: tess.email, role: 'teacher' });
  await courses.enrol(app, owner.id, { courseId, email: sam.email, role: 'student' });
  const lesson = { courseId, lessonId: randomUUID(), except: tess.id };
  const off = { kind: 'lesson-cancelled' as const, facts: { lesson: 'One' }, key: 'off' };
  await bell.notifyClass(app.db, lesson, off);
  await bell.notifyClass(app.db, lesson, off);
  expect(await bell.readBell(app, sam.id)).toMatchObject([
    { kind: 'lesson-cancelled', facts: { lesson: 'One', course: 'X' }, courseId },
  ]);
  expect(await bell.readUnread(app, tess.id)).toEqual({ count: 0 });
});

test('old news is forgotten, what was read sooner', async () => {
  const somebody = await person();
  const tell = (key: string) =>
    bell.notify(app.db, [somebody.id], { kind: 'file-failed', courseId: null, facts: { name: key }, key });
  for (const key of ['new', 'old', 'read', 'read long ago']) await tell(key);
  await database.sql`update notifications set created_at = now() - interval '91 days' where key = 'old'`;
  await database.sql`update notifications set read_at = now() - interval '29 days' where key = 'read'`;
  await database.sql`update notifications set read_at = now() - interval '31 days' where key = 'read long ago'`;
  await bell.purgeNotifications(app);
  const left = (await bell.readBell(app, somebody.id)).map(({ facts }) => facts.name);
  expect(new Set(left)).toEqual(new Set(['new', 'read']));
});

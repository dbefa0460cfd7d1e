import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { enter, makeRoom } from '../rooms/rooms-fixture';
import { appendSystem } from '../rooms/service';
import { testApp } from '../testing';
import { endLesson, readLessonAttendance, startLesson } from './service';

let database: TestDatabase;
let app: App;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

test('C5: who was in a lesson, from when to when, is read by those who run it and by nobody else', async () => {
  const room = await makeRoom(database, app, { live: false });
  const { lessonId, roomId, teacher, student, other, stranger } = room;
  const read = (userId: string | null) => readLessonAttendance(app, userId ?? '', lessonId);
  expect((await read(teacher.userId)).people).toEqual([]);
  await enter(app, teacher);
  const left = await enter(app, student);
  await appendSystem(app, roomId, {
    type: 'person.disconnect',
    payload: { participantId: student.id, connectionId: left, reason: 'left' },
  });
  await startLesson(app, lessonId);
  await enter(app, other);
  expect((await read(teacher.userId)).people).toMatchObject([
    { participantId: teacher.id, leftAt: null, devices: ['computer'] },
    { participantId: other.id, leftAt: null, devices: ['computer'] },
  ]);
  await endLesson(app, lessonId, 'ended');
  await enter(app, student);
  const { people } = await read(teacher.userId);
  expect(people.map(({ name, role }) => [name, role])).toEqual([
    ['Tess', 'owner'],
    ['Olu', 'student'],
  ]);
  for (const { joinedAt, leftAt, presentMs } of people) expect(presentMs).toBe((leftAt ?? 0) - joinedAt);

  await expect(read(student.userId)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  if (stranger.kind !== 'account') throw new Error('no account');
  await expect(read(stranger.user.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

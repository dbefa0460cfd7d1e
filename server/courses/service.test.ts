import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { lessons as lessonRows, roomEvents, rooms, users } from '@/db/schema';
import { eq } from 'drizzle-orm';
import type { App } from '../app';
import { cancelLessons, restoreLessons } from '../lessons/editing';
import * as lessons from '../lessons/service';
import { listLessons } from '../lessons/views';
import { testApp } from '../testing';
import * as courses from './service';

let database: TestDatabase;
let app: App;
let teacher: string;
let student: string;
let stranger: string;

async function account(name: string): Promise<string> {
  const id = randomUUID();
  await database.db.insert(users).values({ id, name, email: `${name.toLowerCase()}@example.org` });
  return id;
}

/** Now plus so many minutes, as a clock in UTC shows it. */
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16);

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  [teacher, student, stranger] = [await account('Tess'), await account('Sam'), await account('Ned')];
});
afterAll(() => database.drop());

const algebra = { title: 'Algebra 1', description: 'Letters for numbers' };

describe('a course', () => {
  test('comes with its room, at an address in words', async () => {
    const { id, roomSlug } = await courses.createCourse(app, teacher, algebra);
    expect(roomSlug).toMatch(/^algebra-1-[a-z0-9]{4}$/);
    const [room] = await database.db.select().from(rooms).where(eq(rooms.courseId, id));
    expect(room).toMatchObject({ slug: roomSlug, headSeq: 0 });
    expect(await courses.getCourse(app, teacher, id)).toMatchObject({ ...algebra, role: 'owner', roomSlug });
  });

  test('is not there for who has nothing to do with it', async () => {
    const { id } = await courses.createCourse(app, teacher, algebra);
    await expect(courses.getCourse(app, stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(courses.listPeople(app, stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(listLessons(app, stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await courses.listCourses(app, stranger)).length).toBe(0);
  });

  test('takes people by e-mail, whatever its case, and lets them go', async () => {
    const { id } = await courses.createCourse(app, teacher, algebra);
    await courses.enrol(app, teacher, { courseId: id, email: ' Sam@Example.org ', role: 'student' });
    expect(await courses.getCourse(app, student, id)).toMatchObject({ role: 'student' });
    expect(await courses.listPeople(app, student, id)).toMatchObject([
      { name: 'Tess', role: 'owner', email: null },
      { name: 'Sam', role: 'student', email: null },
    ]);
    await courses.enrol(app, teacher, { courseId: id, email: 'sam@example.org', role: 'presenter' });
    expect(await courses.listPeople(app, teacher, id)).toMatchObject([
      { role: 'owner' },
      { role: 'presenter', email: 'sam@example.org' },
    ]);
    await courses.unenrol(app, teacher, { courseId: id, personId: student });
    await expect(courses.getCourse(app, student, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('says why it cannot take somebody', async () => {
    const { id } = await courses.createCourse(app, teacher, algebra);
    const enrol = (email: string) => courses.enrol(app, teacher, { courseId: id, email, role: 'student' });
    await expect(enrol('nobody@example.org')).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { field: 'email', reason: 'noAccount' },
    });
    await expect(enrol('tess@example.org')).rejects.toMatchObject({ details: { reason: 'isOwner' } });
    await courses.enrol(app, teacher, { courseId: id, email: 'sam@example.org', role: 'teacher' });
    await expect(
      courses.enrol(app, student, { courseId: id, email: 'ned@example.org', role: 'student' }),
    ).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('a lesson', () => {
  const plan = (courseId: string, more: Partial<lessons.Schedule> = {}): lessons.Schedule => ({
    courseId,
    title: 'Unknowns',
    startsAt: inMinutes(60),
    timeZone: 'UTC',
    durationMinutes: 45,
    ...more,
  });

  test('is scheduled by staff alone', async () => {
    const { id } = await courses.createCourse(app, teacher, algebra);
    await courses.enrol(app, teacher, { courseId: id, email: 'sam@example.org', role: 'presenter' });
    await expect(lessons.scheduleLesson(app, student, plan(id))).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    await expect(lessons.scheduleLesson(app, stranger, plan(id))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const { lessonId } = await lessons.scheduleLesson(app, teacher, plan(id));
    const listed = await listLessons(app, student, id);
    expect(listed.upcoming).toMatchObject([
      { id: lessonId, title: 'Unknowns', status: 'scheduled', link: null },
    ]);
    expect((await listLessons(app, teacher, id)).upcoming[0]?.link).toContain('/join/');
    expect(listed.past).toEqual([]);
    await expect(lessons.renameLesson(app, student, lessonId, 'Mine')).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    await expect(lessons.renameLesson(app, stranger, lessonId, 'Mine')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('is refused with the field that is wrong', async () => {
    const { id } = await courses.createCourse(app, teacher, algebra);
    const refusal = (more: Partial<lessons.Schedule>) => lessons.scheduleLesson(app, teacher, plan(id, more));
    const details = (field: string, reason: string) => ({ code: 'BAD_INPUT', details: { field, reason } });
    await expect(refusal({ startsAt: inMinutes(-60) })).rejects.toMatchObject(details('startsAt', 'past'));
    await expect(refusal({ startsAt: 'soon' })).rejects.toMatchObject(details('startsAt', 'time'));
    await expect(refusal({ timeZone: 'Mars/Olympus' })).rejects.toMatchObject(details('timeZone', 'zone'));
    await expect(refusal({ durationMinutes: 601 })).rejects.toMatchObject(
      details('durationMinutes', 'duration'),
    );
    expect((await listLessons(app, teacher, id)).upcoming).toEqual([]);
  });

  test('can be renamed, called off and put back', async () => {
    const { id } = await courses.createCourse(app, teacher, algebra);
    const { lessonId } = await lessons.scheduleLesson(app, teacher, plan(id));
    await lessons.renameLesson(app, teacher, lessonId, 'Equations');
    await cancelLessons(app, teacher, { lessonId: lessonId, scope: 'this', version: null });
    expect((await listLessons(app, teacher, id)).upcoming).toMatchObject([
      { title: 'Equations', status: 'cancelled' },
    ]);
    await restoreLessons(app, teacher, [lessonId]);
    expect((await listLessons(app, teacher, id)).upcoming).toMatchObject([{ status: 'scheduled' }]);
  });
});

describe('a class', () => {
  const logOf = (roomId: string) =>
    database.db
      .select({ seq: roomEvents.seq, type: roomEvents.type })
      .from(roomEvents)
      .where(eq(roomEvents.roomId, roomId));

  async function planned(count = 1) {
    const { id } = await courses.createCourse(app, teacher, algebra);
    const { roomId } = await courses.getCourse(app, teacher, id);
    const wish = {
      courseId: id,
      title: 'Unknowns',
      startsAt: inMinutes(1),
      timeZone: 'UTC',
      durationMinutes: 45,
    };
    const ids: string[] = [];
    for (let made = 0; made < count; made += 1)
      ids.push((await lessons.scheduleLesson(app, teacher, wish)).lessonId);
    const [first = '', second = ''] = ids;
    return { courseId: id, roomId, first, second };
  }
  const rowOf = async (lessonId: string) => {
    const [row] = await database.db.select().from(lessonRows).where(eq(lessonRows.id, lessonId));
    return row;
  };

  test('starts once however often it is asked for at once, row and log together', async () => {
    const { roomId, first } = await planned();
    await Promise.all([1, 2, 3].map(() => lessons.startLesson(app, first)));
    expect(await logOf(roomId)).toEqual([{ seq: 1, type: 'lesson.started' }]);
    expect(await rowOf(first)).toMatchObject({ status: 'live', startSeq: 1, endSeq: null });
  });

  test('does not start beside another one of its course', async () => {
    const { roomId, first, second } = await planned(2);
    await lessons.startLesson(app, first);
    await expect(lessons.startLesson(app, second)).rejects.toMatchObject({ code: 'ANOTHER_LESSON_LIVE' });
    await lessons.endLesson(app, first, 'ended');
    await lessons.startLesson(app, second);
    expect((await logOf(roomId)).map((event) => event.type)).toEqual([
      'lesson.started',
      'lesson.ended',
      'lesson.started',
    ]);
  });

  test('ends once, whoever asks, and then is over', async () => {
    const { roomId, courseId, first } = await planned();
    await expect(lessons.endLesson(app, first, 'ended')).rejects.toMatchObject({ code: 'LESSON_NOT_LIVE' });
    await lessons.startLesson(app, first);
    await Promise.all([lessons.endLesson(app, first, 'ended'), lessons.endLesson(app, first, 'empty')]);
    await lessons.endLesson(app, first, 'ended');
    expect(await logOf(roomId)).toHaveLength(2);
    expect(await rowOf(first)).toMatchObject({ status: 'ended', startSeq: 1, endSeq: 2 });
    await expect(lessons.startLesson(app, first)).rejects.toMatchObject({ code: 'LESSON_ENDED' });
    expect((await listLessons(app, teacher, courseId)).past).toMatchObject([{ id: first, link: null }]);
  });

  test('that was called off does not start, and its log says nothing', async () => {
    const { roomId, first } = await planned();
    await cancelLessons(app, teacher, { lessonId: first, scope: 'this', version: null });
    await expect(lessons.startLesson(app, first)).rejects.toMatchObject({ code: 'LESSON_ENDED' });
    await restoreLessons(app, teacher, [first]);
    await lessons.startLesson(app, first);
    await expect(
      cancelLessons(app, teacher, { lessonId: first, scope: 'this', version: null }),
    ).rejects.toMatchObject({
      code: 'LESSON_ENDED',
    });
    expect(await logOf(roomId)).toHaveLength(1);
  });
});

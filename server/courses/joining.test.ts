import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enrolments, lessonRegistrations, notifications, users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { cancelLessons } from '../lessons/editing';
import * as lessons from '../lessons/service';
import { selectShutOut } from '../rooms/queries/people';
import { findParticipant } from '../rooms/service';
import { testApp } from '../testing';
import { type Entrance, readCoursePage } from './course-page';
import { joinCourse } from './joining';
import type { EnrolmentSettings } from './inputs';
import * as requests from './requests';
import * as courses from './service';
import * as settings from './settings';
import { addSection } from './syllabus';

type Person = { id: string; name: string; email: string };
type Setup = Partial<Omit<EnrolmentSettings, 'courseId'>>;

let database: TestDatabase;
let app: App;
let owner: Person;
let student: Person;

async function person(name: string): Promise<Person> {
  const made = { id: randomUUID(), name, email: `${randomUUID()}@example.org` };
  await database.db.insert(users).values(made);
  return made;
}

/** A public course of the owner's that takes people in this way. */
async function course(setup: Setup = {}) {
  const { id: courseId, roomSlug } = await courses.createCourse(app, owner.id, {
    title: 'Astronomy',
    description: 'The sky',
  });
  await settings.changeEnrolment(app, owner.id, {
    courseId,
    ...{ visibility: 'public', enrolment: 'open', registration: 'series', capacity: null, ...setup },
  });
  const entrance: Entrance = { by: 'page', slug: roomSlug };
  const page = (viewer: Person | null = null) =>
    readCoursePage(app, entrance, { viewerId: viewer?.id ?? null, headers: new Headers() });
  const join = (who: Person, lessonIds: string[] = []) => joinCourse(app, who, { entrance, lessonIds });
  return { courseId, entrance, page, join };
}

async function lesson(courseId: string, title: string, inMinutes = 60): Promise<string> {
  const startsAt = new Date(Date.now() + inMinutes * 60_000).toISOString().slice(0, 16);
  const wish = { courseId, title, startsAt, timeZone: 'UTC', durationMinutes: 45 };
  return (await lessons.scheduleLesson(app, owner.id, wish)).lessonId;
}

const studentsOf = (courseId: string) =>
  database.db
    .select({ id: enrolments.userId, scope: enrolments.scope })
    .from(enrolments)
    .where(and(eq(enrolments.courseId, courseId), eq(enrolments.role, 'student')));

const newsOf = (userId: string, courseId: string) =>
  database.db
    .select({ kind: notifications.kind, facts: notifications.facts })
    .from(notifications)
    .where(and(eq(notifications.userId, userId), eq(notifications.courseId, courseId)));

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  owner = await person('Olga');
  student = await person('Sam');
});
afterAll(() => database.drop());

describe('a public page', () => {
  test('shows a stranger what the course is and when it meets, and nothing more', async () => {
    const { courseId, page } = await course({ capacity: 8 });
    await addSection(app, owner.id, { courseId, title: 'The Moon', text: '' });
    await lesson(courseId, 'Second', 200);
    await lesson(courseId, 'First', 60);
    const cancelled = await lesson(courseId, 'Off', 30);
    await cancelLessons(app, owner.id, { lessonId: cancelled, scope: 'this', version: null });
    const seen = await page();
    expect(seen).toMatchObject({
      title: 'Astronomy',
      teacherName: 'Olga',
      state: 'enrol',
      seatsLeft: 8,
      courseId: null,
      sections: [{ title: 'The Moon' }],
      lessons: [{ title: 'First' }, { title: 'Second' }],
    });
    expect(JSON.stringify(seen)).not.toContain('@example.org');
    expect(JSON.stringify(seen)).not.toContain(courseId);
  });

  test('is not there for a course that is not public, nor for a personal room', async () => {
    const { page, join } = await course({ visibility: 'invited' });
    await expect(page()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(join(student)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('joining', () => {
  test('an open course takes who presses the button, once, and tells its staff', async () => {
    const { courseId, page, join } = await course();
    expect(await join(student)).toEqual({ state: 'in', courseId });
    expect(await join(student)).toEqual({ state: 'in', courseId });
    expect(await page(student)).toMatchObject({ state: 'in', courseId, role: 'student' });
    expect(await newsOf(owner.id, courseId)).toEqual([
      { kind: 'enrolled', facts: { name: 'Sam', course: 'Astronomy' } },
    ]);
    await requests.leaveCourse(app, student.id, courseId);
    expect(await page(student)).toMatchObject({ state: 'enrol' });
    await expect(requests.leaveCourse(app, owner.id, courseId)).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });

  test('a closed course takes nobody', async () => {
    const { page, join } = await course({ enrolment: 'closed' });
    expect(await page(student)).toMatchObject({ state: 'closed' });
    await expect(join(student)).rejects.toMatchObject({ code: 'ENROLMENT_CLOSED' });
  });

  test('its owner is in it, and stays what they are', async () => {
    const { courseId, join } = await course();
    expect(await join(owner)).toEqual({ state: 'in', courseId });
    expect(await studentsOf(courseId)).toEqual([]);
  });

  test('of fifty who want the last seats at once, as many get in as there are seats', async () => {
    const { courseId, page, join } = await course({ capacity: 3 });
    const crowd = await Promise.all(Array.from({ length: 50 }, (_, at) => person(`Racer ${at}`)));
    const results = await Promise.allSettled(crowd.map((racer) => join(racer)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const refused = results.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as { code: string }] : [],
    );
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['COURSE_FULL']));
    expect(await studentsOf(courseId)).toHaveLength(3);
    expect(await page(student)).toMatchObject({ state: 'full', seatsLeft: 0 });
  });
});

describe('asking', () => {
  test('waits for the teacher, who admits or declines, and is answered by the bell', async () => {
    const { courseId, page, join } = await course({ enrolment: 'approval' });
    const other = await person('Otto');
    expect(await join(student)).toEqual({ state: 'asked', courseId: null });
    await join(student);
    await join(other);
    expect(await page(student)).toMatchObject({ state: 'asked' });
    expect(await requests.readRequests(app, owner.id, courseId)).toMatchObject([
      { name: 'Sam' },
      { name: 'Otto' },
    ]);
    expect((await newsOf(owner.id, courseId)).map(({ kind }) => kind)).toEqual(['asked', 'asked']);
    await expect(requests.readRequests(app, student.id, courseId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });

    const decide = (personId: string, to: 'admitted' | 'declined') =>
      requests.decideRequest(app, owner.id, { courseId, personId, to });
    await Promise.all([decide(student.id, 'admitted'), decide(student.id, 'admitted')]);
    await decide(other.id, 'declined');
    expect(await page(student)).toMatchObject({ state: 'in' });
    expect(await page(other)).toMatchObject({ state: 'declined' });
    await expect(join(other)).rejects.toMatchObject({ code: 'ENROLMENT_CLOSED' });
    expect(await newsOf(student.id, courseId)).toEqual([
      { kind: 'admitted', facts: { course: 'Astronomy' } },
    ]);
    expect(await requests.readRequests(app, owner.id, courseId)).toEqual([]);
  });

  test('for a seat that was taken meanwhile stays a request', async () => {
    const { courseId, join } = await course({ enrolment: 'approval', capacity: 1 });
    const other = await person('Otto');
    await join(student);
    await join(other);
    const admit = (personId: string) =>
      requests.decideRequest(app, owner.id, { courseId, personId, to: 'admitted' });
    await admit(other.id);
    await expect(admit(student.id)).rejects.toMatchObject({ code: 'COURSE_FULL' });
    expect(await requests.readRequests(app, owner.id, courseId)).toMatchObject([{ name: 'Sam' }]);
  });
});

describe('single lessons', () => {
  test('are chosen when one joins, and anew later; what is no lesson of the course is none', async () => {
    const { courseId, page, join } = await course({ registration: 'lessons' });
    const [first, second] = [await lesson(courseId, 'First'), await lesson(courseId, 'Second', 90)];
    const elsewhere = await lesson((await course()).courseId, 'Elsewhere');
    const refused = { code: 'BAD_INPUT', details: { field: 'lessonIds', reason: 'none' } };
    await expect(join(student)).rejects.toMatchObject(refused);
    await expect(join(student, [elsewhere])).rejects.toMatchObject(refused);
    await join(student, [first, elsewhere]);
    expect(await studentsOf(courseId)).toEqual([{ id: student.id, scope: 'lessons' }]);
    const mine = async () =>
      (await page(student)).lessons.filter((one) => one.mine).map(({ title }) => title);
    expect(await mine()).toEqual(['First']);
    await join(student, [second]);
    expect(await mine()).toEqual(['Second']);
    await requests.leaveCourse(app, student.id, courseId);
    const left = await database.db
      .select()
      .from(lessonRegistrations)
      .where(eq(lessonRegistrations.lessonId, second));
    expect(left).toEqual([]);
  });

  test('let into the room for those alone', async () => {
    const { courseId, join } = await course({ registration: 'lessons' });
    const [first, second] = [await lesson(courseId, 'First'), await lesson(courseId, 'Second', 90)];
    await join(student, [second]);
    const { roomId } = await courses.getCourse(app, student.id, courseId);
    const viewer = {
      kind: 'account',
      user: { ...student, role: 'user', locale: null },
      sessionId: randomUUID(),
    } as const;
    const enter = () => findParticipant(app, roomId, viewer, null);
    const me = await enter();
    expect(me).toMatchObject({ role: 'student' });
    const shutOut = async () => (await selectShutOut(app.db, [me.id])).length > 0;
    await lessons.startLesson(app, first);
    await expect(enter()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await shutOut()).toBe(true);
    await lessons.endLesson(app, first, 'ended');
    await lessons.startLesson(app, second);
    expect(await enter()).toMatchObject({ role: 'student' });
    expect(await shutOut()).toBe(false);
    // What has ended is not torn away from who was in it.
    await lessons.endLesson(app, second, 'ended');
    expect(await shutOut()).toBe(false);
  });
});

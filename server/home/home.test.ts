import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents, users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { joinCourse } from '../courses/joining';
import * as courses from '../courses/service';
import { changeEnrolment } from '../courses/settings';
import * as lessons from '../lessons/service';
import { testApp } from '../testing';
import { readHome, readMoreCourses } from './service';

type Person = { id: string; name: string; email: string };

let database: TestDatabase;
let app: App;

async function person(name: string): Promise<Person> {
  const made = { id: randomUUID(), name, email: `${randomUUID()}@example.org` };
  await database.db.insert(users).values(made);
  return made;
}
async function course(owner: Person, title: string) {
  const { id: courseId, roomSlug } = await courses.createCourse(app, owner.id, { title, description: '' });
  const enrol = (who: Person, role: 'student' | 'teacher' = 'student') =>
    courses.enrol(app, owner.id, { courseId, email: who.email, role });
  const lesson = async (name: string, inMinutes: number) => {
    const startsAt = new Date(Date.now() + inMinutes * 60_000).toISOString().slice(0, 16);
    const wish = { courseId, title: name, startsAt, timeZone: 'UTC', durationMinutes: 45 };
    return (await lessons.scheduleLesson(app, owner.id, wish)).lessonId;
  };
  const setup = (more: object) =>
    changeEnrolment(app, owner.id, {
      courseId,
      ...{ visibility: 'public', enrolment: 'open', registration: 'series', capacity: null, ...more },
    });
  const join = (who: Person, lessonIds: string[] = []) =>
    joinCourse(app, who, { entrance: { by: 'page', slug: roomSlug }, lessonIds });
  return { courseId, roomSlug, enrol, lesson, setup, join };
}

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

describe('home', () => {
  test('shows a teacher what comes next, the rest of today, and the courses that meet soonest', async () => {
    const [owner, sam] = [await person('Olga'), await person('Sam')];
    const later = await course(owner, 'A later one');
    const sooner = await course(owner, 'Sooner');
    await course(owner, 'Never');
    await sooner.enrol(sam);
    await later.lesson('In a week', 7 * 24 * 60);
    await sooner.lesson('First', 30);
    const second = await sooner.lesson('Second', 90);
    const home = await readHome(app, owner.id);
    expect(home).toMatchObject({
      teaches: true,
      courseCount: 3,
      next: { lesson: { title: 'First', status: 'scheduled' }, course: { title: 'Sooner', role: 'owner' } },
      today: [{ lesson: { title: 'Second' } }],
    });
    expect(home.next?.lesson.link).toContain('/join/');
    expect(home.courses.map(({ title, enrolled }) => [title, enrolled])).toEqual([
      ['Sooner', 1],
      ['A later one', 0],
      ['Never', 0],
    ]);
    expect(home.courses[0]?.faces).toEqual([{ id: sam.id, name: 'Sam' }]);
    expect(home.courses[1]?.next).toMatchObject({ title: 'In a week' });

    await lessons.startLesson(app, second);
    expect((await readHome(app, owner.id)).next).toMatchObject({
      lesson: { title: 'Second', status: 'live' },
    });
    await lessons.endLesson(app, second, 'ended');
    expect((await readHome(app, owner.id)).today).toEqual([]);
  });

  test('shows twelve lessons beside the next, and when the day goes on after them', async () => {
    const owner = await person('Olga');
    const { lesson } = await course(owner, 'All day');
    for (let hour = 1; hour <= 13; hour += 1) await lesson(`Lesson ${hour}`, hour * 60);
    expect(await readHome(app, owner.id)).toMatchObject({ todayGoesOnAt: null, today: { length: 12 } });
    await lesson('One more', 14 * 60);
    const { todayGoesOnAt, today, now } = await readHome(app, owner.id);
    expect(today).toHaveLength(12);
    expect(Math.round((Number(todayGoesOnAt) - now) / 3_600_000)).toBe(14);
  });

  test('shows a student theirs: no links, and of single lessons those that they chose', async () => {
    const [owner, sam] = [await person('Olga'), await person('Sam')];
    const { setup, lesson, join } = await course(owner, 'Chosen');
    await setup({ registration: 'lessons' });
    const [, second] = [await lesson('First', 30), await lesson('Second', 60)];
    await join(sam, [second]);
    const home = await readHome(app, sam.id);
    expect(home).toMatchObject({
      teaches: false,
      next: { lesson: { title: 'Second', link: null }, course: { role: 'student' } },
      today: [],
      courses: [{ title: 'Chosen', next: { title: 'Second' } }],
    });
    expect((await readHome(app, (await person('Nobody')).id)).courses).toEqual([]);
  });

  test('names what is to be done: who waits to be let in, and files that could not be shown', async () => {
    const [owner, tess] = [await person('Olga'), await person('Tess')];
    const { courseId, setup, enrol, join } = await course(owner, 'Asked for');
    await setup({ enrolment: 'approval' });
    await enrol(tess, 'teacher');
    await join(await person('A'));
    await join(await person('B'));
    const file = { ownerId: owner.id, name: 'Broken.pdf', mimeType: 'application/pdf', bytes: 5 };
    await database.db.insert(documents).values([
      { ...file, id: randomUUID(), storageKey: randomUUID(), status: 'failed', failure: 'FILE_LOCKED' },
      { ...file, id: randomUUID(), storageKey: randomUUID(), status: 'failed', deletedAt: new Date() },
      { ...file, id: randomUUID(), storageKey: randomUUID(), status: 'ready' },
    ]);
    const todo = { requests: [{ courseId, title: 'Asked for', count: 2 }] };
    expect(await readHome(app, owner.id)).toMatchObject({ ...todo, failed: [{ failure: 'FILE_LOCKED' }] });
    expect(await readHome(app, tess.id)).toMatchObject({ ...todo, failed: [] });
  });

  test('asks the database as often for thirty courses as for one, and gives the others when they are asked for', async () => {
    const owner = await person('Busy');
    const make = async (title: string) => {
      const made = await course(owner, title);
      await made.enrol(await person('Sam'));
      await made.lesson('One', 30);
    };
    const counted = async () => {
      const { app: counting, count } = testApp.counting(database);
      return { home: await readHome(counting, owner.id), statements: count() };
    };
    await make('Course 0');
    const one = await counted();
    for (let more = 1; more < 30; more += 1) await make(`Course ${more}`);
    const thirty = await counted();
    expect(thirty.statements).toBe(one.statements);
    expect(one.statements).toBe(5);
    expect(thirty.home.courseCount).toBe(30);
    const rest = await readMoreCourses(app, owner.id, thirty.home.courses.length);
    const titles = [...thirty.home.courses, ...rest].map(({ title }) => title);
    expect(new Set(titles).size).toBe(30);
  });
});

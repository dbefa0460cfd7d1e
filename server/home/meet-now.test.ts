import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lessons, users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { readCoursePage } from '../courses/course-page';
import { openCourseLink } from '../courses/invitations';
import { joinCourse } from '../courses/joining';
import * as courses from '../courses/service';
import { endLesson, scheduleLesson, startLesson } from '../lessons/service';
import { testApp } from '../testing';
import { meetNow } from './meet-now';
import { readHome } from './service';

let database: TestDatabase;
let app: App;

async function person(name: string) {
  const made = { id: randomUUID(), name, email: `${randomUUID()}@example.org` };
  await database.db.insert(users).values(made);
  return made;
}
const now = (courseId: string | null) => ({ courseId, title: 'Class', timeZone: 'Europe/Kyiv' });
const lessonsOf = (courseId: string) =>
  database.db.select().from(lessons).where(eq(lessons.courseId, courseId));

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

describe('meeting now', () => {
  test('starts one class in a course, however many of its staff press at once', async () => {
    const [owner, sam] = [await person('Olga'), await person('Sam')];
    const { id: courseId, roomSlug } = await courses.createCourse(app, owner.id, {
      title: 'Optics',
      description: '',
    });
    await courses.enrol(app, owner.id, { courseId, email: sam.email, role: 'student' });
    const all = await Promise.all([1, 2, 3, 4].map(() => meetNow(app, owner, now(courseId))));
    expect(all).toEqual(all.map(() => ({ slug: roomSlug })));
    expect(await lessonsOf(courseId)).toMatchObject([{ status: 'live', title: 'Class' }]);
    expect(await readHome(app, sam.id)).toMatchObject({
      next: { lesson: { status: 'live' }, course: { roomSlug } },
    });
    await expect(meetNow(app, sam, now(courseId))).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(meetNow(app, await person('Ned'), now(courseId))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('at the hour of a lesson names that lesson, and begins no second class by itself', async () => {
    const [olga, tess] = [await person('Olga'), await person('Tess')];
    const { id: courseId, roomSlug } = await courses.createCourse(app, olga.id, {
      title: 'Optics',
      description: '',
    });
    await courses.enrol(app, olga.id, { courseId, email: tess.email, role: 'teacher' });
    const startsAt = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
    const wish = { courseId, title: 'Lenses', startsAt, timeZone: 'UTC', durationMinutes: 30 };
    const { lessonId } = await scheduleLesson(app, olga.id, wish);
    const beginsIn = (minutes: number) =>
      database.sql`update lessons set starts_at = now() + make_interval(mins => ${minutes}) where id = ${lessonId}`;
    const named = {
      due: { lessonId, title: 'Lenses', courseTitle: 'Optics', slug: roomSlug, startsAt: expect.any(Number) },
    };
    for (const minutes of [14, -29]) {
      await beginsIn(minutes);
      expect(await meetNow(app, tess, now(courseId))).toEqual(named);
      // From their own room as well: the lesson's people wait elsewhere.
      expect(await meetNow(app, tess, now(null))).toEqual(named);
    }
    expect(await lessonsOf(courseId)).toMatchObject([{ status: 'scheduled' }]);
    // Who learns there has no class to begin.
    const sam = await person('Sam');
    await courses.enrol(app, olga.id, { courseId, email: sam.email, role: 'student' });
    expect(await meetNow(app, sam, now(null))).toMatchObject({ slug: expect.stringMatching(/^sam-/) });

    await startLesson(app, lessonId);
    expect(await meetNow(app, olga, now(courseId))).toEqual({ slug: roomSlug });
    expect(await lessonsOf(courseId)).toMatchObject([{ id: lessonId, status: 'live' }]);
  });

  test('is there at that hour for whoever wants a class all the same, and otherwise where nothing is due', async () => {
    const olga = await person('Olga');
    const made = await courses.createCourse(app, olga.id, { title: 'Optics', description: '' });
    const startsAt = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
    const wish = { courseId: made.id, title: 'Lenses', startsAt, timeZone: 'UTC', durationMinutes: 30 };
    const { lessonId } = await scheduleLesson(app, olga.id, wish);
    expect(await meetNow(app, olga, now(null))).toMatchObject({ slug: expect.stringMatching(/^olga-/) });
    await database.sql`update lessons set starts_at = now() where id = ${lessonId}`;
    expect(await meetNow(app, olga, { ...now(made.id), anyway: true })).toEqual({ slug: made.roomSlug });
    expect((await lessonsOf(made.id)).map(({ status }) => status).toSorted()).toEqual(['live', 'scheduled']);
  });

  test('has an own room for whoever wants one: one address for life, in no list of courses', async () => {
    const tess = await person('Tess Arden');
    expect((await readHome(app, tess.id)).room).toBeNull();
    const slugs = await Promise.all([1, 2, 3].map(() => meetNow(app, tess, now(null))));
    const [first] = slugs;
    const slug = first && 'slug' in first ? first.slug : '';
    expect(slugs).toEqual([{ slug }, { slug }, { slug }]);
    expect(slug).toMatch(/^tess-arden-[a-z0-9]{4}$/);
    const home = await readHome(app, tess.id);
    expect(home).toMatchObject({ room: { slug }, courses: [], courseCount: 0 });
    const [live] = await lessonsOf(home.room?.courseId ?? '');
    await endLesson(app, live?.id ?? '', 'ended');
    expect(await meetNow(app, tess, now(null))).toEqual({ slug });
  });

  test('in an own room is joined by its link while it goes on, by nobody else’s, and by no enrolling', async () => {
    const tess = await person('Tess');
    await meetNow(app, tess, now(null));
    const courseId = (await readHome(app, tess.id)).room?.courseId ?? '';
    const { url } = await openCourseLink(app, tess.id, courseId);
    const entrance = { by: 'link', token: url.split('/').at(-1) ?? '' } as const;
    const look = () => readCoursePage(app, entrance, { viewerId: null, headers: new Headers() });
    const open = await look();
    expect(open).toMatchObject({
      title: 'Tess',
      state: 'closed',
      room: { joinUrl: expect.stringContaining('/join/') },
    });
    await expect(joinCourse(app, await person('Sam'), { entrance, lessonIds: [] })).rejects.toMatchObject({
      code: 'ENROLMENT_CLOSED',
    });
    const [live] = await lessonsOf(courseId);
    await endLesson(app, live?.id ?? '', 'ended');
    expect((await look()).room).toEqual({ joinUrl: null });
    await expect(
      readCoursePage(app, { by: 'page', slug: open.slug }, { viewerId: null, headers: new Headers() }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

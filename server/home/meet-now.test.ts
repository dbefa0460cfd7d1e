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
import { endLesson } from '../lessons/service';
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

  test('has an own room for whoever wants one: one address for life, in no list of courses', async () => {
    const tess = await person('Tess Arden');
    expect((await readHome(app, tess.id)).room).toBeNull();
    const slugs = await Promise.all([1, 2, 3].map(() => meetNow(app, tess, now(null))));
    const [{ slug } = { slug: '' }] = slugs;
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

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { createCourse, enrol } from '../courses/service';
import { createUser, readGuest, type Viewer } from '../identity/service';
import { scheduleLesson } from '../lessons/service';
import { testApp } from '../testing';
import * as links from './service';

let database: TestDatabase;
let app: App;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

const nobody = { viewer: { kind: 'anonymous' } as Viewer, headers: new Headers() };
const tokenIn = (url: string) => url.split('/join/')[1] ?? '';
let count = 0;

async function person(name = 'Mara') {
  count += 1;
  const input = { email: `p${count}@example.test`, name, password: 'correct horse battery' };
  const user = await createUser(app, input);
  const viewer: Viewer = { kind: 'account', user, sessionId: app.newId() };
  return { user, email: input.email, asking: { viewer, headers: new Headers() } };
}

/** A course with a scheduled lesson and its link. */
async function lesson() {
  const teacher = await person('Ada');
  const course = await createCourse(app, teacher.user.id, { title: 'Algebra', description: '' });
  const startsAt = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
  const wish = { courseId: course.id, title: 'Groups', startsAt, timeZone: 'UTC', durationMinutes: 45 };
  const { lessonId: id } = await scheduleLesson(app, teacher.user.id, wish);
  const { url } = await links.readLessonLink(app, teacher.user.id, id);
  return { teacher, course, slug: course.roomSlug, id, token: tokenIn(url) };
}

async function setStatus(lessonId: string, status: 'live' | 'ended' | 'cancelled') {
  await database.sql`update lessons set status = ${status} where id = ${lessonId}`;
}

async function roomOf(lessonId: string): Promise<string> {
  const [row] = await database.sql<{ room_id: string }[]>`select room_id from lessons where id = ${lessonId}`;
  return row?.room_id ?? '';
}

function inside(entry: links.Entry) {
  if (entry.to !== 'room') throw new Error(`not in the room but at: ${entry.to}`);
  return entry;
}

describe("a lesson's link", () => {
  it('shows the class, its teacher and its start to anybody who has it', async () => {
    const { token } = await lesson();
    const door = await links.readDoor(app, token, nobody);
    expect(door).toMatchObject({
      state: 'waiting',
      title: 'Groups',
      courseTitle: 'Algebra',
      teacherName: 'Ada',
    });
    expect(door.startsAt).toBeGreaterThan(door.now);
  });

  it('lets the teacher in before the class, and students wait', async () => {
    const { token, slug, teacher } = await lesson();
    expect(await links.enterByLink(app, token, teacher.asking)).toEqual({ to: 'room', slug, cookie: null });
    expect(await links.enterByLink(app, token, (await person()).asking)).toEqual({ to: 'door' });
    expect(await links.enterByLink(app, token, nobody)).toEqual({ to: 'door' });
    await expect(links.enterAsGuest(app, { token, name: 'Mara' }, new Headers())).rejects.toThrow(
      'LESSON_NOT_LIVE',
    );
  });

  it('lets an account straight in once the class runs, as who they are in the course', async () => {
    const { token, slug, course, teacher, id } = await lesson();
    await setStatus(id, 'live');
    const [visitor, presenter] = [await person(), await person()];
    await enrol(app, teacher.user.id, { courseId: course.id, email: presenter.email, role: 'presenter' });
    expect(await links.enterByLink(app, token, visitor.asking)).toEqual({ to: 'room', slug, cookie: null });
    expect(await links.enterByLink(app, token, presenter.asking)).toEqual({ to: 'room', slug, cookie: null });
    const roles =
      await database.sql`select user_id, role from participants where room_id = ${await roomOf(id)}`;
    expect(roles).toEqual(
      expect.arrayContaining([
        { user_id: visitor.user.id, role: 'student' },
        { user_id: presenter.user.id, role: 'presenter' },
      ]),
    );
  });

  it('asks a guest for a name once: with their cookie they are the same guest again', async () => {
    const { token, slug, id } = await lesson();
    await setStatus(id, 'live');
    expect(await links.enterByLink(app, token, nobody)).toEqual({ to: 'door' });
    const name = '<img src=x onerror=alert(1)>';
    const { cookie } = await links.enterAsGuest(app, { token, name }, new Headers());
    const headers = new Headers({ cookie: cookie?.split(';')[0] ?? '' });
    const roomId = await roomOf(id);
    const guest = readGuest(app, headers, roomId);
    expect(await links.enterByLink(app, token, { ...nobody, headers })).toEqual({
      to: 'room',
      slug,
      cookie: null,
    });
    const rows = await database.sql`select id, name, role from participants where room_id = ${roomId}`;
    expect(rows).toEqual([{ id: guest, name, role: 'guest' }]);
  });

  it('keeps a removed guest out', async () => {
    const { token, id } = await lesson();
    await setStatus(id, 'live');
    const { cookie } = await links.enterAsGuest(app, { token, name: 'Mara' }, new Headers());
    await database.sql`update participants set removed_at = now() where room_id = ${await roomOf(id)}`;
    const headers = new Headers({ cookie: cookie?.split(';')[0] ?? '' });
    await expect(links.enterByLink(app, token, { ...nobody, headers })).rejects.toThrow('REMOVED');
  });

  it.each(['ended', 'cancelled'] as const)('is expired once the class is %s, and says so', async (status) => {
    const { token, id } = await lesson();
    await setStatus(id, status);
    expect(await links.readDoor(app, token, nobody)).toMatchObject({ state: status });
    await expect(links.resolveLink(app, token)).rejects.toThrow('LESSON_ENDED');
    await expect(links.enterAsGuest(app, { token, name: 'Mara' }, new Headers())).rejects.toThrow(
      'LESSON_ENDED',
    );
  });

  it('is void once a new one was made; the new one works', async () => {
    const { token, id, teacher } = await lesson();
    const fresh = await links.rotateLessonLink(app, teacher.user.id, id);
    await expect(links.readDoor(app, token, nobody)).rejects.toThrow('LINK_INVALID');
    expect(await links.readDoor(app, tokenIn(fresh.url), nobody)).toMatchObject({ state: 'waiting' });
  });

  it('gives forged, unknown and revoked ones one answer', async () => {
    const { token, id, teacher } = await lesson();
    const forged = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    const unknown = tokenIn(links.lessonLinkUrl(app, { id: app.newId(), linkVersion: 1 }));
    await setStatus(id, 'ended');
    await links.rotateLessonLink(app, teacher.user.id, id);
    for (const bad of [forged, unknown, token, 'nonsense', '', '__proto__']) {
      await expect(links.readDoor(app, bad, nobody)).rejects.toMatchObject({
        code: 'LINK_INVALID',
        details: {},
      });
    }
  });

  it("is for the course's staff to show and to replace", async () => {
    const { id, course, teacher } = await lesson();
    const [student, stranger] = [await person(), await person()];
    await enrol(app, teacher.user.id, { courseId: course.id, email: student.email, role: 'student' });
    await expect(links.readLessonLink(app, student.user.id, id)).rejects.toThrow('NOT_ALLOWED');
    await expect(links.rotateLessonLink(app, student.user.id, id)).rejects.toThrow('NOT_ALLOWED');
    await expect(links.rotateLessonLink(app, stranger.user.id, id)).rejects.toThrow('NOT_FOUND');
    await expect(
      links.createPersonalLink(app, student.user.id, { lessonId: id, name: 'Zoe' }),
    ).rejects.toThrow('NOT_ALLOWED');
  });
});

describe('a personal link', () => {
  async function personal(wish: { userId?: string } = {}) {
    const made = await lesson();
    const link = await links.createPersonalLink(app, made.teacher.user.id, {
      lessonId: made.id,
      name: 'Zoe',
      ...wish,
    });
    return { ...made, link, token: tokenIn(link.url) };
  }

  it('is one person: in without a form, and the same one from every browser', async () => {
    const { token, id, slug } = await personal();
    expect(await links.enterByLink(app, token, nobody)).toEqual({ to: 'door' });
    expect(await links.readDoor(app, token, nobody)).toMatchObject({ personName: 'Zoe' });
    await setStatus(id, 'live');
    const first = inside(await links.enterByLink(app, token, nobody));
    const second = inside(await links.enterByLink(app, token, nobody));
    expect(first.slug).toBe(slug);
    const roomId = await roomOf(id);
    const guests = [first, second].map(({ cookie }) =>
      readGuest(app, new Headers({ cookie: cookie?.split(';')[0] ?? '' }), roomId),
    );
    expect(guests[0]).not.toBeNull();
    expect(guests[1]).toBe(guests[0]);
    expect(await database.sql`select name, role from participants where room_id = ${roomId}`).toEqual([
      { name: 'Zoe', role: 'guest' },
    ]);
  });

  it('takes no typed name', async () => {
    const { token, id } = await personal();
    await setStatus(id, 'live');
    await expect(links.enterAsGuest(app, { token, name: 'Other' }, new Headers())).rejects.toThrow(
      'BAD_INPUT',
    );
  });

  it('stands for an account that is enrolled, signed in or not', async () => {
    const { id, course, teacher } = await lesson();
    const student = await person('Noa');
    await enrol(app, teacher.user.id, { courseId: course.id, email: student.email, role: 'student' });
    const wish = { lessonId: id, name: 'Noa', userId: student.user.id };
    const token = tokenIn((await links.createPersonalLink(app, teacher.user.id, wish)).url);
    await setStatus(id, 'live');
    expect(inside(await links.enterByLink(app, token, student.asking)).cookie).toBeNull();
    expect(inside(await links.enterByLink(app, token, nobody)).cookie).not.toBeNull();
    const rows = await database.sql`select user_id from participants where room_id = ${await roomOf(id)}`;
    expect(rows).toEqual([{ user_id: student.user.id }]);
  });

  it('cannot be made for staff or strangers, and who became staff since must sign in', async () => {
    const { id, course, teacher } = await lesson();
    const student = await person('Noa');
    const make = (userId: string) =>
      links.createPersonalLink(app, teacher.user.id, { lessonId: id, name: 'Noa', userId });
    await expect(make(teacher.user.id)).rejects.toThrow('BAD_INPUT');
    await expect(make(student.user.id)).rejects.toThrow('BAD_INPUT');
    await enrol(app, teacher.user.id, { courseId: course.id, email: student.email, role: 'student' });
    const token = tokenIn((await make(student.user.id)).url);
    await enrol(app, teacher.user.id, { courseId: course.id, email: student.email, role: 'teacher' });
    await setStatus(id, 'live');
    expect(await links.enterByLink(app, token, nobody)).toEqual({ to: 'sign-in' });
  });

  it('is listed until it is revoked, and then opens nothing', async () => {
    const { link, token, id, teacher } = await personal();
    expect(await links.listPersonalLinks(app, teacher.user.id, id)).toEqual([link]);
    await links.revokePersonalLink(app, teacher.user.id, { lessonId: id, linkId: link.id });
    expect(await links.listPersonalLinks(app, teacher.user.id, id)).toEqual([]);
    await expect(links.readDoor(app, token, nobody)).rejects.toThrow('LINK_INVALID');
    await expect(
      links.revokePersonalLink(app, teacher.user.id, { lessonId: id, linkId: link.id }),
    ).rejects.toThrow('NOT_FOUND');
  });

  it("of another teacher's lesson is out of reach", async () => {
    const { link } = await personal();
    const other = await lesson();
    await expect(
      links.revokePersonalLink(app, other.teacher.user.id, { lessonId: other.id, linkId: link.id }),
    ).rejects.toThrow('NOT_FOUND');
  });
});

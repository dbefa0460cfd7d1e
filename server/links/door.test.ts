import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { CommandBody } from '@/room/commands';
import { sweepKnocks } from '../rooms/door';
import type { App } from '../app';
import { leaveCourse } from '../courses/requests';
import { changeRole, createCourse, enrol, markPayment } from '../courses/service';
import { createUser, readGuest, type Viewer } from '../identity/service';
import { scheduleLesson, startLesson } from '../lessons/service';
import { ask, enter as enterRoom } from '../rooms/rooms-fixture';
import { appendSystem, findParticipant, readState } from '../rooms/service';
import { testApp } from '../testing';
import * as links from './service';

let database: TestDatabase;
let app: App;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

const anonymous: Viewer = { kind: 'anonymous' };
const nobody = { viewer: anonymous, headers: new Headers() };
const known = (cookie: string | null) => ({
  viewer: anonymous,
  headers: new Headers({ cookie: cookie?.split(';')[0] ?? '' }),
});

async function person(name: string) {
  const email = `${randomUUID()}@example.test`;
  const user = await createUser(app, { email, name, password: 'correct horse battery' });
  const viewer: Viewer = { kind: 'account', user, sessionId: app.newId() };
  return { user, email, asking: { viewer, headers: new Headers() } };
}

/** A class that runs, and its teacher in it. */
async function runningClass() {
  const teacher = await person('Ada');
  const course = await createCourse(app, teacher.user.id, { title: 'Algebra', description: '' });
  const startsAt = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
  const wish = { courseId: course.id, title: 'Groups', startsAt, timeZone: 'UTC', durationMinutes: 45 };
  const { lessonId } = await scheduleLesson(app, teacher.user.id, wish);
  const { url } = await links.readLessonLink(app, teacher.user.id, lessonId);
  const token = url.split('/join/')[1] ?? '';
  await startLesson(app, lessonId);
  const [room] = await database.sql<{ id: string }[]>`select id from rooms where slug = ${course.roomSlug}`;
  const roomId = room?.id ?? '';
  const owner = await findParticipant(app, roomId, teacher.asking.viewer, null);
  const say = async (body: CommandBody) => {
    expect(await ask(app, owner, body)).toMatchObject({ ok: true });
  };
  const set = (asks: boolean, locked = false) => say({ type: 'door.set', payload: { asks, locked } });
  const knocks = async () => (await readState(app, roomId)).door?.knocks ?? [];
  return { teacher, course, slug: course.roomSlug, roomId, lessonId, token, owner, say, set, knocks };
}

const guestOf = (roomId: string, cookie: string | null) => readGuest(app, known(cookie).headers, roomId);
const enter = (token: string, name: string, headers = new Headers()) =>
  links.enterAsGuest(app, { token, name }, headers);

test('D2: a guest asks, waits without any way in, and is let in', async () => {
  const { token, roomId, slug, set, say, knocks } = await runningClass();
  await set(true);
  expect(await links.readDoor(app, token, nobody)).toMatchObject({ state: 'live', standing: 'asks' });
  const { slug: nowhere, cookie } = await enter(token, 'Mara');
  expect(nowhere).toBeNull();
  const asking = known(cookie);
  expect(await knocks()).toMatchObject([{ name: 'Mara', participantId: guestOf(roomId, cookie) }]);
  expect(await links.readDoor(app, token, asking)).toMatchObject({ standing: 'waiting' });
  expect(await links.enterByLink(app, token, asking)).toEqual({ to: 'door' });
  await expect(findParticipant(app, roomId, anonymous, guestOf(roomId, cookie))).rejects.toThrow('WAITING');
  // The form once more, with the cookie: nobody asks twice.
  expect(await enter(token, 'Mara again', asking.headers)).toEqual({ slug: null, cookie: null });
  expect(await knocks()).toHaveLength(1);

  await say({ type: 'door.admit', payload: { participantIds: [guestOf(roomId, cookie) ?? ''] } });
  expect(await knocks()).toEqual([]);
  expect(await links.readDoor(app, token, asking)).toMatchObject({ standing: 'open' });
  expect(await links.enterByLink(app, token, asking)).toEqual({ to: 'room', slug, cookie: null });
});

test('D2: who is turned away stays out until they are let in after all', async () => {
  const { token, roomId, set, say } = await runningClass();
  await set(true);
  const { cookie } = await enter(token, 'Mara');
  const participantId = guestOf(roomId, cookie) ?? '';
  await say({ type: 'door.deny', payload: { participantId } });
  expect(await links.readDoor(app, token, known(cookie))).toMatchObject({ standing: 'denied' });
  await expect(findParticipant(app, roomId, anonymous, participantId)).rejects.toThrow('DENIED');
  await expect(enter(token, 'Mara', known(cookie).headers)).rejects.toThrow('DENIED');
  await say({ type: 'door.admit', payload: { participantIds: [participantId] } });
  await expect(findParticipant(app, roomId, anonymous, participantId)).resolves.toMatchObject({
    name: 'Mara',
  });
});

test('D2: an account that is not enrolled asks too; it is let in as who it is', async () => {
  const { token, slug, set, say, knocks } = await runningClass();
  await set(true);
  const visitor = await person('Olu');
  expect(await links.enterByLink(app, token, visitor.asking)).toEqual({ to: 'door' });
  expect(await links.enterByLink(app, token, visitor.asking)).toEqual({ to: 'door' });
  const [knock] = await knocks();
  expect(knock).toMatchObject({ name: 'Olu' });
  await say({ type: 'door.admit', payload: { participantIds: [knock?.participantId ?? ''] } });
  expect(await links.enterByLink(app, token, visitor.asking)).toEqual({ to: 'room', slug, cookie: null });
});

test('D5: the roster comes in without asking', async () => {
  const { token, slug, course, teacher, lessonId, set, knocks } = await runningClass();
  await set(true);
  const student = await person('Sam');
  await enrol(app, teacher.user.id, { courseId: course.id, email: student.email, role: 'student' });
  expect(await links.enterByLink(app, token, student.asking)).toMatchObject({ to: 'room', slug });
  const link = await links.createPersonalLink(app, teacher.user.id, { lessonId, name: 'Kit' });
  const own = link.url.split('/join/')[1] ?? '';
  expect(await links.enterByLink(app, own, nobody)).toMatchObject({ to: 'room', slug });
  expect(await knocks()).toEqual([]);
});

test('D6: who has to pay first is not let in by any way, before the class too, until it is settled', async () => {
  const { token, slug, course, teacher, lessonId, roomId } = await runningClass();
  const student = await person('Sam');
  await enrol(app, teacher.user.id, { courseId: course.id, email: student.email, role: 'student' });
  const mark = (open: boolean) =>
    markPayment(app, teacher.user.id, { courseId: course.id, personId: student.user.id, open });
  const wish = { lessonId, name: 'Sam', userId: student.user.id };
  const own = (await links.createPersonalLink(app, teacher.user.id, wish)).url.split('/join/')[1] ?? '';
  await mark(true);
  for (const [link, asking] of [
    [token, student.asking],
    [own, nobody],
  ] as const) {
    expect(await links.enterByLink(app, link, asking)).toEqual({ to: 'door' });
    expect(await links.readDoor(app, link, asking)).toMatchObject({ state: 'live', standing: 'unpaid' });
  }
  await expect(findParticipant(app, roomId, student.asking.viewer, null)).rejects.toThrow('UNPAID');
  // Whom nobody said it of is asked nothing.
  expect(await links.readDoor(app, token, nobody)).toMatchObject({ standing: 'open' });

  const startsAt = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
  const next = { courseId: course.id, title: 'Rings', startsAt, timeZone: 'UTC', durationMinutes: 45 };
  const later = await scheduleLesson(app, teacher.user.id, next);
  const { url } = await links.readLessonLink(app, teacher.user.id, later.lessonId);
  const ahead = () => links.readDoor(app, url.split('/join/')[1] ?? '', student.asking);
  expect(await ahead()).toMatchObject({ state: 'waiting', standing: 'unpaid' });

  await mark(false);
  expect(await ahead()).toMatchObject({ state: 'waiting', standing: null });
  expect(await links.enterByLink(app, own, nobody)).toMatchObject({ to: 'room', slug });
  expect(await links.enterByLink(app, token, student.asking)).toMatchObject({ to: 'room', slug });
});

test('D6: who is in a class stays in it when their payment is found to be open, until they leave', async () => {
  const { course, teacher, roomId } = await runningClass();
  const student = await person('Sam');
  await enrol(app, teacher.user.id, { courseId: course.id, email: student.email, role: 'student' });
  const mine = { courseId: course.id, personId: student.user.id };
  const { viewer } = student.asking;
  const sam = await findParticipant(app, roomId, viewer, null);
  const connectionId = await enterRoom(app, sam);
  await markPayment(app, teacher.user.id, { ...mine, open: true });
  await expect(findParticipant(app, roomId, viewer, null)).resolves.toMatchObject({ id: sam.id });
  const payload = { participantId: sam.id, connectionId, reason: 'left' as const };
  await appendSystem(app, roomId, { type: 'person.disconnect', payload });
  await expect(findParticipant(app, roomId, viewer, null)).rejects.toThrow('UNPAID');
  // Leaving the course and coming again settles nothing.
  await leaveCourse(app, student.user.id, course.id);
  await enrol(app, teacher.user.id, { courseId: course.id, email: student.email, role: 'student' });
  await expect(findParticipant(app, roomId, viewer, null)).rejects.toThrow('UNPAID');
  // Who teaches there pays nothing, whatever was noted before.
  await changeRole(app, teacher.user.id, { ...mine, role: 'teacher' });
  await expect(findParticipant(app, roomId, viewer, null)).resolves.toMatchObject({ role: 'teacher' });
  await expect(markPayment(app, teacher.user.id, { ...mine, open: true })).rejects.toThrow('NOT_FOUND');
});

test('D1: behind a locked door are those who were in before', async () => {
  const { token, slug, course, teacher, roomId, set } = await runningClass();
  const before = await enter(token, 'Mara');
  await connect(roomId, guestOf(roomId, before.cookie) ?? '');
  await set(false, true);
  expect(await links.enterByLink(app, token, known(before.cookie))).toMatchObject({ to: 'room' });
  expect(await links.readDoor(app, token, nobody)).toMatchObject({ standing: 'locked' });
  await expect(enter(token, 'Olu')).rejects.toThrow('ROOM_LOCKED');
  const late = await person('Sam');
  await enrol(app, teacher.user.id, { courseId: course.id, email: late.email, role: 'student' });
  expect(await links.enterByLink(app, token, late.asking)).toEqual({ to: 'door' });
  expect(await links.enterByLink(app, token, teacher.asking)).toEqual({ to: 'room', slug, cookie: null });
});

test('D5: a full room takes staff and those who are in it', async () => {
  const { token, roomId } = await runningClass();
  const first = await enter(token, 'Mara');
  await connect(roomId, guestOf(roomId, first.cookie) ?? '');
  const small: App = { ...app, env: { ...app.env, LECTERN_ROOM_SIZE: 1 } };
  expect(await links.readDoor(small, token, nobody)).toMatchObject({ standing: 'full' });
  expect(await links.readDoor(small, token, known(first.cookie))).toMatchObject({ standing: 'open' });
  await expect(links.enterAsGuest(small, { token, name: 'Olu' }, new Headers())).rejects.toThrow('ROOM_FULL');
});

test('D4: who looks no more waits no more, and asks again by looking', async () => {
  const { token, roomId, set, knocks } = await runningClass();
  await set(true);
  const { cookie } = await enter(token, 'Mara');
  const participantId = guestOf(roomId, cookie) ?? '';
  await sweepKnocks(app);
  expect(await knocks()).toHaveLength(1);
  await app.db.execute(
    sql`update participants set looked_at = now() - interval '31 seconds' where id = ${participantId}`,
  );
  await sweepKnocks(app);
  expect(await knocks()).toEqual([]);
  expect(await links.readDoor(app, token, known(cookie))).toMatchObject({ standing: 'waiting' });
  expect(await knocks()).toMatchObject([{ participantId }]);
});

async function connect(roomId: string, participantId: string): Promise<void> {
  await enterRoom(app, await findParticipant(app, roomId, anonymous, participantId));
}

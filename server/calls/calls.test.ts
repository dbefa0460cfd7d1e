import { and, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callLines, calls, courses, lessons, notifications } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import * as courseService from '../courses/service';
import { meetNow } from '../home/meet-now';
import { readHome } from '../home/service';
import { endLesson } from '../lessons/service';
import { listLessons } from '../lessons/views';
import { readBell } from '../notifications/service';
import { leaseConnection } from '../rooms/presence';
import { findParticipant } from '../rooms/service';
import { testApp } from '../testing';
import { makeWorld, type Person } from './calls-fixture';
import {
  acceptCall,
  cancelCall,
  declineCall,
  listCalls,
  placeCall,
  purgeCalls,
  readReach,
  setTakesCalls,
} from './service';
import { sweepCalls } from './sweeping';

let database: TestDatabase;
let app: App;
/** Another process of the same installation. */
let other: App;
let world: ReturnType<typeof makeWorld>;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  other = testApp(database);
  world = makeWorld(app, database);
});
afterAll(() => database.drop());

const call = (by: Person, to: Person, courseId: string, at = app) =>
  placeCall(at, by.id, { courseId, personId: to.id });
const stateOf = async (callId: string) =>
  (await database.db.select().from(calls).where(eq(calls.id, callId)))[0];
const callsOf = (courseId: string) => database.db.select().from(calls).where(eq(calls.courseId, courseId));
const missedOf = (who: Person) =>
  database.db
    .select()
    .from(notifications)
    .where(and(eq(notifications.userId, who.id), like(notifications.key, 'call:%')));
const onLine = async () => (await database.db.select().from(callLines)).map(({ userId }) => userId);
const ringOver = (callId: string) =>
  database.sql`update calls set rings_until = now() - interval '1 second' where id = ${callId}`;
const refusal = (wish: Promise<unknown>) =>
  wish.then(
    () => 'ok',
    (error: unknown) => (error as { code?: string }).code,
  );
/** They are in a room, with a stream open. */
async function enter(who: Person, roomId: string): Promise<void> {
  const user = { id: who.id, name: who.name, email: who.email, role: 'user' as const, locale: null };
  const participant = await findParticipant(
    app,
    roomId,
    { kind: 'account', user, sessionId: who.sessionId },
    null,
  );
  await leaseConnection(app, participant, null, { userAgent: null, confirms: false });
}
async function roomOf(callId: string) {
  const { lessonId } = (await stateOf(callId)) ?? {};
  const [lesson] = await database.db
    .select()
    .from(lessons)
    .where(eq(lessons.id, lessonId ?? ''));
  if (!lesson) throw new Error('The call has no lesson');
  return lesson;
}

describe('who may be called', () => {
  test('teachers by students, students by teachers, those who teach by each other; a student by no student', async () => {
    const { mara, sam, ada, courseId, enrol } = await world.trio();
    const [tess, pia] = await Promise.all([world.online('Tess'), world.online('Pia')]);
    await enrol(tess, 'teacher');
    await enrol(pia, 'presenter');
    const people = { mara, tess, pia, sam, ada };
    const may: string[] = [];
    for (const [by, caller] of Object.entries(people)) {
      const { online } = await readReach(app, caller.id, courseId);
      for (const [to, callee] of Object.entries(people)) {
        const answer = await refusal(call(caller, callee, courseId));
        if (answer === 'ok') {
          may.push(`${by} ${to}`);
          const [open] = (await callsOf(courseId)).filter(({ state }) => state === 'ringing');
          await cancelCall(app, caller.id, open?.id ?? '');
        } else expect(answer).toBe('NOT_ALLOWED');
        // What the list shows is what pressing does.
        expect(online.includes(callee.id)).toBe(answer === 'ok');
      }
    }
    const staff = ['mara', 'tess', 'pia'];
    const students = ['sam', 'ada'];
    const expected = Object.keys(people).flatMap((by) =>
      [...staff, ...students].filter((to) => to !== by && !(students.includes(by) && students.includes(to))),
    );
    expect(may).toHaveLength(expected.length);
    expect(may).not.toContain('sam ada');
  });

  test('nobody of another course, and nobody who is not in it any more', async () => {
    const { mara, sam, courseId } = await world.trio();
    const elsewhere = await world.trio();
    expect(await refusal(call(elsewhere.mara, sam, courseId))).toBe('NOT_FOUND');
    expect(await refusal(call(mara, elsewhere.sam, courseId))).toBe('NOT_FOUND');
    await courseService.unenrol(app, mara.id, { courseId, personId: sam.id });
    expect(await refusal(call(mara, sam, courseId))).toBe('NOT_FOUND');
    expect(await refusal(call(sam, mara, courseId))).toBe('NOT_FOUND');
  });

  test('nobody who is not online, by a lease that ran out or by their own choice', async () => {
    const { mara, sam, courseId } = await world.trio();
    await setTakesCalls(app, sam.id, false);
    expect(await refusal(call(mara, sam, courseId))).toBe('PERSON_AWAY');
    expect((await readReach(app, mara.id, courseId)).online).not.toContain(sam.id);
    await setTakesCalls(app, sam.id, true);
    expect((await readReach(app, mara.id, courseId)).online).toContain(sam.id);
    // The process that renewed it was killed: nobody said goodbye for them.
    await database.sql`update site_connections set leased_until = now() - interval '1 second' where user_id = ${sam.id}`;
    expect(await refusal(call(mara, sam, courseId))).toBe('PERSON_AWAY');
    expect((await readReach(app, mara.id, courseId)).online).not.toContain(sam.id);
    expect(await callsOf(courseId)).toEqual([]);
  });

  test('nobody again and again', async () => {
    const { mara, sam, courseId } = await world.trio();
    for (let tries = 0; tries < 4; tries += 1) {
      const { callId } = await call(mara, sam, courseId);
      await cancelCall(app, mara.id, callId);
    }
    expect(await refusal(call(mara, sam, courseId))).toBe('TOO_MANY_REQUESTS');
    await database.sql`update calls set started_at = started_at - interval '61 seconds' where course_id = ${courseId}`;
    expect(await refusal(call(mara, sam, courseId))).toBe('ok');
  });
});

describe('a call', () => {
  test('that is accepted has a class of two in a room of its own, which nobody else sees', async () => {
    const { mara, sam, ada, courseId } = await world.trio();
    const { callId, state } = await call(sam, mara, courseId);
    expect(state).toBe('ringing');
    expect(await refusal(acceptCall(app, sam.id, callId))).toBe('NOT_FOUND');
    expect(await refusal(declineCall(app, ada.id, callId))).toBe('NOT_FOUND');
    expect(await refusal(cancelCall(app, mara.id, callId))).toBe('NOT_FOUND');
    const { slug, mine } = await acceptCall(app, mara.id, callId);
    expect({ slug, mine }).toEqual({ slug: expect.stringMatching(/^mara-sam-/), mine: true });
    const lesson = await roomOf(callId);
    expect(lesson).toMatchObject({ status: 'live', title: 'Mara · Sam', noticeDueAt: null });
    const [room] = await database.db.select().from(courses).where(eq(courses.id, lesson.courseId));
    // Who teaches has the room, whoever called.
    expect(room).toMatchObject({ ownerId: mara.id, kind: 'call' });
    expect(await courseService.listPeople(app, sam.id, lesson.courseId)).toMatchObject([
      { id: mara.id, role: 'owner' },
      { id: sam.id, role: 'student' },
    ]);
    await expect(courseService.getCourse(app, ada.id, lesson.courseId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await listLessons(app, ada.id, courseId)).toMatchObject({ upcoming: [], past: [] });
    expect((await readHome(app, mara.id)).courses.map(({ title }) => title)).toEqual(['Optics']);
    expect(await listCalls(app, ada.id, courseId)).toEqual([]);
    expect(await listCalls(app, sam.id, courseId)).toMatchObject([
      { outgoing: true, state: 'answered', person: { name: 'Mara' }, slug },
    ]);
    await endLesson(app, lesson.id, 'ended');
    await sweepCalls(other);
    expect(await stateOf(callId)).toMatchObject({ state: 'ended', endedAt: expect.any(Date) });
    expect((await listCalls(app, mara.id, courseId))[0]).toMatchObject({
      outgoing: false,
      state: 'ended',
      slug: null,
    });
    expect(await missedOf(mara)).toEqual([]);
  });

  test('was as long as both were there, not as long as one of them stayed', async () => {
    const { mara, sam, courseId } = await world.trio();
    const { callId } = await call(mara, sam, courseId);
    await acceptCall(app, sam.id, callId);
    const { id: lessonId, roomId } = await roomOf(callId);
    await enter(sam, roomId);
    await database.sql`update calls set answered_at = now() - interval '10 minutes' where id = ${callId}`;
    await database.sql`update room_connections set closed_at = now(), left_at = now() - interval '7 minutes' where room_id = ${roomId}`;
    await enter(mara, roomId);
    await endLesson(app, lessonId, 'ended');
    const [past] = await listCalls(app, mara.id, courseId);
    expect(Math.round(((past?.endedAt ?? 0) - (past?.answeredAt ?? 0)) / 60_000)).toBe(3);
  });

  test('between those who teach has its room with who called', async () => {
    const { mara, courseId, enrol } = await world.trio();
    const tess = await world.online('Tess');
    await enrol(tess, 'teacher');
    const { callId } = await call(tess, mara, courseId);
    await acceptCall(app, mara.id, callId);
    const { courseId: own } = await roomOf(callId);
    expect(await courseService.listPeople(app, tess.id, own)).toMatchObject([
      { id: tess.id, role: 'owner' },
      { id: mara.id, role: 'teacher' },
    ]);
  });

  test('that is declined leaves nothing in the bell; one given up does', async () => {
    const { mara, sam, courseId } = await world.trio();
    const declined = await call(mara, sam, courseId);
    expect(await declineCall(app, sam.id, declined.callId)).toEqual({
      state: 'declined',
      slug: null,
      mine: true,
    });
    expect(await missedOf(sam)).toEqual([]);
    const given = await call(mara, sam, courseId);
    expect(await cancelCall(app, mara.id, given.callId)).toMatchObject({ state: 'cancelled' });
    expect((await readBell(app, sam.id))[0]).toMatchObject({
      kind: 'call-missed',
      courseId,
      facts: { name: 'Mara', personId: mara.id, course: 'Optics', why: 'cancelled' },
    });
    expect(await acceptCall(app, sam.id, given.callId)).toEqual({
      state: 'cancelled',
      slug: null,
      mine: false,
    });
    expect(await onLine()).not.toContain(sam.id);
  });

  test('that nobody answers is missed once, whichever process notices, also when its own was killed', async () => {
    const { mara, sam, courseId } = await world.trio();
    const { callId } = await call(mara, sam, courseId);
    await Promise.all([sweepCalls(app), sweepCalls(other)]);
    expect(await stateOf(callId)).toMatchObject({ state: 'ringing' });
    await ringOver(callId);
    await Promise.all([sweepCalls(other), sweepCalls(other), sweepCalls(app)]);
    expect(await stateOf(callId)).toMatchObject({ state: 'missed' });
    expect(await missedOf(sam)).toMatchObject([{ facts: { why: 'missed' } }]);
    expect(await call(mara, sam, courseId)).toMatchObject({ state: 'ringing' });
  });

  test('finds who is in a class busy, at once, and stands in their bell', async () => {
    const { mara, sam, ada, courseId } = await world.trio();
    await meetNow(app, mara, { courseId, title: 'Class', timeZone: 'UTC' });
    const { roomId } = await courseService.getCourse(app, mara.id, courseId);
    await enter(sam, roomId);
    expect(await readReach(app, mara.id, courseId)).toMatchObject({ online: [ada.id], busy: [sam.id] });
    expect(await call(mara, sam, courseId)).toMatchObject({ state: 'busy', slug: null });
    expect(await missedOf(sam)).toMatchObject([{ facts: { why: 'busy' } }]);
    expect(await onLine()).not.toContain(mara.id);
  });

  test('leaves nobody busy once both are in its room, or did not come; there they are busy by being there', async () => {
    const { mara, sam, ada, courseId } = await world.trio();
    const { callId } = await call(mara, sam, courseId);
    await acceptCall(app, sam.id, callId);
    await enter(sam, (await roomOf(callId)).roomId);
    await sweepCalls(app);
    expect((await onLine()).filter((id) => id === sam.id || id === mara.id)).toEqual([mara.id]);
    await database.sql`update calls set answered_at = now() - interval '16 seconds' where id = ${callId}`;
    await sweepCalls(app);
    expect(await onLine()).not.toContain(mara.id);
    expect((await readReach(app, mara.id, courseId)).busy).toEqual([sam.id]);
    expect((await readReach(app, ada.id, courseId)).online).toEqual([mara.id]);
  });

  test('whose class did not begin, because its process died, begins by another', async () => {
    const { mara, sam, courseId } = await world.trio();
    const { callId } = await call(mara, sam, courseId);
    await acceptCall(app, sam.id, callId);
    const { id: lessonId } = await roomOf(callId);
    // As it is between the two steps of accepting.
    await database.sql`update lessons set status = 'scheduled', start_seq = null where id = ${lessonId}`;
    await database.sql`delete from room_events where lesson_id = ${lessonId} or type = 'lesson.started'`;
    await database.sql`update rooms set head_seq = 0 where id = (select room_id from lessons where id = ${lessonId})`;
    await database.sql`update calls set answered_at = now() - interval '5 seconds' where id = ${callId}`;
    await sweepCalls(testApp(database));
    expect((await roomOf(callId)).status).toBe('live');
  });

  test('that nobody answered is forgotten after a quarter of a year; one that was stays', async () => {
    const { mara, sam, courseId } = await world.trio();
    const kept = await call(mara, sam, courseId);
    await acceptCall(app, sam.id, kept.callId);
    await endLesson(app, (await roomOf(kept.callId)).id, 'ended');
    await sweepCalls(app);
    await database.sql`delete from call_lines`;
    const gone = await call(mara, sam, courseId);
    await cancelCall(app, mara.id, gone.callId);
    await database.sql`update calls set started_at = now() - interval '91 days' where course_id = ${courseId}`;
    await purgeCalls(app);
    expect((await callsOf(courseId)).map(({ id }) => id)).toEqual([kept.callId]);
  });
});

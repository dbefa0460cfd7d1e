import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callLines, calls, courses, notifications } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { testApp } from '../testing';
import { makeWorld, type Person } from './calls-fixture';
import { acceptCall, cancelCall, declineCall, placeCall } from './service';
import { sweepCalls } from './sweeping';

const ROUNDS = 12;

let database: TestDatabase;
let app: App;
/** Another process of the same installation. */
let other: App;
let trio: Awaited<ReturnType<ReturnType<typeof makeWorld>['trio']>>;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  other = testApp(database);
  trio = await makeWorld(app, database).trio();
});
beforeEach(async () => {
  await clean();
});
afterAll(() => database.drop());

const clean = async () => {
  await database.db.delete(calls);
  await database.db.delete(notifications);
};
const call = (at: App, by: Person, to: Person) =>
  placeCall(at, by.id, { courseId: trio.courseId, personId: to.id });
const all = () => database.db.select().from(calls);

describe.each(Array.from({ length: ROUNDS }, (_, round) => round))('round %i', () => {
  test('both call each other at once: one call, and both are in it', async () => {
    const { mara, sam } = trio;
    const both = await Promise.all([call(app, mara, sam), call(other, sam, mara)]);
    const [made, ...more] = await all();
    expect(more).toEqual([]);
    expect(made).toMatchObject({ state: 'answered' });
    expect(both.map(({ callId }) => callId)).toEqual([made?.id, made?.id]);
    expect(both.map(({ state }) => state).toSorted()).toEqual(['answered', 'ringing']);
    const rooms = await database.db.select().from(courses).where(eq(courses.kind, 'call'));
    expect(rooms.length).toBeGreaterThan(0);
  });

  test('two call the same person at once: one rings, the other hears that they are busy', async () => {
    const { mara, sam, ada } = trio;
    const both = await Promise.all([call(app, sam, mara), call(other, ada, mara)]);
    expect(both.map(({ state }) => state).toSorted()).toEqual(['busy', 'ringing']);
    const lines = await database.db.select().from(callLines);
    expect(lines).toHaveLength(2);
    const told = await database.db.select().from(notifications);
    expect(told).toMatchObject([{ userId: mara.id, facts: { why: 'busy' } }]);
  });

  test('the same press twice is one call', async () => {
    const { mara, sam } = trio;
    const both = await Promise.all([call(app, mara, sam), call(other, mara, sam)]);
    expect(new Set(both.map(({ callId }) => callId)).size).toBe(1);
    expect(await all()).toMatchObject([{ state: 'ringing' }]);
  });

  test('accepted in two tabs at once: one of them goes, into one room', async () => {
    const { mara, sam } = trio;
    const { callId } = await call(app, mara, sam);
    const both = await Promise.all([acceptCall(app, sam.id, callId), acceptCall(other, sam.id, callId)]);
    expect(both.filter(({ mine }) => mine)).toHaveLength(1);
    const [first] = both;
    expect(both.map(({ slug }) => slug)).toEqual([first?.slug, first?.slug]);
    expect(first?.slug).toBeTruthy();
  });

  test('accepted, cancelled, declined and missed at once: one of it happens, and all hear which', async () => {
    const { mara, sam } = trio;
    const { callId } = await call(app, mara, sam);
    await database.sql`update calls set rings_until = now() where id = ${callId}`;
    const [accepted, cancelled, declined] = await Promise.all([
      acceptCall(app, sam.id, callId),
      cancelCall(other, mara.id, callId),
      declineCall(other, sam.id, callId),
      sweepCalls(app),
    ]);
    const [made] = await all();
    const state = made?.state ?? '';
    expect([accepted.state, cancelled.state, declined.state]).toEqual([state, state, state]);
    const won = { answered: accepted.mine, cancelled: cancelled.mine, declined: declined.mine };
    const expected = { answered: false, cancelled: false, declined: false, [state]: true };
    expect({ ...won, ...(state === 'missed' ? { missed: true } : {}) }).toEqual(expected);
    const told = await database.db.select().from(notifications);
    expect(told).toHaveLength(state === 'cancelled' || state === 'missed' ? 1 : 0);
    expect(made?.lessonId !== null).toBe(state === 'answered');
    expect(await database.db.select().from(callLines)).toHaveLength(state === 'answered' ? 2 : 0);
  });
});

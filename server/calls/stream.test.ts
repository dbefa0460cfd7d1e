import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { siteConnections } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import type { Viewer } from '../identity/service';
import { testApp } from '../testing';
import { makeWorld, type Person, readEvents } from './calls-fixture';
import { hubOf } from './runtime';
import { acceptCall, cancelCall, placeCall, readReach } from './service';
import { serveCalls } from './stream-door';

let database: TestDatabase;
/** Three processes of one installation: their streams are one, what is done is done by another. */
let app: App;
let other: App;
let world: ReturnType<typeof makeWorld>;
const tabs: AbortController[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  other = testApp(database);
  world = makeWorld(app, database);
});
afterAll(async () => {
  for (const tab of tabs) tab.abort();
  await Promise.all([hubOf(app).close(), hubOf(other).close()]);
  await database.drop();
});

const viewerOf = ({ id, name, email, sessionId }: Person): Viewer => ({
  kind: 'account',
  user: { id, name, email, role: 'user', locale: null },
  sessionId,
});
/** A tab of theirs, at a process. */
function open(who: Person, at = app) {
  const tab = new AbortController();
  tabs.push(tab);
  const url = `http://localhost/api/calls/stream?for=${who.id}`;
  const response = serveCalls(at, viewerOf(who), { url, signal: tab.signal });
  const events = readEvents(response.body);
  const next = async () => (await events.next()).value as { now: number; call: unknown } | undefined;
  return { tab, response, next };
}
const isOnline = async (who: Person, seenBy: Person, courseId: string) =>
  (await readReach(other, seenBy.id, courseId)).online.includes(who.id);
async function pair() {
  const [mara, sam] = await Promise.all([world.person('Mara'), world.person('Sam')]);
  const { courseId, enrol } = await world.course(mara);
  await enrol(sam);
  return { mara, sam, courseId };
}
const leasesOf = (who: Person) =>
  database.db.select().from(siteConnections).where(eq(siteConnections.userId, who.id));
/** Their going is stored: what is left of their leases is the grace in which they may come back. */
const isInGrace = (who: Person) =>
  expect
    .poll(async () =>
      (await leasesOf(who)).every(({ leasedUntil }) => leasedUntil.getTime() < Date.now() + 11_000),
    )
    .toBe(true);

describe('a tab', () => {
  test('is told at once how things stand, and of what another process does', async () => {
    const { mara, sam, courseId } = await pair();
    const [caller, callee] = [open(mara), open(sam)];
    expect(await caller.next()).toMatchObject({ call: null });
    expect(await callee.next()).toMatchObject({ call: null });
    expect(await isOnline(sam, mara, courseId)).toBe(true);

    const { callId } = await placeCall(other, mara.id, { courseId, personId: sam.id });
    const ringing = await callee.next();
    expect(ringing).toMatchObject({
      call: {
        ...{ id: callId, role: 'callee', state: 'ringing', slug: null },
        ...{ person: { id: mara.id, name: 'Mara' }, course: { id: courseId, title: 'Optics' } },
      },
    });
    expect(await caller.next()).toMatchObject({ call: { role: 'caller', person: { name: 'Sam' } } });
    // A tab that comes later is told too.
    const late = open(sam, other);
    expect(await late.next()).toMatchObject({ call: { id: callId, state: 'ringing' } });

    const { slug } = await acceptCall(other, sam.id, callId);
    expect(await callee.next()).toMatchObject({ call: { id: callId, state: 'answered', slug } });
    expect(await caller.next()).toMatchObject({ call: { id: callId, state: 'answered', slug } });
    expect(await late.next()).toMatchObject({ call: { id: callId, state: 'answered', slug } });
  });

  test('is told nothing of other people’s calls, nor of one that found them busy', async () => {
    const { mara, sam, ada, courseId } = await world.trio();
    const first = await placeCall(app, sam.id, { courseId, personId: mara.id });
    const tab = open(mara);
    expect(await tab.next()).toMatchObject({ call: { id: first.callId } });
    const stranger = open(await world.person('Kit'));
    expect(await stranger.next()).toMatchObject({ call: null });
    expect(await placeCall(other, ada.id, { courseId, personId: mara.id })).toMatchObject({ state: 'busy' });
    await cancelCall(other, sam.id, first.callId);
    expect(await tab.next()).toMatchObject({ call: { id: first.callId, state: 'cancelled' } });
  });

  test('that is closed leaves its person online for some seconds, and no longer', async () => {
    const { mara, sam, courseId } = await pair();
    const { tab, next } = open(sam);
    await next();
    tab.abort();
    await isInGrace(sam);
    expect(await isOnline(sam, mara, courseId)).toBe(true);
    await database.sql`update site_connections set leased_until = leased_until - interval '11 seconds' where user_id = ${sam.id}`;
    expect(await isOnline(sam, mara, courseId)).toBe(false);
  });

  test('of a process that was killed counts until its lease is over', async () => {
    const { mara, sam, courseId } = await pair();
    const killed = testApp(database);
    await open(sam, killed).next();
    expect(await isOnline(sam, mara, courseId)).toBe(true);
    // Nobody renews it: half a minute later.
    await database.sql`update site_connections set leased_until = leased_until - interval '30 seconds' where user_id = ${sam.id}`;
    expect(await isOnline(sam, mara, courseId)).toBe(false);
    await hubOf(killed).close();
  });

  test('is let go of when its sign-in is ended, and renewed as long as it counts', async () => {
    const { mara, sam, courseId } = await pair();
    const { next } = open(sam);
    await next();
    await database.sql`update site_connections set leased_until = now() + interval '1 second' where user_id = ${sam.id}`;
    await hubOf(app).renew();
    const [lease] = await leasesOf(sam);
    expect(lease?.leasedUntil.getTime()).toBeGreaterThan(Date.now() + 20_000);
    await database.sql`update auth_sessions set revoked_at = now() where id = ${sam.sessionId}`;
    await hubOf(app).renew();
    expect(await next()).toBeUndefined();
    await isInGrace(sam);
    await database.sql`update site_connections set leased_until = leased_until - interval '11 seconds' where user_id = ${sam.id}`;
    expect(await isOnline(sam, mara, courseId)).toBe(false);
  });

  test('is no stream for who is not signed in, or is somebody else by now', async () => {
    const { mara, sam } = await pair();
    const { signal } = new AbortController();
    const url = `http://localhost/api/calls/stream?for=${mara.id}`;
    expect(serveCalls(app, { kind: 'anonymous' }, { url, signal }).status).toBe(204);
    expect(serveCalls(app, viewerOf(sam), { url, signal }).status).toBe(204);
    const ending = testApp(database);
    await hubOf(ending).close();
    expect(serveCalls(ending, viewerOf(mara), { url, signal }).status).toBe(503);
  });

  test('is one of twenty at most', async () => {
    const sam = await world.person('Sam');
    for (let count = 0; count < 20; count += 1) await open(sam).next();
    expect(open(sam).response.status).toBe(429);
  });
});

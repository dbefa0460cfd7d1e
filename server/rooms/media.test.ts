import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectDatabase } from '@/db/client';
import { documents, roomConnections } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { CommandBody } from '@/room/commands';
import type { App } from '../app';
import { testApp } from '../testing';
import { readSteps, tellStep } from './media-steps';
import { ask, makeRoom } from './rooms-fixture';
import { runtimeOf } from './runtime';
import { appendCommands, readState } from './service';
import { sweepMedia } from './sweep-media';

let database: TestDatabase;
let app: App;
let elsewhere: App;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  elsewhere = testApp(database);
});
afterAll(async () => {
  await Promise.all([runtimeOf(app).hub.close(), runtimeOf(elsewhere).hub.close()]);
  await database.drop();
});

async function fileOf(ownerId: string | null, kind: 'media' | 'file'): Promise<string> {
  const id = randomUUID();
  await database.db.insert(documents).values({
    id,
    ownerId: ownerId ?? '',
    name: 'Film.mp4',
    kind,
    mimeType: 'video/mp4',
    bytes: 1000,
    storageKey: id,
    status: 'ready',
  });
  return id;
}

const load = (documentId: string): CommandBody => ({
  type: 'media.load',
  payload: {
    item: { id: randomUUID(), source: { kind: 'file', documentId }, title: 'Mine' },
    positionMs: 0,
    paused: false,
  },
});

test('M6: a file of the library plays if it is something that plays, and of somebody who may show it', async () => {
  const { roomId, teacher, other } = await makeRoom(database, app);
  expect(await ask(app, teacher, load(await fileOf(teacher.userId, 'file')))).toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await ask(app, teacher, load(await fileOf(other.userId, 'media')))).toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(await ask(app, teacher, load(await fileOf(teacher.userId, 'media')))).toMatchObject({ ok: true });
  expect((await readState(app, roomId)).media?.playing?.title).toBe('Film.mp4');
});

test('M8: an address inside of a network is refused, whatever it is called, and one where nobody answers', async () => {
  const { teacher, student } = await makeRoom(database, app);
  const link = (url: string): CommandBody => ({
    type: 'media.load',
    payload: {
      item: { id: randomUUID(), source: { kind: 'link', url }, title: 'Film' },
      positionMs: 0,
      paused: false,
    },
  });
  for (const url of [
    'http://169.254.169.254/latest',
    'http://10.0.0.8/film.mp4',
    'http://localhost:1/film.mp4',
  ])
    expect(await ask(app, teacher, link(url))).toMatchObject({ ok: false, code: 'LINK_PRIVATE' });
  const open = testApp(database, { LECTERN_PRIVATE_LINKS: true });
  expect(await ask(open, teacher, link('http://127.0.0.1:1/film.mp4'))).toMatchObject({
    code: 'LINK_UNREACHABLE',
  });
  // Something that plays, but that no page may load.
  const found = { ...app, web: { look: async () => ({ ok: true, mimeType: 'video/mp4' }) as const } };
  expect(await ask(found, teacher, link('http://films.example/film.mp4'))).toMatchObject({
    code: 'LINK_NOT_SECURE',
  });
  expect(await ask(app, student, link('http://10.0.0.8/film.mp4'))).toMatchObject({ code: 'NOT_ALLOWED' });
  for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'hello'])
    expect(await ask(app, teacher, link(url))).toMatchObject({ code: 'BAD_INPUT' });
  await runtimeOf(open).hub.close();
});

test('a rate that nothing plays at and a moment that is none are refused whole; beyond the end is the end', async () => {
  const { roomId, teacher } = await makeRoom(database, app);
  await ask(app, teacher, load(await fileOf(teacher.userId, 'media')));
  await ask(app, teacher, { type: 'media.measure', payload: { generation: 1, durationMs: 60_000 } });
  const { seq } = await readState(app, roomId);
  const askRaw = async (body: object) => {
    const commands = [{ id: randomUUID(), ...body }];
    return (await appendCommands(app, { roomId, actor: teacher, commands }))[0];
  };
  // JSON knows no NaN: it arrives as null.
  for (const rate of [0, -1, 100, Number.NaN, null, '1', 0.2])
    expect(await askRaw({ type: 'media.rate', payload: { generation: 1, rate } })).toMatchObject({
      code: 'BAD_INPUT',
    });
  for (const positionMs of [-1, 1e12, Number.NaN, null])
    expect(await askRaw({ type: 'media.seek', payload: { generation: 1, positionMs } })).toMatchObject({
      code: 'BAD_INPUT',
    });
  expect((await readState(app, roomId)).seq).toBe(seq);
  await ask(app, teacher, { type: 'media.seek', payload: { generation: 1, positionMs: 3_600_000 } });
  expect((await readState(app, roomId)).media?.playing?.positionMs).toBe(60_000);
});

test('a hundred commands a second are carried out; a script that goes on so is told to wait, and nothing is lost', async () => {
  const { roomId, teacher } = await makeRoom(database, app);
  await ask(app, teacher, load(await fileOf(teacher.userId, 'media')));
  const fifty = (from: number) =>
    Array.from({ length: 50 }, (_, index) => ({
      id: randomUUID(),
      type: 'media.seek',
      payload: { generation: 1, positionMs: from + index },
    }));
  const send = (from: number) => appendCommands(app, { roomId, actor: teacher, commands: fifty(from) });
  const [first, second] = await Promise.all([send(1000), send(2000)]);
  expect([...first, ...second].every(({ ok }) => ok)).toBe(true);
  const more = (await Promise.all([3, 4, 5, 6, 7, 8, 9].map((part) => send(part * 1000)))).flat();
  const refused = more.filter((result) => !result.ok);
  expect(refused.length).toBeGreaterThan(0);
  for (const result of refused) expect(result).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  expect((await readState(app, roomId)).media?.playing?.positionMs).toBeGreaterThanOrEqual(1000);
});

test('M4: two processes that notice the end decide it once, and nothing is appended while it plays', async () => {
  const { roomId, teacher } = await makeRoom(database, app);
  await ask(app, teacher, load(await fileOf(teacher.userId, 'media')));
  await ask(app, teacher, {
    type: 'media.queue',
    payload: {
      item: { id: randomUUID(), source: { kind: 'youtube', videoId: 'dQw4w9WgXcQ' }, title: 'Song' },
    },
  });
  await ask(app, teacher, { type: 'media.measure', payload: { generation: 1, durationMs: 700 } });
  const { seq } = await readState(app, roomId);
  runtimeOf(elsewhere).mediaEnds.lookAt(roomId);
  await Promise.all([sweepMedia(app), sweepMedia(elsewhere)]);
  expect((await readState(app, roomId)).seq).toBe(seq);
  await vi.waitFor(async () => {
    await Promise.all([sweepMedia(app), sweepMedia(elsewhere)]);
    expect((await readState(app, roomId)).media?.playing?.generation).toBe(2);
  }, 10_000);
  const after = await readState(app, roomId);
  await Promise.all([sweepMedia(app), sweepMedia(elsewhere)]);
  expect(await readState(app, roomId)).toEqual(after);
  // What ended, and what was loaded in its place.
  expect(after.seq).toBe(seq + 2);
  expect(after.media?.queue).toEqual([]);
});

test.each(['begins', 'ends'] as const)(
  'M4: what %s while the database is away comes to its end all the same, in every room',
  async (what) => {
    const flaky = testApp(database);
    const away = connectDatabase('postgres://127.0.0.1:1/nobody', 1);
    const rooms: string[] = [];
    for (let room = 0; room < 2; room += 1) {
      const { roomId, teacher } = await makeRoom(database, app);
      await ask(app, teacher, load(await fileOf(teacher.userId, 'media')));
      await ask(app, teacher, { type: 'media.measure', payload: { generation: 1, durationMs: 700 } });
      runtimeOf(flaky).mediaEnds.lookAt(roomId);
      rooms.push(roomId);
    }
    const isOver = async (roomId: string) => (await readState(app, roomId)).media?.playing?.paused;
    if (what === 'ends') {
      await sweepMedia(flaky);
      // All of them are over before anybody looks again.
      const [last = ''] = rooms.slice(-1);
      const playing = (await readState(app, last)).media?.playing;
      await vi.waitFor(() =>
        expect(runtimeOf(flaky).serverNow()).toBeGreaterThan((playing?.anchorMs ?? Infinity) + 700),
      );
    }
    flaky.db = away.db;
    await vi.waitFor(() => expect(sweepMedia(flaky)).rejects.toThrow(), 10_000);
    flaky.db = database.db;
    await vi.waitFor(async () => {
      await sweepMedia(flaky);
      expect(await Promise.all(rooms.map(isOver))).toEqual([true, true]);
    }, 10_000);
    await away.sql.end();
  },
);

test('who is not in step is counted as long as the tab is there that said so; only presenters are told', async () => {
  const { roomId, teacher, student } = await makeRoom(database, app);
  const open = async () => {
    const id = randomUUID();
    await database.db.insert(roomConnections).values({
      ...{ id, roomId, participantId: student.id, instanceId: randomUUID() },
      leasedUntil: new Date(Date.now() + 60_000),
    });
    return id;
  };
  const buffering = async () => (await readSteps(app, teacher, 1))['catching-up'];
  const first = await open();
  await tellStep(app, student, 1, 'catching-up');
  expect(await buffering()).toBe(1);
  expect((await readSteps(app, teacher, 2))['catching-up']).toBe(0);
  await tellStep(app, student, 1, 'advertisement');
  expect(await readSteps(app, teacher, 1)).toMatchObject({ 'catching-up': 0, advertisement: 1 });
  await tellStep(app, student, 1, 'catching-up');
  await database.db
    .update(roomConnections)
    .set({ closedAt: new Date() })
    .where(eq(roomConnections.id, first));
  expect(await buffering()).toBe(0);
  // The next tab of theirs has not said anything yet.
  await open();
  expect(await buffering()).toBe(0);
  await tellStep(app, student, 1, 'catching-up');
  expect(await buffering()).toBe(1);
  await tellStep(app, student, 1, 'in-step');
  expect(await buffering()).toBe(0);
  await expect(readSteps(app, student, 1)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
});

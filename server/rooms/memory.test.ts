import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import type { Viewer } from '../identity/service';
import { metrics } from '../metrics';
import { testApp } from '../testing';
import { measureRooms } from './measure';
import { MEMORY_BOUNDS, weigh } from './memory';
import { boardKey, RoomCache } from './room-cache';
import { ask, draw, longStroke, makeRoom, type RoomFixture } from './rooms-fixture';
import { boundRuntime, runtimeOf } from './runtime';
import { loadBoard, readState } from './service';
import { serveStream } from './stream-door';

const KB = 1024;
let database: TestDatabase;
const apps: App[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const app of apps) await runtimeOf(app).hub.close();
  await database.drop();
});

/** A process with bounds of its own. */
function processWith(bounds: Partial<typeof MEMORY_BOUNDS>): App {
  const app = testApp(database);
  boundRuntime(app, { ...MEMORY_BOUNDS, ...bounds });
  apps.push(app);
  return app;
}

/** Opens a stream that nobody reads. */
async function openUnread(app: App, viewer: Viewer, roomId: string): Promise<void> {
  const signal = new AbortController().signal;
  const request = { url: 'http://localhost/?after=1', headers: new Headers(), signal };
  const response = await serveStream(app, viewer, roomId, request);
  expect(response.status).toBe(200);
}

async function board(app: App, { teacher }: RoomFixture): Promise<string> {
  const boardId = `board:${randomUUID()}`;
  await ask(app, teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
  return boardId;
}

const figure = async (name: string) =>
  (await metrics.registry.getSingleMetric(`lectern_${name}`)?.get())?.values[0]?.value ?? 0;

describe('T5: what waits for slow streams is bounded', () => {
  test('T5: a room beyond its bound closes its slowest', async () => {
    const app = processWith({ roomStreams: 400 * KB });
    const room = await makeRoom(database, app);
    const boardId = await board(app, room);
    const viewers = [room.viewers.student, room.viewers.other, room.viewers.teacher];
    for (const viewer of viewers) await openUnread(app, viewer, room.roomId);
    const { hub } = runtimeOf(app);
    await vi.waitFor(() => expect(hub.listeners().filter(({ live }) => live)).toHaveLength(3));
    for (let index = 0; hub.listeners().length > 1; index += 1) {
      await ask(app, room.teacher, draw(boardId, [longStroke(`s${index}`)]));
      measureRooms(app);
      expect(await figure('stream_buffer_room_max_bytes')).toBeLessThanOrEqual(400 * KB);
      expect(index).toBeLessThan(20);
    }
  });

  test('T5: a process beyond its bound closes the slowest of the room where most waits', async () => {
    const app = processWith({ streams: 300 * KB });
    const [quiet, busy] = [await makeRoom(database, app), await makeRoom(database, app)];
    const boardId = await board(app, busy);
    await openUnread(app, quiet.viewers.student, quiet.roomId);
    await openUnread(app, busy.viewers.student, busy.roomId);
    const { hub } = runtimeOf(app);
    await vi.waitFor(() => expect(hub.listeners().filter(({ live }) => live)).toHaveLength(2));
    for (let index = 0; hub.listeners().length > 1; index += 1) {
      await ask(app, busy.teacher, draw(boardId, [longStroke(`s${index}`)]));
      expect(index).toBeLessThan(40);
    }
    expect(hub.streamsOf(quiet.roomId, quiet.student.id)).toBe(1);
  });
});

describe('what a process remembers is bounded, and can be forgotten', () => {
  test('boards of a room, by bytes: the least used goes, and is read again', async () => {
    const app = testApp(database);
    const room = await makeRoom(database, app);
    const boards = await Promise.all([board(app, room), board(app, room), board(app, room)]);
    for (const boardId of boards)
      await ask(app, room.teacher, draw(boardId, [longStroke('a'), longStroke('b')]));
    const { seq, at } = await readState(app, room.roomId);
    const cache = new RoomCache(room.roomId, 2.5 * 2 * weigh(longStroke('a')));
    await cache.catchUp(app.db, { headSeq: seq, lastAt: at, now: at });
    const sizes: number[] = [];
    for (const boardId of boards) {
      expect((await cache.board(app.db, boardId, 'shared')).size).toBe(2);
      sizes.push(Math.round(cache.bytes / weigh(longStroke('a'))));
    }
    expect(sizes[2]).toBe(sizes[1]);
    expect(sizes[1]).toBeGreaterThan(sizes[0] ?? 0);
    expect((await cache.board(app.db, boards[0] ?? '', 'shared')).size).toBe(2);
  });

  test('a board that is drawn on is not forgotten for boards that are not there', async () => {
    const app = processWith({});
    const room = await makeRoom(database, app);
    const boardId = await board(app, room);
    await ask(app, room.teacher, draw(boardId, [longStroke('a')]));
    const inMemory = () => runtimeOf(app).cacheOf(room.roomId).boardInMemory(boardKey(boardId, 'shared'));
    expect(inMemory()).toBeDefined();
    for (let asked = 0; asked < 80; asked += 1)
      expect((await loadBoard(app, room.student, `board:${randomUUID()}`, 'shared')).records).toEqual([]);
    expect(inMemory()).toBeDefined();
  });

  test('rooms of a process, by bytes', async () => {
    const app = processWith({ caches: 300 * KB });
    const rooms = [];
    for (let count = 0; count < 4; count += 1) rooms.push(await makeRoom(database, app));
    for (const room of rooms) {
      const boardId = await board(app, room);
      await ask(app, room.teacher, draw(boardId, [longStroke('a')]));
    }
    const { rooms: kept, bytes } = runtimeOf(app).cached();
    expect(kept).toBeLessThan(4);
    expect(bytes).toBeLessThan(300 * KB + 2 * weigh(longStroke('a')) + 64 * KB);
    const [first] = rooms;
    if (!first) throw new Error('no room');
    expect((await readState(app, first.roomId)).boards).toHaveLength(1);
  });

  test('what a board weighs follows its changes', async () => {
    const app = testApp(database);
    const room = await makeRoom(database, app);
    const boardId = await board(app, room);
    const cache = runtimeOf(app).cacheOf(room.roomId);
    await ask(app, room.teacher, draw(boardId, [longStroke('a')]));
    const before = cache.bytes;
    await ask(app, room.teacher, draw(boardId, [longStroke('b')]));
    await ask(app, room.teacher, draw(boardId, [longStroke('b')]));
    await ask(app, room.teacher, draw(boardId, [], ['shape:b']));
    expect(cache.bytes - before).toBe(0);
    expect((await loadBoard(app, room.teacher, boardId, 'shared')).records).toHaveLength(1);
  });
});

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectDatabase } from '@/db/client';
import { boardSnapshots, roomSnapshots } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { applyAll, initialState } from '@/room/apply';
import { type BoardRecord, foldBoard } from '@/room/boards';
import type { CommandBody } from '@/room/commands';
import type { App } from '../app';
import { testApp } from '../testing';
import { parseCommand } from './command-door';
import { selectEvents } from './queries/log';
import * as snapshotQueries from './queries/snapshots';
import { enqueueCommands } from './room-queue';
import { ask, command, draw, enter, makeRoom, type RoomFixture, say, stroke } from './rooms-fixture';
import { loadBoard, openRoom } from './service';

let database: TestDatabase;
let app: App;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

/** Carries commands out in groups of 50, past the limits that a person has. */
async function carryOut({ roomId, teacher }: RoomFixture, bodies: readonly CommandBody[]): Promise<void> {
  for (let from = 0; from < bodies.length; from += 50) {
    const asked = bodies.slice(from, from + 50).map((body) => {
      const door = parseCommand(command(body));
      if (!door.ok) throw new Error(door.code);
      return { actor: teacher, command: door.command };
    });
    const results = await enqueueCommands(app, roomId, asked);
    expect(results.filter((result) => !result.ok)).toEqual([]);
  }
}

/** A class that goes on: hands, chat, and strokes that are drawn and erased, so that what is shown stays as small as it was. */
function goingOn(room: RoomFixture, boardId: string, rounds: number): CommandBody[] {
  return Array.from({ length: rounds }, (_, index): CommandBody[] => [
    draw(boardId, [stroke(`s${index}`)]),
    say(`message ${index}`),
    draw(boardId, [], [`shape:s${index}`]),
    { type: 'defaults.set', payload: { rights: { draw: index % 2 === 0, microphone: true, camera: true } } },
  ]).flat();
}

/** Rows that Postgres read from the tables of a room while somebody opened it who had nothing of it yet. */
async function rowsReadByOpening(room: RoomFixture, boardId: string): Promise<number> {
  const { db, sql } = connectDatabase(database.url, 1);
  const count = async () => {
    await sql`select pg_stat_force_next_flush()`;
    await sql`select pg_stat_clear_snapshot()`;
    const [row] = await sql<{ rows: number }[]>`
      select sum(seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_user_tables
      where relname in ('room_events', 'room_snapshots', 'board_snapshots', 'room_commands')`;
    return row?.rows ?? 0;
  };
  try {
    const newcomer = { ...testApp(database), db, sql };
    const before = await count();
    await openRoom(newcomer, room.roomId, room.student);
    await loadBoard(newcomer, room.student, boardId, 'shared');
    return (await count()) - before;
  } finally {
    await sql.end();
  }
}

test('L5.2: what opening a room reads does not grow with its old events', async () => {
  const room = await makeRoom(database, app);
  await enter(app, room.student);
  const boardId = `board:${randomUUID()}`;
  await ask(app, room.teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
  const read: number[] = [];
  for (const rounds of [60, 240]) {
    await carryOut(room, goingOn(room, boardId, rounds));
    // Statistics count rows of an index scan: without any, the planner takes what is cheapest for an empty table.
    await database.sql`analyze room_events`;
    read.push(await rowsReadByOpening(room, boardId));
  }
  const [few = 0, many = 0] = read;
  expect(few).toBeGreaterThan(50);
  expect(many).toBeLessThan(few + 400);
});

test('L5.2: a head and a board are stored after so many events, and a board of large strokes sooner', async () => {
  const room = await makeRoom(database, app);
  const boardId = `board:${randomUUID()}`;
  await ask(app, room.teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
  const points = Array.from({ length: 1500 }, (_, index) => ({ x: index, y: index / 4, z: 0.5 }));
  for (let index = 0; index < 4; index += 1) {
    const line = stroke(`s${index}`);
    const large = { ...line, props: { ...line.props, segments: [{ type: 'free' as const, points }] } };
    await ask(app, room.teacher, draw(boardId, [large]));
  }
  const boards = () =>
    database.db.select().from(boardSnapshots).where(eq(boardSnapshots.roomId, room.roomId));
  const heads = () => database.db.select().from(roomSnapshots).where(eq(roomSnapshots.roomId, room.roomId));
  await vi.waitFor(async () => expect(await boards()).toHaveLength(1));
  expect(await heads()).toHaveLength(0);
  await carryOut(room, goingOn(room, boardId, 60));
  await vi.waitFor(async () => expect(await heads()).toHaveLength(1));
});

// What comes last before a snapshot, and first after it, is once a change of the head and once one of the board.
test.each([0, 1])(
  'L5.2: what is stored of a head and of a board is what the log makes up to there, neither more nor less (%i)',
  async (first) => {
    const room = await makeRoom(database, app);
    const { roomId } = room;
    const boardId = `board:${randomUUID()}`;
    await ask(app, room.teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
    const bodies = Array.from({ length: 150 }, (_, index): CommandBody[] => [
      {
        type: 'defaults.set',
        payload: { rights: { draw: index % 2 === 0, microphone: true, camera: true } },
      },
      draw(boardId, [stroke(`s${index}`)]),
    ]);
    await carryOut(room, bodies.flat().slice(first));
    const heads = () => database.db.select().from(roomSnapshots).where(eq(roomSnapshots.roomId, roomId));
    const boards = () => database.db.select().from(boardSnapshots).where(eq(boardSnapshots.roomId, roomId));
    await vi.waitFor(async () => {
      expect(await heads()).toHaveLength(1);
      expect(await boards()).toHaveLength(1);
    });
    const upTo = (seq: number) => selectEvents(database.db, roomId, { after: 0, upTo: seq, limit: 1000 });
    for (const { seq, head } of await heads())
      expect(head).toEqual(applyAll(initialState(roomId), await upTo(seq)));
    for (const { seq, records } of await boards()) {
      const drawn = new Map<string, BoardRecord>();
      for (const event of await upTo(seq))
        if (event.type === 'board.changed') foldBoard(drawn, event.payload);
      expect(records).toEqual([...drawn.values()]);
    }
  },
);

test('L5.2: a process that only read on counts what it read, so that the next snapshot is not late', async () => {
  const room = await makeRoom(database, app);
  for (let count = 0; count < 3; count += 1) {
    const restarted = testApp(database);
    for (let index = 0; index < 80; index += 1) await ask(restarted, room.teacher, say(`m${index}`));
  }
  await vi.waitFor(async () => {
    const rows = await database.db.select().from(roomSnapshots).where(eq(roomSnapshots.roomId, room.roomId));
    expect(rows).toHaveLength(1);
  });
});

test('L5.2: a board that changes all the time has one snapshot under way at most, and the last changes get theirs', async () => {
  const room = await makeRoom(database, app);
  const boardId = `board:${randomUUID()}`;
  await ask(app, room.teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
  const other = connectDatabase(database.url, 1);
  try {
    const stored = () =>
      database.db.select().from(boardSnapshots).where(eq(boardSnapshots.roomId, room.roomId));
    const [first, more, after] = [100, 100, 100].map((count, part) =>
      Array.from({ length: count }, (_, index) => draw(boardId, [stroke(`p${part}-${index}`)])),
    );
    await carryOut(room, first ?? []);
    await vi.waitFor(async () => expect(await stored()).toHaveLength(1));
    const upserts = vi.spyOn(snapshotQueries, 'upsertBoardSnapshot');
    // Other tests' boards have pauses that end now.
    const begun = () => upserts.mock.calls.filter(([, { roomId }]) => roomId === room.roomId);
    await other.db.transaction(async (tx) => {
      await tx.select().from(boardSnapshots).where(eq(boardSnapshots.roomId, room.roomId)).for('update');
      await carryOut(room, more ?? []);
      await vi.waitFor(() => expect(begun()).toHaveLength(1));
      await carryOut(room, after ?? []);
      expect(begun()).toHaveLength(1);
    });
    await vi.waitFor(async () => expect((await stored())[0]?.records).toHaveLength(300));
    upserts.mockRestore();
  } finally {
    await other.sql.end();
  }
});

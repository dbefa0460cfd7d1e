import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDatabase } from '@/db/client';
import { participants, roomEvents, rooms } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { CommandBody } from '@/room/commands';
import type { App } from '../app';
import { metrics } from '../metrics';
import { testApp } from '../testing';
import { lockHead } from './queries/log';
import { ask, command, draw, enter, makeRoom, say, stroke } from './rooms-fixture';
import { runtimeOf } from './runtime';
import { appendCommands, appendSystem, findParticipant, loadBoard, readState } from './service';

let database: TestDatabase;
let app: App;
/** The same database, as another process sees it. */
let elsewhere: App;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  elsewhere = testApp(database);
});
afterAll(() => database.drop());

const eventsOf = (roomId: string) =>
  database.db.select().from(roomEvents).where(eq(roomEvents.roomId, roomId)).orderBy(roomEvents.seq);
const newBoard = (): CommandBody => ({
  type: 'board.open',
  payload: { boardId: `board:${randomUUID()}`, title: 'Sketch' },
});
const boardIdOf = (body: CommandBody) => (body.type === 'board.open' ? body.payload.boardId : '');

describe('L1', () => {
  test('L1.3: the same command sent fifty times at once happens once and gets one answer', async () => {
    const { teacher } = await makeRoom(database, app);
    const copies = Array.from({ length: 50 }, () =>
      command(say('hello'), '7f6f2f6e-30f6-4d2c-a6b8-0a6b5c9d0001'),
    );
    const answers = await Promise.all(
      copies.map((copy, index) =>
        appendCommands(index % 2 ? app : elsewhere, {
          roomId: teacher.roomId,
          actor: teacher,
          commands: [copy],
        }),
      ),
    );
    for (const [answer] of answers) expect(answer).toEqual(answers[0]?.[0]);
    expect(answers[0]?.[0]).toMatchObject({ ok: true });
    expect((await eventsOf(teacher.roomId)).filter((event) => event.type === 'chat.sent')).toHaveLength(1);
  });

  test('L1.3: a copy is the same whatever the order of its fields', async () => {
    const { teacher } = await makeRoom(database, app);
    const boardId = `board:${randomUUID()}`;
    await ask(app, teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
    const { type, payload } = draw(boardId, [stroke('a')]);
    const turned = JSON.parse(JSON.stringify({ payload, type }), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ) as CommandBody;
    const id = randomUUID();
    const answer = await ask(app, teacher, { type, payload } as CommandBody, id);
    expect(answer).toMatchObject({ ok: true });
    expect(await ask(app, teacher, turned, id)).toEqual(answer);
  });

  test('L1.4: the same id with another payload, or from another person, is ID_REUSED', async () => {
    const { teacher, student } = await makeRoom(database, app);
    const id = randomUUID();
    expect(await ask(app, teacher, say('one'), id)).toMatchObject({ ok: true });
    expect(await ask(app, teacher, say('two'), id)).toEqual({ ok: false, id, code: 'ID_REUSED' });
    expect(await ask(app, student, say('one'), id)).toEqual({ ok: false, id, code: 'ID_REUSED' });
  });

  test('L1.5: a refusal is not stored but decided again', async () => {
    const { teacher, student } = await makeRoom(database, app);
    const board = newBoard();
    await ask(app, teacher, board);
    await enter(app, student);
    const id = randomUUID();
    const line = draw(boardIdOf(board), [stroke('a')]);
    expect(await ask(app, student, line, id)).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
    const rights = { draw: true, microphone: true, camera: true };
    await ask(app, teacher, { type: 'rights.set', payload: { participantId: student.id, rights } });
    expect(await ask(app, student, line, id)).toMatchObject({ ok: true });
  });

  test('L1.1, L1.2: each command of a batch gets its own answer, in order', async () => {
    const { teacher } = await makeRoom(database, app);
    const bad = { id: randomUUID(), type: 'chat.send', payload: { text: 'x'.repeat(1001), to: null } };
    const results = await appendCommands(app, {
      roomId: teacher.roomId,
      actor: teacher,
      commands: [command(say('one')), bad, command(say('two'))],
    });
    expect(results.map((result) => (result.ok ? 'ok' : result.code))).toEqual(['ok', 'BAD_INPUT', 'ok']);
    expect(results[1]?.id).toBe(bad.id);
  });
});

test('L3.2: with the database away nothing is acknowledged, it is counted, and the same command is carried out later', async () => {
  const flaky = testApp(database);
  const { roomId, teacher } = await makeRoom(database, app);
  expect(await ask(flaky, teacher, say('before'))).toMatchObject({ ok: true });
  const failures = async () =>
    (await metrics.failures.get()).values.find(({ labels }) => labels.kind === 'append')?.value ?? 0;
  const counted = await failures();
  const away = connectDatabase('postgres://127.0.0.1:1/nobody', 1);
  flaky.db = away.db;
  const id = randomUUID();
  await expect(ask(flaky, teacher, say('again'), id)).rejects.toThrow();
  expect(await failures()).toBe(counted + 1);
  flaky.db = database.db;
  expect(await ask(flaky, teacher, say('again'), id)).toMatchObject({ ok: true });
  expect((await eventsOf(roomId)).filter(({ commandId }) => commandId === id)).toHaveLength(1);
  await away.sql.end();
});

describe('L2', () => {
  test('L2.1, L2.2: two processes write one gapless log and read the same state', async () => {
    const { teacher, student, roomId } = await makeRoom(database, app);
    await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        ask(index % 2 ? app : elsewhere, index % 3 ? teacher : student, say(`message ${index}`)),
      ),
    );
    const events = await eventsOf(roomId);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    const [room] = await database.db.select().from(rooms).where(eq(rooms.id, roomId));
    expect(room?.headSeq).toBe(events.length);
    expect(await readState(app, roomId)).toEqual(await readState(elsewhere, roomId));
  });

  test('L2.2: what one process has decided binds the next command in another', async () => {
    const { teacher, student } = await makeRoom(database, app);
    await enter(app, student);
    await readState(elsewhere, student.roomId);
    await ask(app, teacher, { type: 'person.remove', payload: { participantId: student.id } });
    expect(await ask(elsewhere, student, say('still here'))).toMatchObject({ ok: false, code: 'REMOVED' });
  });

  test('L2: a process that holds a room and is heard of no more does not hold it for good', async () => {
    const { roomId, teacher } = await makeRoom(database, app);
    const gone = connectDatabase(database.url, 1);
    const { promise: held, resolve: holds } = Promise.withResolvers<void>();
    const { promise: never, resolve: end } = Promise.withResolvers<void>();
    const lost = gone.db.transaction(async (tx) => {
      await lockHead(tx, roomId, 0.2);
      holds();
      await never;
    });
    const ended = Promise.allSettled([lost]);
    await held;
    expect(await ask(app, teacher, say('hello'))).toMatchObject({ ok: true });
    end();
    expect(await ended).toMatchObject([{ status: 'rejected' }]);
    await gone.sql.end({ timeout: 1 });
  });

  test('L4: time in the log never runs backwards', async () => {
    const { teacher, roomId } = await makeRoom(database, app);
    const ahead = new Date(Date.now() + 60_000);
    await database.db.update(rooms).set({ lastAt: ahead }).where(eq(rooms.id, roomId));
    await ask(app, teacher, say('later'));
    const times = (await eventsOf(roomId)).map((event) => event.at.getTime());
    expect(times.at(-1)).toBe(ahead.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('L3.3', () => {
  test('L3.3: while a process knows the room as it is, an append is one statement', async () => {
    const { teacher, roomId } = await makeRoom(database, app);
    const statements: string[] = [];
    const { db, sql } = connectDatabase(database.url, 4, (statement) => {
      // Other processes are told when there is time for it.
      if (!statement.includes('pg_notify')) statements.push(statement.trim().slice(0, 14));
      return () => undefined;
    });
    const counted = { ...testApp(database), db, sql };
    await ask(counted, teacher, say('the whole way'));
    statements.length = 0;
    await ask(counted, teacher, say('one'));
    const results = await appendCommands(counted, {
      roomId,
      actor: teacher,
      commands: [command(say('two')), command(say('three'))],
    });
    expect(results.every((result) => result.ok)).toBe(true);
    expect(statements).toEqual(['with head as (', 'with head as (']);
    await ask(elsewhere, teacher, say('from elsewhere'));
    await ask(counted, teacher, say('after it'));
    const events = await eventsOf(roomId);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(await readState(counted, roomId)).toEqual(await readState(testApp(database), roomId));
    await sql.end();
  });

  test('L1.3, L3.3: what was carried out and would be refused now gets its answer again', async () => {
    const { student, teacher, lessonId, roomId } = await makeRoom(database, app);
    await enter(app, student);
    const id = randomUUID();
    const first = await ask(app, student, say('in time'), id);
    expect(first).toMatchObject({ ok: true });
    await appendSystem(app, roomId, { type: 'lesson.end', payload: { lessonId, reason: 'ended' } });
    expect(await ask(app, student, say('too late'))).toMatchObject({ ok: false, code: 'LESSON_NOT_LIVE' });
    expect(await ask(app, student, say('in time'), id)).toEqual(first);
    expect(await ask(app, teacher, say('in time'), id)).toMatchObject({ ok: false, code: 'ID_REUSED' });
  });

  test('L2.2, L3.3: a refusal too is decided on what other processes have written', async () => {
    const { teacher, student, roomId } = await makeRoom(database, app);
    await enter(app, student);
    const board = newBoard();
    await ask(app, teacher, board);
    const line = draw(boardIdOf(board), [stroke('a')]);
    expect(await ask(app, student, line)).toMatchObject({ code: 'NOT_ALLOWED' });
    const rights = { draw: true, microphone: true, camera: true };
    await ask(elsewhere, teacher, { type: 'rights.set', payload: { participantId: student.id, rights } });
    expect(await ask(app, student, line)).toMatchObject({ ok: true });
    expect((await loadBoard(testApp(database), teacher, boardIdOf(board), 'shared')).records).toHaveLength(1);
    expect((await eventsOf(roomId)).at(-1)).toMatchObject({ type: 'board.changed' });
  });

  test('L4, L3.3: a process whose clock is wrong writes the time of Postgres', async () => {
    const { teacher, roomId } = await makeRoom(database, app);
    await ask(app, teacher, say('one'));
    runtimeOf(app).noteClock(Date.now() + 300_000);
    await ask(app, teacher, say('two'));
    const last = (await eventsOf(roomId)).at(-1);
    expect(Math.abs((last?.at.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(await readState(app, roomId)).toEqual(await readState(testApp(database), roomId));
  });
});

describe('what is refused leaves the log as it was', () => {
  test("L8.3, L8.4, P5: a viewer's stroke, an unknown field, and a shape in itself are refused", async () => {
    const { teacher, student, roomId } = await makeRoom(database, app);
    await enter(app, student);
    const board = newBoard();
    await ask(app, teacher, board);
    const before = (await eventsOf(roomId)).length;
    const boardId = boardIdOf(board);
    expect(await ask(app, student, draw(boardId, [stroke('a')]))).toMatchObject({ code: 'NOT_ALLOWED' });
    const odd = { ...stroke('b'), surprise: 1 };
    expect(await ask(app, teacher, draw(boardId, [odd]))).toMatchObject({ code: 'BAD_RECORD' });
    expect(await ask(app, teacher, draw(boardId, [stroke('c', 'shape:c')]))).toMatchObject({
      code: 'BAD_RECORD',
    });
    expect((await eventsOf(roomId)).length).toBe(before);
  });

  test('L8.3: a bad record is refused alone, and named', async () => {
    const { teacher } = await makeRoom(database, app);
    const board = newBoard();
    await ask(app, teacher, board);
    const answer = await ask(
      app,
      teacher,
      draw(boardIdOf(board), [stroke('good'), { ...stroke('bad'), x: 1e9 }]),
    );
    expect(answer).toMatchObject({ ok: true, refusedRecords: ['shape:bad'] });
    const { records } = await loadBoard(app, teacher, boardIdOf(board), 'shared');
    expect(records.map((record) => record.id)).toEqual(['shape:good']);
  });

  test.each([
    ['__proto__', '{"type":"hand.raise","payload":{"__proto__":{"x":1}}}'],
    ['constructor', '{"type":"hand.raise","payload":{"a":{"constructor":1}}}'],
    [
      'a number beyond all numbers',
      '{"type":"viewport.move","payload":{"viewport":{"x":1e999,"y":0,"width":1,"height":1}}}',
    ],
    ['NUL', '{"type":"chat.send","payload":{"text":"a\\u0000b","to":null}}'],
    ['half a pair', '{"type":"chat.send","payload":{"text":"\\ud800","to":null}}'],
    ['endless nesting', `{"type":"hand.raise","payload":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['an unknown command', '{"type":"lesson.start","payload":{}}'],
  ])('L8.1: %s in JSON is BAD_INPUT', async (_name, json) => {
    const { teacher, roomId } = await makeRoom(database, app);
    const id = randomUUID();
    const commands = [{ ...(JSON.parse(json) as object), id }];
    const results = await appendCommands(app, { roomId, actor: teacher, commands });
    expect(results).toEqual([{ ok: false, id, code: 'BAD_INPUT' }]);
    expect(await eventsOf(roomId)).toHaveLength(1);
  });
});

describe('who may be in a room', () => {
  test('a stranger, and anybody in a room that is not there, gets the same answer', async () => {
    const { roomId, stranger, viewers } = await makeRoom(database, app);
    await expect(findParticipant(app, roomId, stranger, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(findParticipant(app, randomUUID(), viewers.teacher, null)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(findParticipant(app, roomId, { kind: 'anonymous' }, randomUUID())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('somebody who was removed stays out', async () => {
    const { roomId, viewers, teacher, student } = await makeRoom(database, app);
    await enter(app, student);
    expect(
      await ask(app, teacher, { type: 'person.remove', payload: { participantId: student.id } }),
    ).toMatchObject({ ok: true });
    await expect(findParticipant(elsewhere, roomId, viewers.student, null)).rejects.toMatchObject({
      code: 'REMOVED',
    });
    const [row] = await database.db.select().from(participants).where(eq(participants.id, student.id));
    expect(row?.removedAt).toBeInstanceOf(Date);
  });
});

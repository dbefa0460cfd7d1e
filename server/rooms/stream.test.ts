import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectDatabase } from '@/db/client';
import { enrolments, lessons, roomConnections, rooms } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { applyFrame, decodeMessage, fitOf, type StreamMessage } from '@/room/frames';
import type { RoomState } from '@/room/state';
import type { App } from '../app';
import { endSession, type Viewer } from '../identity/service';
import { closeShutOut } from './entitlement';
import { testApp } from '../testing';
import { appendGroup } from './append';
import { parseCommand } from './command-door';
import {
  announceConnection,
  leaseConnection,
  renewLeases,
  sweepConnections,
  sweepEmptyLessons,
} from './presence';
import * as logQueries from './queries/log';
import { RoomCache } from './room-cache';
import { ask, command, draw, enter, longStroke, makeRoom, say, stroke } from './rooms-fixture';
import { runtimeOf } from './runtime';
import { appendSystem, readChat, readPicture, readState } from './service';
import { serveConfirmation, serveStream, takeGoodbye } from './stream-door';

let database: TestDatabase;
let app: App;
let elsewhere: App;
const open = new Set<Tab>();

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  elsewhere = testApp(database);
});
afterEach(() => {
  for (const tab of open) tab.close();
  open.clear();
});
afterAll(async () => {
  await Promise.all([runtimeOf(app).hub.close(), runtimeOf(elsewhere).hub.close()]);
  await database.drop();
});

/** A tab as far as the protocol goes: it reads its stream and keeps all that came. */
class Tab {
  readonly got: StreamMessage[] = [];
  status = 0;
  ended = false;
  /** Why it broke off without an end. */
  broken = '';
  readonly #abort = new AbortController();

  static async open(
    where: App,
    viewer: Viewer,
    roomId: string,
    query = '',
    headers: Record<string, string> = {},
  ) {
    const tab = new Tab();
    open.add(tab);
    const url = `http://localhost/api/rooms/${roomId}/stream${query}`;
    const request = { url, headers: new Headers(headers), signal: tab.#abort.signal };
    const response = await serveStream(where, viewer, roomId, request);
    tab.status = response.status;
    if (response.ok && response.body) {
      tab.#read(response.body).catch((error: unknown) => {
        tab.broken = String(error);
      });
    }
    return tab;
  }

  get frames() {
    return this.got.flatMap((message) => (message.kind === 'frame' ? [message.frame] : []));
  }
  get events() {
    return this.frames.flatMap((frame) => frame.events);
  }
  get texts() {
    return this.events.flatMap((event) => (event.type === 'chat.sent' ? [event.payload.text] : []));
  }
  get connectionId() {
    const hello = this.got.find((message) => message.kind === 'hello');
    return hello?.kind === 'hello' ? hello.connectionId : '';
  }

  until(check: (tab: Tab) => boolean): Promise<void> {
    return vi.waitFor(() => {
      if (!check(this)) throw new Error(`waited in vain; got ${JSON.stringify(this.got).slice(0, 2000)}`);
    }, 10_000);
  }

  close() {
    this.#abort.abort();
  }

  async #read(body: ReadableStream<Uint8Array>) {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const bytes of body) {
      const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = decodeMessage(block);
        if (message) this.got.push(message);
      }
    }
    this.ended = true;
  }
}

/** What a browser would make of a stream from nothing. */
function stateOf(tab: Tab): RoomState {
  let state: RoomState | null = null;
  for (const message of tab.got) {
    if (message.kind === 'snapshot') state = message.snapshot.head;
    if (message.kind !== 'frame') continue;
    if (!state || fitOf(message.frame, state.seq) !== 'next') throw new Error('a frame does not fit');
    state = applyFrame(state, message.frame);
  }
  if (!state) throw new Error('no snapshot came');
  return state;
}

describe('the tail', () => {
  test('T1.2, T6: frames are contiguous, and what another process commits comes too', async () => {
    const { roomId, teacher, viewers } = await makeRoom(database, app);
    const tab = await Tab.open(app, viewers.student, roomId, '?after=0');
    await tab.until(({ events }) => events.some((event) => event.type === 'person.connected'));
    for (let index = 0; index < 10; index += 1)
      await ask(index % 2 ? app : elsewhere, teacher, say(`m${index}`));
    await tab.until(({ texts }) => texts.length === 10);
    expect(tab.texts).toEqual(Array.from({ length: 10 }, (_, index) => `m${index}`));
    let seq = 0;
    for (const frame of tab.frames) {
      expect(frame.from).toBe(seq + 1);
      seq = frame.to;
    }
  });

  test('T6: a hint is enough: what another process commits does not wait to be asked for', async () => {
    const { roomId, teacher, viewers } = await makeRoom(database, app);
    const tab = await Tab.open(app, viewers.student, roomId, '?after=0');
    await tab.until(({ events }) => events.some((event) => event.type === 'person.connected'));
    const asked = vi.spyOn(logQueries, 'selectHeads');
    const count = 6;
    for (let index = 0; index < count; index += 1) {
      await ask(elsewhere, teacher, say(`m${index}`));
      await tab.until(({ texts }) => texts.includes(`m${index}`));
    }
    // Each was said when the one before had come: by asking alone, each takes an asking of its own.
    expect(asked.mock.calls.length).toBeLessThan(count - 1);
    asked.mockRestore();
  });

  test('T6: what another process commits and tells nobody of is asked for', async () => {
    const { roomId, teacher, viewers } = await makeRoom(database, app);
    const tab = await Tab.open(app, viewers.student, roomId, '?after=0');
    await tab.until(({ events }) => events.some((event) => event.type === 'person.connected'));
    const door = parseCommand(command(say('unannounced')));
    if (!door.ok) throw new Error(door.code);
    await appendGroup(elsewhere, new RoomCache(roomId), [{ actor: teacher, command: door.command }]);
    await tab.until(({ texts }) => texts.includes('unannounced'));
  });

  test('T1.2, L6: a private message reaches its two people and nobody else, and leaves no gap', async () => {
    const { roomId, teacher, student, other, viewers } = await makeRoom(database, app);
    await enter(app, other);
    const [writer, reader, third] = await Promise.all([
      Tab.open(app, viewers.student, roomId, '?after=0'),
      Tab.open(elsewhere, viewers.other, roomId, '?after=0'),
      Tab.open(app, viewers.teacher, roomId, '?after=0'),
    ]);
    expect(await ask(app, student, say('between us', other.id))).toMatchObject({ ok: true });
    await ask(app, teacher, say('the end'));
    for (const tab of [writer, reader, third]) await tab.until(({ texts }) => texts.includes('the end'));
    expect(writer?.texts).toContain('between us');
    expect(reader?.texts).toContain('between us');
    expect(JSON.stringify(third?.got)).not.toContain('between us');
    const late = await Tab.open(app, viewers.teacher, roomId);
    await late.until(({ got }) => got.some((message) => message.kind === 'snapshot'));
    expect(JSON.stringify(late.got)).not.toContain('between us');
    expect(JSON.stringify(await readPicture(app, roomId, other))).toContain('between us');
  });

  test('T3: who joins while the log is being read for somebody who has gone gets what is read', async () => {
    const own = testApp(database);
    const { hub } = runtimeOf(own);
    const { roomId, viewers } = await makeRoom(database, app);
    const before = await Tab.open(own, viewers.other, roomId);
    const first = await Tab.open(own, viewers.student, roomId);
    for (const tab of [before, first])
      await tab.until(({ events }) => events.some(({ type }) => type === 'person.connected'));
    before.close();
    await vi.waitFor(() => expect(hub.listeners()).toHaveLength(1));
    const { seq } = await readState(app, roomId);
    const late = await database.sql.begin(async (holding) => {
      await holding`lock table room_events in access exclusive mode`;
      await database.sql`select pg_notify('lectern_rooms', ${`${roomId}:${seq + 1}`})`;
      await vi.waitFor(async () => {
        const waiting = await database.sql`
          select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%room_events%'`;
        expect(waiting).toHaveLength(1);
      }, 10_000);
      first.close();
      await vi.waitFor(() => expect(hub.load().rooms).toBe(0));
      const query = `?after=${seq}&connection=${before.connectionId}`;
      const tab = await Tab.open(own, viewers.other, roomId, query);
      await vi.waitFor(() => expect(hub.load().rooms).toBe(1), 10_000);
      // Where no poll sees it: the head does not tell.
      await holding`
        insert into room_events (room_id, seq, type, audience, at, payload)
        select room_id, seq + 1, type, audience, at, payload from room_events where room_id = ${roomId} and seq = ${seq}`;
      return tab;
    });
    await late.until(({ frames }) => frames.some(({ to }) => to === seq + 1));
    await hub.close();
    await database.db
      .update(rooms)
      .set({ headSeq: seq + 1 })
      .where(eq(rooms.id, roomId));
  });

  test('T2.1: Last-Event-ID resumes where the browser stood; nothing is missing and nothing comes twice', async () => {
    const { roomId, teacher, viewers } = await makeRoom(database, app);
    for (let index = 0; index < 30; index += 1) await ask(app, teacher, say(`m${index}`));
    const { seq } = await readState(app, roomId);
    const tab = await Tab.open(elsewhere, viewers.student, roomId, '?after=1', {
      'last-event-id': String(seq - 5),
    });
    await ask(app, teacher, say('m30'));
    await tab.until(({ texts }) => texts.includes('m30'));
    expect(tab.texts).toEqual(['m25', 'm26', 'm27', 'm28', 'm29', 'm30']);
    expect(tab.got.some((message) => message.kind === 'snapshot')).toBe(false);
  });

  test.each(['', '?after=-1', '?after=9999999', '?after=abc', '?after=1e9', '?after=NaN'])(
    'T2.2: a position that is none (%s) is answered with a snapshot',
    async (query) => {
      const { roomId, viewers } = await makeRoom(database, app);
      const tab = await Tab.open(app, viewers.student, roomId, query);
      await tab.until(({ got }) => got.some((message) => message.kind === 'snapshot'));
      expect(tab.status).toBe(200);
    },
  );

  test('T2.2: a gap of few events that weigh much is answered with a snapshot, and not read to its end', async () => {
    const { roomId, teacher, viewers } = await makeRoom(database, app);
    const boardId = `board:${randomUUID()}`;
    await ask(app, teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
    const { seq } = await readState(app, roomId);
    for (let index = 0; index < 10; index += 1) {
      const put = Array.from({ length: 8 }, (_, part) => longStroke(`s${index}-${part}`));
      expect(await ask(app, teacher, draw(boardId, put))).toMatchObject({ ok: true });
    }
    // A process that has nothing of the room's log in memory.
    const late = await Tab.open(elsewhere, viewers.student, roomId, `?after=${seq}`);
    await late.until(({ got }) => got.some(({ kind }) => kind === 'snapshot'));
    expect(late.events.filter(({ type }) => type === 'board.changed').length).toBeLessThan(10);
    const near = await Tab.open(elsewhere, viewers.other, roomId, `?after=${seq + 9}`);
    await ask(app, teacher, say('the end'));
    for (const tab of [late, near]) await tab.until(({ texts }) => texts.includes('the end'));
    expect(near.got.some(({ kind }) => kind === 'snapshot')).toBe(false);
  });

  test('L5.2: snapshot and tail are the whole', async () => {
    const { roomId, teacher, student, viewers } = await makeRoom(database, app);
    await enter(app, student);
    await ask(app, teacher, say('before'));
    const tab = await Tab.open(app, viewers.student, roomId);
    await tab.until(({ got }) => got.some((message) => message.kind === 'snapshot'));
    await ask(app, student, { type: 'hand.raise', payload: {} });
    const boardId = `board:${randomUUID()}`;
    await ask(elsewhere, teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
    await tab.until(({ events }) => events.some((event) => event.type === 'stage.shown'));
    await tab.until(({ events }) => events.some((event) => event.type === 'person.connected'));
    expect(stateOf(tab)).toEqual(await readState(elsewhere, roomId));
  });

  test('T9.1, P1: who is removed gets that, the end of the stream, and no other', async () => {
    const { roomId, teacher, student, viewers } = await makeRoom(database, app);
    const tab = await Tab.open(elsewhere, viewers.student, roomId);
    await vi.waitFor(async () => expect((await readState(app, roomId)).people[student.id]).toBeDefined());
    await ask(app, teacher, { type: 'person.remove', payload: { participantId: student.id } });
    await tab.until(({ ended }) => ended);
    expect(tab.got.at(-1)).toEqual({ kind: 'closed', reason: 'removed' });
    expect((await Tab.open(app, viewers.student, roomId)).status).toBe(403);
  });

  test('P10: who is let in again is in again, and only staff let in', async () => {
    const { roomId, teacher, student, other, viewers } = await makeRoom(database, app);
    await enter(app, student);
    const readmit = { type: 'person.readmit' as const, payload: { participantId: student.id } };
    expect(await ask(app, teacher, readmit)).toMatchObject({ ok: true, seqs: [] });
    await ask(app, teacher, { type: 'person.remove', payload: { participantId: student.id } });
    expect((await Tab.open(app, viewers.student, roomId)).status).toBe(403);
    expect(await ask(app, other, readmit)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await ask(app, teacher, readmit)).toMatchObject({ ok: true });
    const tab = await Tab.open(elsewhere, viewers.student, roomId);
    await tab.until(() => tab.events.some((event) => event.type === 'person.connected'));
    expect(await ask(app, student, say('here again'))).toMatchObject({ ok: true });
  });

  test('T9.2: a stream ends with the sign-in that it came with, and with the enrolment', async () => {
    const { roomId, student, viewers } = await makeRoom(database, app);
    const open = await Promise.all([
      Tab.open(app, viewers.teacher, roomId),
      Tab.open(app, viewers.student, roomId),
      Tab.open(app, viewers.other, roomId),
    ]);
    for (const tab of open) await tab.until(({ events }) => events.length > 0);
    const [teacher, leaving, other] = open;
    if (viewers.other.kind !== 'account') throw new Error('no account');
    await endSession(app, viewers.other.sessionId);
    await database.db.delete(enrolments).where(eq(enrolments.userId, student.userId ?? ''));
    await closeShutOut(app);
    await leaving?.until(({ ended }) => ended);
    await other?.until(({ ended }) => ended);
    expect(leaving?.got.at(-1)).toEqual({ kind: 'closed', reason: 'not-found' });
    expect(other?.got.at(-1)).toEqual({ kind: 'closed', reason: 'signed-out' });
    expect(teacher?.ended).toBe(false);
  });

  test('T8: a stranger gets the answer of a room that is not there', async () => {
    const { roomId, stranger, viewers } = await makeRoom(database, app);
    expect((await Tab.open(app, stranger, roomId)).status).toBe(404);
    expect((await Tab.open(app, { kind: 'anonymous' }, roomId)).status).toBe(404);
    expect((await Tab.open(app, viewers.teacher, randomUUID())).status).toBe(404);
    expect((await Tab.open(app, viewers.teacher, 'no-room')).status).toBe(404);
  });

  test('T5: a client that does not read is closed, and nobody waits for it', async () => {
    const { roomId, teacher, student, viewers } = await makeRoom(database, app);
    const boardId = `board:${randomUUID()}`;
    await ask(app, teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
    const request = {
      url: 'http://localhost/',
      headers: new Headers(),
      signal: new AbortController().signal,
    };
    const idle = await serveStream(app, viewers.student, roomId, request);
    const tab = await Tab.open(app, viewers.other, roomId);
    await tab.until(({ events }) => events.length > 0);
    const points = Array.from({ length: 1500 }, (_, index) => ({ x: index, y: index / 4, z: 0.5 }));
    for (let index = 0; index < 12; index += 1) {
      const put = Array.from({ length: 7 }, (_, n) => {
        const line = stroke(`s${index}-${n}`);
        return { ...line, props: { ...line.props, segments: [{ type: 'free', points }] } };
      });
      expect(await ask(app, teacher, draw(boardId, put))).toMatchObject({ ok: true });
    }
    await tab.until(({ events }) => events.filter((event) => event.type === 'board.changed').length === 12);
    await vi.waitFor(() => expect(runtimeOf(app).hub.streamsOf(roomId, student.id)).toBe(0));
    const reader = idle.body?.getReader();
    await expect(reader?.read()).rejects.toThrow('too slow');
  });

  test('T10: of many streams that one person opens at once, twenty are let in', async () => {
    const { roomId, viewers } = await makeRoom(database, app);
    const tabs = await Promise.all(Array.from({ length: 60 }, () => Tab.open(app, viewers.student, roomId)));
    expect(tabs.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(tabs.filter(({ status }) => status === 429)).toHaveLength(40);
    const [gone] = tabs.filter(({ status }) => status === 200);
    await gone?.until(({ connectionId }) => connectionId !== '');
    gone?.close();
    expect((await Tab.open(app, viewers.student, roomId)).status).toBe(200);
  });

  test('T10: who opens streams and drops them all the time is told to wait, and nobody else is', async () => {
    const { roomId, viewers } = await makeRoom(database, app);
    let refused = 0;
    for (let tries = 0; tries < 150; tries += 1) {
      const tab = await Tab.open(app, viewers.student, roomId);
      tab.close();
      if (tab.status === 429) refused += 1;
    }
    expect(refused).toBe(50);
    expect((await Tab.open(app, viewers.other, roomId)).status).toBe(200);
  });

  test('T7.1, T7.3: a process that ends sends its tabs away with their connections, and takes no new ones', async () => {
    const ending = testApp(database);
    const { roomId, student, viewers } = await makeRoom(database, app);
    const tab = await Tab.open(ending, viewers.student, roomId);
    const stays = await Tab.open(ending, viewers.teacher, roomId);
    for (const one of [tab, stays]) await one.until(({ events }) => events.length > 0);
    const moving = runtimeOf(ending).hub.moveAway();
    await tab.until(({ got }) => got.some((message) => message.kind === 'reconnect'));
    expect((await Tab.open(ending, viewers.other, roomId)).status).toBe(503);
    expect(await ask(ending, student, say('on the way'))).toMatchObject({ ok: true });
    await tab.until(({ texts }) => texts.includes('on the way'));
    tab.close();
    const again = await Tab.open(app, viewers.student, roomId, `?connection=${tab.connectionId}&after=1`);
    await again.until(({ texts }) => texts.includes('on the way'));
    expect(again.connectionId).toBe(tab.connectionId);
    await moving;
    expect(stays.ended).toBe(false);
    await runtimeOf(ending).hub.close();
    await stays.until(({ ended }) => ended);
    const rows = await database.db.select().from(roomConnections).where(eq(roomConnections.roomId, roomId));
    expect(rows.map((row) => row.leftAt)).toEqual([null, null]);
  });

  test('T7.2: what is being appended is waited for', async () => {
    const ending = testApp(database);
    const { teacher } = await makeRoom(database, app);
    const answers = Array.from({ length: 20 }, (_, index) => ask(ending, teacher, say(`m${index}`)));
    await Promise.race(answers);
    await runtimeOf(ending).appendsDone();
    const { messages } = await readChat(app, teacher.roomId, teacher, Number.MAX_SAFE_INTEGER);
    expect(messages).toHaveLength(20);
    await Promise.all(answers);
  });
});

describe('presence', () => {
  const expire = (id: string) =>
    database.db
      .update(roomConnections)
      .set({ leasedUntil: new Date(Date.now() - 1000) })
      .where(eq(roomConnections.id, id));
  const connectionsOf = async (roomId: string, id: string) =>
    (await readState(app, roomId)).people[id]?.connections;

  const goodbye = (viewer: Viewer, roomId: string, connection: string, origin = app.env.LECTERN_URL) =>
    takeGoodbye(elsewhere, viewer, roomId, {
      method: 'POST',
      url: `http://localhost/?connection=${connection}`,
      headers: new Headers({ origin: new URL(origin).origin }),
    });
  /** Resolves when the end of a tab's stream is stored: its lease is cut down to the grace. */
  const streamEnded = (id: string) =>
    vi.waitFor(async () => {
      const [row] = await database.db.select().from(roomConnections).where(eq(roomConnections.id, id));
      expect(row?.leasedUntil.getTime()).toBeLessThan(Date.now() + 10_000);
    });

  test.each(['left', 'dropped'] as const)(
    'C3: an open stream is being there; its end is having %s, after a grace',
    async (how) => {
      const { roomId, teacher, student, viewers } = await makeRoom(database, app);
      const witness = await Tab.open(app, viewers.teacher, roomId);
      const tab = await Tab.open(app, viewers.student, roomId);
      await tab.until(({ events }) => events.some((event) => event.type === 'person.connected'));
      // Only one's own tab says one's goodbye, and only from a page of ours.
      expect((await goodbye(viewers.other, roomId, tab.connectionId)).status).toBe(204);
      expect((await goodbye(viewers.student, roomId, tab.connectionId, 'https://evil.test')).status).toBe(
        403,
      );
      if (how === 'left') expect((await goodbye(viewers.student, roomId, tab.connectionId)).status).toBe(204);
      tab.close();
      await streamEnded(tab.connectionId);
      await sweepConnections(elsewhere);
      expect(await connectionsOf(roomId, student.id)).toEqual([tab.connectionId]);
      await expire(tab.connectionId);
      await sweepConnections(elsewhere);
      expect(await connectionsOf(roomId, student.id)).toEqual([]);
      await ask(app, teacher, say('after it'));
      await witness.until(({ texts }) => texts.includes('after it'));
      expect(witness.events.findLast((event) => event.type === 'person.disconnected')?.payload).toMatchObject(
        {
          participantId: student.id,
          reason: how,
        },
      );
      expect((await readState(app, roomId)).people[student.id]?.dropped ?? false).toBe(how === 'dropped');
    },
  );

  test('C2: a stream that comes back within the grace is the same connection, and nobody has left', async () => {
    const { roomId, student, viewers } = await makeRoom(database, app);
    const tab = await Tab.open(app, viewers.student, roomId);
    await tab.until(({ events }) => events.length > 0);
    tab.close();
    const again = await Tab.open(elsewhere, viewers.student, roomId, `?connection=${tab.connectionId}`);
    await again.until(({ got }) => got.length > 1);
    expect(again.connectionId).toBe(tab.connectionId);
    await sweepConnections(app);
    expect(await connectionsOf(roomId, student.id)).toEqual([tab.connectionId]);
  });

  test('C1: who was given up before the log was told of them does not come into it any more', async () => {
    const { roomId, student } = await makeRoom(database, app);
    const id = await leaseConnection(app, student, null, { userAgent: null, confirms: false });
    await expire(id);
    await sweepConnections(elsewhere);
    await announceConnection(app, student, id, null);
    expect((await connectionsOf(roomId, student.id)) ?? []).toEqual([]);
  });

  test("C2: somebody else's connection id gets a new one", async () => {
    const { roomId, viewers } = await makeRoom(database, app);
    const tab = await Tab.open(app, viewers.student, roomId);
    await tab.until(({ connectionId }) => connectionId !== '');
    const thief = await Tab.open(app, viewers.other, roomId, `?connection=${tab.connectionId}`);
    await thief.until(({ connectionId }) => connectionId !== '');
    expect(thief.connectionId).not.toBe(tab.connectionId);
  });

  test('C1, C3: a process that died drops its people; one that only was slow has them back', async () => {
    const { roomId, student, viewers } = await makeRoom(database, app);
    const tab = await Tab.open(app, viewers.student, roomId);
    await tab.until(({ events }) => events.length > 0);
    await expire(tab.connectionId);
    await sweepConnections(elsewhere);
    await tab.until(({ events }) =>
      events.some((event) => event.type === 'person.disconnected' && event.payload.reason === 'dropped'),
    );
    await renewLeases(app);
    await vi.waitFor(async () => expect(await connectionsOf(roomId, student.id)).toEqual([tab.connectionId]));
  });

  test('C6: a tab that should say that it is there and does not is cut off and dropped; others stay', async () => {
    const { roomId, student, other, teacher, viewers } = await makeRoom(database, app);
    const gone = await Tab.open(app, viewers.student, roomId, '?confirms=1');
    const speaks = await Tab.open(app, viewers.other, roomId, '?confirms=1');
    const quiet = await Tab.open(app, viewers.teacher, roomId);
    const here = async () =>
      Object.values((await readState(app, roomId)).people).map((one) => one.connections.length);
    await vi.waitFor(async () => expect(await here()).toEqual([1, 1, 1]));
    await database.db
      .update(roomConnections)
      .set({ heardAt: sql`${roomConnections.heardAt} - interval '100 seconds'` })
      .where(eq(roomConnections.roomId, roomId));
    const url = `http://localhost/api/rooms/${roomId}/stream?connection=${speaks.connectionId}`;
    const headers = new Headers({ origin: elsewhere.env.LECTERN_URL });
    expect((await serveConfirmation(elsewhere, roomId, { method: 'POST', url, headers })).status).toBe(204);
    await renewLeases(app);
    await gone.until(({ broken }) => broken !== '');
    expect(gone.broken).toContain('silent');
    await sweepConnections(elsewhere);
    await quiet.until(({ events }) =>
      events.some((event) => event.type === 'person.disconnected' && event.payload.reason === 'dropped'),
    );
    expect(await connectionsOf(roomId, student.id)).toEqual([]);
    expect(await connectionsOf(roomId, other.id)).toHaveLength(1);
    expect(await connectionsOf(roomId, teacher.id)).toHaveLength(1);
    expect([speaks.broken, quiet.broken, speaks.ended, quiet.ended]).toEqual(['', '', false, false]);
  });

  test('C3, C4: a room that cannot be read keeps no other from hearing who has gone, or from its end', async () => {
    const [broken, well] = [await makeRoom(database, app), await makeRoom(database, app)];
    for (const { roomId, lessonId, viewers } of [broken, well]) {
      const lesson = { status: 'live', startedAt: new Date(Date.now() - 3_600_000) } as const;
      await database.db.update(lessons).set(lesson).where(eq(lessons.id, lessonId));
      const tab = await Tab.open(app, viewers.student, roomId);
      await tab.until(({ events }) => events.length > 0);
      tab.close();
      await streamEnded(tab.connectionId);
      await expire(tab.connectionId);
    }
    const { seq: headSeq } = await readState(app, broken.roomId);
    const setHead = (seq: number) =>
      database.db.update(rooms).set({ headSeq: seq }).where(eq(rooms.id, broken.roomId));
    await setHead(headSeq + 5);
    await expect(sweepConnections(app)).rejects.toThrow('the log ends before');
    expect(await connectionsOf(well.roomId, well.student.id)).toEqual([]);
    await database.db.update(roomConnections).set({ closedAt: new Date(Date.now() - 400_000) });
    const ended: string[] = [];
    const end = async (_app: App, id: string) => {
      ended.push(id);
      if (id === broken.lessonId) throw new Error('broken');
    };
    await expect(sweepEmptyLessons(elsewhere, end)).rejects.toThrow('broken');
    expect(ended).toEqual(expect.arrayContaining([broken.lessonId, well.lessonId]));
    await setHead(headSeq);
  });

  test('C4: a lesson ends by itself when nobody has been there for the set time, and not before', async () => {
    const { roomId, lessonId, viewers } = await makeRoom(database, app);
    await database.db
      .update(lessons)
      .set({ status: 'live', startedAt: new Date(Date.now() - 3_600_000) })
      .where(eq(lessons.id, lessonId));
    const ended: string[] = [];
    const end = async (_app: App, id: string) => {
      ended.push(id);
      await appendSystem(app, roomId, { type: 'lesson.end', payload: { lessonId: id, reason: 'empty' } });
    };
    const tab = await Tab.open(app, viewers.student, roomId);
    await tab.until(({ events }) => events.length > 0);
    await sweepEmptyLessons(app, end);
    expect(ended).not.toContain(lessonId);
    tab.close();
    await streamEnded(tab.connectionId);
    await expire(tab.connectionId);
    await sweepConnections(app);
    await sweepEmptyLessons(app, end);
    expect(ended).not.toContain(lessonId);
    await database.db
      .update(roomConnections)
      .set({ closedAt: new Date(Date.now() - 400_000) })
      .where(eq(roomConnections.id, tab.connectionId));
    await sweepEmptyLessons(app, end);
    expect(ended).toContain(lessonId);
    expect((await readState(app, roomId)).lesson).toBeNull();
  });

  test('C4: looking for empty rooms reads no more for all who have ever been there', async () => {
    const { roomId, lessonId, student } = await makeRoom(database, app);
    const lesson = { status: 'live', startedAt: new Date(Date.now() - 3_600_000) } as const;
    await database.db.update(lessons).set(lesson).where(eq(lessons.id, lessonId));
    const { db, sql: own } = connectDatabase(database.url, 1);
    const rowsRead = async () => {
      await own`select pg_stat_force_next_flush()`;
      await own`select pg_stat_clear_snapshot()`;
      const [row] = await own<{ rows: number }[]>`
        select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_user_tables where relname = 'room_connections'`;
      return row?.rows ?? 0;
    };
    const readByLooking = async () => {
      const before = await rowsRead();
      await sweepEmptyLessons({ ...app, db }, () => Promise.resolve());
      return (await rowsRead()) - before;
    };
    try {
      const few = await readByLooking();
      await own`
        insert into room_connections (id, room_id, participant_id, instance_id, leased_until, closed_at)
        select gen_random_uuid(), ${roomId}, ${student.id}, gen_random_uuid(), day, day
        from generate_series(now() - interval '200 days', now() - interval '1 day', interval '1 hour') day`;
      await own`analyze room_connections`;
      expect(await readByLooking()).toBeLessThan(few + 100);
    } finally {
      await own.end();
    }
  });
});

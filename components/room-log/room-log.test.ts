import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BoardRecord } from '@/room/boards';
import type { CommandBody } from '@/room/commands';
import type { Actor } from '@/room/decision';
import { packRecord } from '@/room/packed-strokes';
import { strokeRecord } from '@/room/stroke-fixture';
import { createRoomLog } from './create-room-log';
import { type Fault, MemoryRoom } from './memory-room-fixture';
import type { Command } from '@/room/commands';
import type { Transport } from './transport';
import type { UnsentStore } from './unsent-store';
import type { BoardChange, LateRefusal, RoomLog } from './types';

const ROOM = '00000000-0000-4000-8000-000000000000';
const BOARD = 'board:00000000-0000-4000-8000-00000000000b';
const tess: Actor = { id: '00000000-0000-4000-8000-000000000001', name: 'Tess', role: 'owner' };
const sam: Actor = { id: '00000000-0000-4000-8000-000000000002', name: 'Sam', role: 'student' };

let room: MemoryRoom;
let logs: RoomLog[] = [];
let nextId = 0;

beforeEach(() => {
  room = new MemoryRoom(ROOM);
  room.append(
    { type: 'lesson.started', actor: null, payload: { lessonId: ROOM, title: 'Algebra' } },
    ...[tess, sam].map((who) => ({
      type: 'person.connected' as const,
      actor: null,
      payload: {
        participantId: who.id,
        name: who.name,
        role: who.role,
        connectionId: who.id,
        device: 'computer',
      },
    })),
  );
  room.append({ type: 'board.opened', actor: tess.id, payload: { boardId: BOARD, title: 'Sketch' } });
});
afterEach(() => {
  for (const log of logs) log.close();
  logs = [];
  vi.unstubAllGlobals();
});

/** Short waits, so that what a browser does in half a minute is done here at once. */
function enter(
  actor: Actor,
  {
    silenceMs = 60_000,
    unsent,
    onRefused,
    transport = room.transportOf(actor),
  }: {
    silenceMs?: number;
    unsent?: UnsentStore;
    onRefused?: (refusal: LateRefusal) => void;
    transport?: Transport;
  } = {},
): RoomLog {
  const { id, name, role } = actor;
  const log = createRoomLog({ me: id, myself: { name, role }, ...room.picture(actor) }, transport, {
    now: () => Date.now(),
    random: () => -0.98,
    newId: () => `command-${(nextId += 1)}`,
    silenceMs,
    unsent,
  });
  logs.push(log);
  log.connect(onRefused);
  return log;
}

const say = (text: string): CommandBody => ({ type: 'chat.send', payload: { text, to: null } });
const put = (id: string): CommandBody => ({
  type: 'board.change',
  payload: { boardId: BOARD, layer: 'shared', put: [{ id, typeName: 'shape' }], removed: [], stroke: null },
});
/** The same as the server tells it, of somebody else. */
const drawn = (id: string) => ({
  type: 'board.changed' as const,
  actor: sam.id,
  payload: { boardId: BOARD, layer: 'shared', put: [{ id, typeName: 'shape' }], removed: [], stroke: null },
});
const texts = (log: RoomLog) => log.getView().chat.messages.map((message) => message.text);
const inStep = (log: RoomLog) =>
  vi.waitFor(() => expect(log.getView().head).toEqual({ ...room.state }), { timeout: 5000 });
const live = (log: RoomLog) => vi.waitFor(() => expect(log.getView().connection.kind).toBe('live'));

describe('commands', () => {
  test('L1.1: what is sent in one turn travels together, and is answered one by one', async () => {
    const log = enter(tess);
    const answers = await Promise.all([log.send(say('one')), log.send(say('two')), log.send(say('three'))]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    expect(room.requests).toBe(1);
    await inStep(log);
    expect(texts(log)).toEqual(['one', 'two', 'three']);
  });

  test('L1.3: a lost answer is asked for again with the same id, and nothing happens twice', async () => {
    const log = enter(tess);
    await live(log);
    room.faults = ['lost-answer', 'lost-request', 'lost-answer'];
    expect(await log.send(say('once'))).toMatchObject({ ok: true });
    await inStep(log);
    expect(texts(log)).toEqual(['once']);
    expect(new Set(room.sent.map((command) => command.id)).size).toBe(1);
  });

  test('what is written while the network is away is shown as on its way, in order, and goes when it is back', async () => {
    const log = enter(tess);
    await live(log);
    room.away = true;
    room.cut();
    await vi.waitFor(() => expect(log.getView().connection.kind).toBe('reconnecting'));
    const answers = [log.send(say('one')), log.send(say('two'))];
    expect(log.getView().chat.messages.map((message) => [message.text, message.status])).toEqual([
      ['one', 'sending'],
      ['two', 'sending'],
    ]);
    expect(log.getView().pending).toBe(2);
    room.append({ type: 'page.turned', actor: tess.id, payload: { documentId: 'none', page: 2 } });
    room.away = false;
    await Promise.all(answers);
    await inStep(log);
    expect(log.getView().chat.messages.map((message) => [message.text, message.status])).toEqual([
      ['one', 'sent'],
      ['two', 'sent'],
    ]);
    expect(log.getView()).toMatchObject({ pending: 0, connection: { kind: 'live' } });
  });

  test('L1.3: what waits when the tab is reloaded goes afterwards, with its ids; what had arrived is not said twice', async () => {
    const window = new EventTarget();
    vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
    vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
    let kept: readonly Command[] = [];
    const unsent: UnsentStore = { keep: (commands) => void (kept = commands), take: () => [...kept] };
    const before = enter(tess, { unsent });
    await live(before);
    room.faults = ['lost-answer', ...Array.from({ length: 1000 }, () => 'lost-request' as const)];
    void before.send(say('arrived, but nobody knows'));
    await vi.waitFor(() => expect(room.sent).toHaveLength(1));
    void before.send(say('never left'));
    void before.send(put('shape:a'));
    before.onHide(() => void before.send(put('shape:b')));
    window.dispatchEvent(new Event('pagehide'));
    expect(kept.map((command) => command.type)).toEqual([
      'chat.send',
      'chat.send',
      'board.change',
      'board.change',
    ]);
    before.close();

    room.faults = [];
    const after = enter(tess, { unsent });
    await vi.waitFor(() =>
      expect(after.getView()).toMatchObject({ pending: 0, connection: { kind: 'live' } }),
    );
    await inStep(after);
    expect(texts(after)).toEqual(['arrived, but nobody knows', 'never left']);
    expect(room.log.filter((event) => event.type === 'chat.sent')).toHaveLength(2);
    expect(room.log.filter((event) => event.type === 'board.changed')).toHaveLength(2);
  });

  test('what the room does not take any more after a reload is told, and chat says so by itself', async () => {
    const payload = { boardId: BOARD, layer: 'shared', put: [], removed: ['shape:a'], stroke: null };
    const kept: Command[] = [
      { id: 'one', type: 'board.change', payload },
      { id: 'two', type: 'chat.send', payload: { text: 'late', to: null } },
    ];
    room.append({ type: 'lesson.ended', actor: null, payload: { lessonId: ROOM, reason: 'ended' } });
    const refused: unknown[] = [];
    const log = enter(sam, {
      unsent: { keep: () => undefined, take: () => kept.splice(0) },
      onRefused: (refusal) => refused.push(refusal),
    });
    await vi.waitFor(() => expect(log.getView().chat.messages).toMatchObject([{ status: 'failed' }]));
    expect(refused).toEqual([{ type: 'board.change', code: 'LESSON_NOT_LIVE' }]);
  });

  test('a refused message is shown as failed until it is dismissed', async () => {
    room.append({ type: 'lesson.ended', actor: null, payload: { lessonId: ROOM, reason: 'ended' } });
    const log = enter(sam);
    const answer = await log.send(say('hello?'));
    expect(answer).toMatchObject({ ok: false, code: 'LESSON_NOT_LIVE' });
    expect(log.getView().chat.messages).toMatchObject([{ text: 'hello?', status: 'failed' }]);
    log.dismissMessage(answer.id);
    expect(texts(log)).toEqual([]);
  });

  test('a raised hand is seen by its owner at once, and a refused wish never', async () => {
    const log = enter(sam);
    await live(log);
    room.away = true;
    void log.send({ type: 'hand.raise', payload: {} });
    expect(log.getView().head.people[sam.id]?.handRaisedAt).not.toBeNull();
    void log.send({ type: 'stage.show', payload: { stage: { kind: 'board', boardId: BOARD } } });
    expect(log.getView().head.stage).toEqual({ kind: 'empty' });
    room.away = false;
    await vi.waitFor(() => expect(log.getView().pending).toBe(0));
    await inStep(log);
  });
});

test('the part of the page that a presenter moves to stays in their sight while the network is slow or away', async () => {
  room.append({ type: 'stage.shown', actor: tess.id, payload: { stage: { kind: 'board', boardId: BOARD } } });
  const log = enter(tess);
  await live(log);
  room.away = true;
  const move = (x: number) =>
    log.send({ type: 'viewport.move', payload: { viewport: { x, y: 0, width: 0.5, height: 0.5 } } });
  const moves = [move(0.1), move(0.2)];
  expect(log.getView().head.viewport).toMatchObject({ x: 0.2 });
  room.away = false;
  await Promise.all(moves);
  await inStep(log);
  expect(log.getView().head.viewport).toMatchObject({ x: 0.2 });
});

describe('before the room knows somebody', () => {
  const lena: Actor = { id: '00000000-0000-4000-8000-000000000003', name: 'Lena', role: 'student' };
  const arrive = () =>
    room.append({
      type: 'person.connected',
      actor: null,
      payload: {
        participantId: lena.id,
        name: lena.name,
        role: lena.role,
        connectionId: lena.id,
        device: 'computer',
      },
    });

  test('a hand that is raised waits for that, and what does not take it goes at once', async () => {
    const log = enter(lena);
    const raised = log.send({ type: 'hand.raise', payload: {} });
    expect(await log.send(say('hello'))).toMatchObject({ ok: true });
    expect(room.sent.map((command) => command.type)).toEqual(['chat.send']);
    expect(log.getView().pending).toBe(1);
    arrive();
    expect(await raised).toMatchObject({ ok: true });
    await inStep(log);
    expect(log.getView().head.people[lena.id]?.handRaisedAt).not.toBeNull();
  });

  test('a log that is closed meanwhile answers with a refusal', async () => {
    const log = enter(lena);
    const raised = log.send({ type: 'hand.raise', payload: {} });
    log.close();
    expect(await raised).toMatchObject({ ok: false });
    expect(room.sent).toEqual([]);
  });
});

describe('the stream', () => {
  test('T1.2: a gap is filled by resuming from where the tab stands', async () => {
    const log = enter(sam);
    await live(log);
    const before = room.streams;
    const from = room.state.seq + 5;
    room.say({ kind: 'frame', frame: { from, to: from, at: 1, events: [] } });
    await vi.waitFor(() => expect(room.streams).toBe(before + 1));
    room.append({ type: 'chat.sent', actor: tess.id, payload: { text: 'hi', authorName: 'Tess', to: null } });
    await inStep(log);
    expect(texts(log)).toEqual(['hi']);
  });

  test('T3: a frame that comes twice is applied once', async () => {
    const log = enter(sam);
    await live(log);
    const heard: number[] = [];
    log.onEvent((event) => heard.push(event.seq));
    room.append({ type: 'chat.sent', actor: tess.id, payload: { text: 'hi', authorName: 'Tess', to: null } });
    await inStep(log);
    const last = room.log.at(-1);
    if (!last) throw new Error('nothing was logged');
    room.say({ kind: 'frame', frame: { from: last.seq, to: last.seq, at: last.at, events: [last] } });
    room.append({ type: 'hand.raised', actor: sam.id, payload: { participantId: sam.id } });
    await inStep(log);
    expect(heard).toEqual([last.seq, last.seq + 1]);
  });

  test('T4.2: a stream that falls silent is opened anew', async () => {
    const log = enter(sam, { silenceMs: 30 });
    await vi.waitFor(() => expect(room.streams).toBeGreaterThan(2));
    expect(['live', 'reconnecting']).toContain(log.getView().connection.kind);
  });

  test.each([
    [403, 'REMOVED', 'removed'],
    [404, 'NOT_FOUND', 'not-found'],
    [410, 'LESSON_ENDED', 'lesson-ended'],
  ])('%i %s closes it for good', async (status, code, reason) => {
    room.refusal = { status, code };
    const log = enter(sam);
    await vi.waitFor(() => expect(log.getView().connection).toEqual({ kind: 'closed', reason }));
    expect(await log.send(say('x'))).toMatchObject({ ok: false });
  });

  test("a proxy's 502 is not the room's word: it is tried again", async () => {
    room.refusal = { status: 502, code: 'BAD_GATEWAY' };
    const log = enter(sam);
    await vi.waitFor(() => expect(log.getView().connection.kind).toBe('reconnecting'));
    room.refusal = null;
    await live(log);
  });

  test('T7.1: a tab that is asked to reconnect opens its stream anew, and nobody sees it', async () => {
    const log = enter(tess);
    await live(log);
    const seen = new Set<string>();
    log.subscribe(() => seen.add(log.getView().connection.kind));
    room.say({ kind: 'reconnect', withinMs: 0 });
    room.append({ type: 'page.turned', actor: tess.id, payload: { documentId: 'none', page: 2 } });
    await vi.waitFor(() => expect(room.streams).toBe(2));
    await inStep(log);
    expect([...seen]).toEqual(['live']);
  });

  test('L5.1: a tab of the build before goes on when the log holds what it does not know', async () => {
    const log = enter(tess);
    await live(log);
    const later = { type: 'poll.opened', payload: { question: '?' }, actor: tess.id };
    room.append(later as unknown as Parameters<typeof room.append>[0]);
    expect(await log.send(say('still here'))).toMatchObject({ ok: true });
    await inStep(log);
    expect(Object.keys(log.getView().head.people)).toHaveLength(2);
    expect(texts(log)).toEqual(['still here']);
    expect(room.streams).toBe(1);
  });

  test('a page that is shown again out of the cache of the browser opens its stream anew', async () => {
    const window = new EventTarget();
    vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
    vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
    const log = enter(tess);
    await live(log);
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await vi.waitFor(() => expect(room.streams).toBe(2));
    await live(log);
  });

  test('C6: a tab says that it is there at every third ping', async () => {
    const confirmed: string[] = [];
    const transport = { ...room.transportOf(tess), confirm: (id: string) => void confirmed.push(id) };
    const myself = { name: tess.name, role: tess.role };
    const log = createRoomLog({ me: tess.id, myself, ...room.picture(tess) }, transport);
    logs.push(log);
    log.connect();
    await live(log);
    for (let ping = 1; ping <= 7; ping += 1) room.say({ kind: 'ping', serverNow: ping });
    await vi.waitFor(() => expect(confirmed).toEqual(['one', 'one']));
  });

  test('a message that was taken has its place in the log before the stream brings it', async () => {
    const log = enter(sam);
    await live(log);
    room.mute = true;
    const answer = await log.send(say('mine'));
    expect(answer).toMatchObject({ ok: true });
    expect(log.getView().chat.messages).toMatchObject([
      { text: 'mine', status: 'sent', seq: room.state.seq },
    ]);
  });

  test('T2.2: a message of this tab that lies further back than a snapshot goes is shown once', async () => {
    const log = enter(sam);
    await live(log);
    room.mute = true;
    room.faults = ['lost-answer', ...Array.from({ length: 1000 }, () => 'lost-request' as const)];
    const answer = log.send(say('mine'));
    await vi.waitFor(() => expect(room.sent).toHaveLength(1));
    for (let index = 0; index < 12; index += 1) {
      const payload = { text: `m${index}`, authorName: 'T', to: null };
      room.append({ type: 'chat.sent', actor: tess.id, payload });
    }
    room.say({ kind: 'snapshot', snapshot: room.picture(sam) });
    room.faults = [];
    await answer;
    await inStep(log);
    expect(texts(log)).toEqual(Array.from({ length: 10 }, (_, index) => `m${index + 2}`));
    await log.loadOlderChat();
    expect(texts(log)).toEqual(['mine', ...Array.from({ length: 12 }, (_, index) => `m${index}`)]);
  });

  test('older messages come a page at a time', async () => {
    for (let index = 0; index < 25; index += 1) {
      room.append({
        type: 'chat.sent',
        actor: tess.id,
        payload: { text: `m${index}`, authorName: 'T', to: null },
      });
    }
    const log = enter(sam);
    expect(texts(log)[0]).toBe('m15');
    await log.loadOlderChat();
    await log.loadOlderChat();
    expect(texts(log)).toEqual(Array.from({ length: 25 }, (_, index) => `m${index}`));
    expect(log.getView().chat.hasOlder).toBe(false);
  });
});

describe('boards', () => {
  test('a board is loaded, then follows the log, and knows its own changes', async () => {
    const log = enter(tess);
    await log.send(put('shape:a'));
    const changes: BoardChange[] = [];
    const feed = log.board(BOARD, 'shared');
    const records = await feed.open((change) => changes.push(change));
    expect(records.map((record) => record.id)).toEqual(['shape:a']);
    await log.send(put('shape:b'));
    const payload = { boardId: BOARD, layer: 'shared', put: [], removed: ['shape:a'], stroke: null };
    room.append({ type: 'board.changed', actor: sam.id, payload });
    await vi.waitFor(() => expect(changes).toHaveLength(2));
    expect(changes).toMatchObject([
      { put: [{ id: 'shape:b' }], own: true },
      { removed: ['shape:a'], own: false, actor: sam.id },
    ]);
    feed.close();
    await log.send(put('shape:c'));
    await inStep(log);
    expect(changes).toHaveLength(2);
  });

  test('B4: a stroke is packed on its way and in the log, and whole where it is shown', async () => {
    const log = enter(tess);
    const points = [
      { x: 0, y: 0, z: 0.5 },
      { x: 3.25, y: -4, z: 0.5 },
    ];
    const before = strokeRecord('shape:a', { x: 1, y: 2 }, points);
    const after = strokeRecord('shape:b', { x: 1, y: 2 }, points);
    const draw = (record: BoardRecord): CommandBody => ({
      type: 'board.change',
      payload: { boardId: BOARD, layer: 'shared', put: [record], removed: [], stroke: null },
    });
    await log.send(draw(before));
    const changes: BoardChange[] = [];
    expect(await log.board(BOARD, 'shared').open((change) => changes.push(change))).toEqual([before]);
    await log.send(draw(after));
    await vi.waitFor(() => expect(changes).toHaveLength(1));
    expect(changes[0]?.put).toEqual([after]);
    const kept = room.log.flatMap((event) => (event.type === 'board.changed' ? event.payload.put : []));
    expect(kept).toEqual([packRecord(before), packRecord(after)]);
    expect(kept).not.toEqual([before, after]);
  });

  test('a board that was loaded ahead is opened with what was drawn meanwhile, without being asked for again', async () => {
    const log = enter(tess);
    await log.send(put('shape:a'));
    expect(await log.boardAhead(BOARD, 'shared')).toBe(true);
    await log.send(put('shape:b'));
    await inStep(log);
    room.boardsLoaded = 0;
    const changes: BoardChange[] = [];
    const records = await log.board(BOARD, 'shared').open((change) => changes.push(change));
    expect(records.map((record) => record.id)).toEqual(['shape:a', 'shape:b']);
    expect(room.boardsLoaded).toBe(0);
    await log.send(put('shape:c'));
    await vi.waitFor(() => expect(changes).toHaveLength(1));
    await log.board(BOARD, 'shared').open(() => undefined);
    expect(room.boardsLoaded).toBe(1);
  });

  test('a board that is not shown any more is not asked for again', async () => {
    const log = enter(tess);
    room.away = true;
    const feed = log.board(BOARD, 'shared');
    void feed.open(() => undefined);
    await vi.waitFor(() => expect(room.requests).toBeGreaterThan(2));
    feed.close();
    const asked = room.requests;
    const answer = log.send(say('later'));
    room.away = false;
    await answer;
    await inStep(log);
    expect(room.boardsLoaded).toBe(0);
    expect(room.requests).toBeLessThanOrEqual(asked + 3);
  });

  test('T2.2: after a snapshot the board is loaded anew', async () => {
    const log = enter(tess);
    await live(log);
    const shown = new Map<string, unknown>();
    const feed = log.board(BOARD, 'shared');
    await feed.open((change) => {
      for (const id of change.removed) shown.delete(id);
      for (const record of change.put) shown.set(record.id, record);
    });
    room.backlog = 0;
    room.cut();
    room.append(drawn('shape:z'));
    await vi.waitFor(() => expect([...shown.keys()]).toEqual(['shape:z']));
  });

  test('B3: what is drawn while a board is being loaded is on it, once', async () => {
    const { board, ...transport } = room.transportOf(tess);
    const log = enter(tess, {
      transport: {
        ...transport,
        board: async (...which) => {
          const loaded = await board(...which);
          room.append(drawn('shape:late'));
          await inStep(log);
          return loaded;
        },
      },
    });
    await live(log);
    room.append(drawn('shape:early'));
    const records = await log.board(BOARD, 'shared').open(() => undefined);
    expect(records.map(({ id }) => id)).toEqual(['shape:early', 'shape:late']);
  });
});

test('whatever the network does, each command happens once and the tab ends where the room does', async () => {
  const fault = fc.constantFrom<Fault>('none', 'lost-request', 'lost-answer');
  const step = fc.constantFrom('say', 'hand', 'cut', 'other');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fault), { maxLength: 25 }), async (steps) => {
      const log = enter(sam);
      const answers: Promise<unknown>[] = [];
      const said: string[] = [];
      for (const [what, next] of steps) {
        room.faults.push(next);
        if (what === 'say') {
          said.push(`m${nextId}`);
          answers.push(log.send(say(`m${nextId}`)));
        }
        if (what === 'hand') answers.push(log.send({ type: 'hand.raise', payload: {} }));
        if (what === 'cut') room.cut();
        if (what === 'other') {
          room.append({ type: 'hand.lowered', actor: sam.id, payload: { participantId: sam.id } });
        }
        await Promise.resolve();
      }
      await Promise.all(answers);
      await inStep(log);
      const logged = room.log.flatMap((event) => (event.type === 'chat.sent' ? [event.payload.text] : []));
      expect(logged.slice(logged.length - said.length)).toEqual(said);
      log.close();
    }),
    { numRuns: 30 },
  );
}, 60_000);

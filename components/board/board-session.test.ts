import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BoardChange } from '@/components/room-log/types';
import type { BoardRecord } from '@/room/boards';
import type { CommandBody, CommandResult } from '@/room/commands';
import { strokeRecord } from '@/room/stroke-fixture';
import type { StrokeTiming } from './board-outbox';
import { BoardSession, MARKED_MS } from './board-session';
import { StrokeClock } from './stroke-clock';

type Payload = Extract<CommandBody, { type: 'board.change' }>['payload'];
type Answer = 'ok' | 'NOT_ALLOWED' | 'TOO_MANY_REQUESTS' | { refusedRecords: string[] };

type Written = { put: readonly BoardRecord[]; removed: readonly string[]; by: Feed | null };
/** A session's stream. What is written while it lags comes to it later. */
type Feed = { onChange: (change: BoardChange) => void; seq: number; known: Set<string>; lags: boolean };
type Waiting = {
  payload: Payload;
  by: Feed;
  resolve: (result: CommandResult) => void;
  /** The room has decided it; the answer is on its way. */
  result?: CommandResult;
};

/** A room's board in memory: takes changes in order, answers when it is told to, and tells every session. */
class Room {
  readonly records = new Map<string, BoardRecord>();
  readonly waiting: Waiting[] = [];
  readonly #written: Written[] = [];
  readonly #feeds = new Set<Feed>();
  readonly sent: Payload[] = [];

  /** @param loaded  until then the board is being loaded */
  log(loaded: Promise<unknown> = Promise.resolve()) {
    const mine: Feed = { onChange: () => undefined, seq: 0, known: new Set(), lags: false };
    return {
      feed: mine,
      board: () => ({
        open: async (onChange: (change: BoardChange) => void) => {
          mine.onChange = onChange;
          await loaded;
          mine.seq = this.#written.length;
          mine.known = new Set(this.records.keys());
          this.#feeds.add(mine);
          return [...this.records.values()];
        },
        get seq() {
          return mine.seq;
        },
        close: () => void this.#feeds.delete(mine),
      }),
      send: (body: CommandBody) => {
        if (body.type !== 'board.change') throw new Error('not a board change');
        this.sent.push(body.payload);
        return new Promise<CommandResult>((resolve) => {
          this.waiting.push({ payload: body.payload, by: mine, resolve });
        });
      },
    };
  }

  /** Decides the oldest command that is not decided yet. */
  take(answer: Answer = 'ok'): void {
    const next = this.waiting.find((one) => !one.result);
    if (!next) return;
    if (answer === 'NOT_ALLOWED' || answer === 'TOO_MANY_REQUESTS') {
      next.result = { ok: false, id: 'x', code: answer, retryAfterMs: 50 };
    } else {
      const refusedRecords = answer === 'ok' ? [] : answer.refusedRecords;
      const put = (next.payload.put as BoardRecord[]).filter(({ id }) => !refusedRecords.includes(id));
      this.apply(put, next.payload.removed, next.by);
      next.result = { ok: true, id: 'x', seqs: [this.#written.length], refusedRecords };
    }
  }

  /** Answers the oldest command. */
  async answer(answer: Answer = 'ok'): Promise<void> {
    if (!this.waiting[0]?.result) this.take(answer);
    const next = this.waiting.shift();
    if (next?.result) next.resolve(next.result);
    await vi.advanceTimersByTimeAsync(0);
  }

  apply(put: readonly BoardRecord[], removed: readonly string[], by: Feed | null = null) {
    for (const id of removed) this.records.delete(id);
    for (const record of put) this.records.set(record.id, record);
    this.#written.push({ put, removed, by });
    for (const feed of this.#feeds) if (!feed.lags) this.tell(feed);
  }

  /** Everything that a stream has not brought yet. */
  tell(feed: Feed): void {
    feed.lags = false;
    for (const { put, removed, by } of this.#written.slice(feed.seq)) {
      feed.seq += 1;
      for (const id of removed) feed.known.delete(id);
      for (const { id } of put) feed.known.add(id);
      feed.onChange({ put, removed, actor: 'somebody', own: by === feed });
    }
  }

  /** The way from where a stream stood was too long: the board is loaded anew. */
  reload(feed: Feed): void {
    feed.lags = false;
    feed.seq = this.#written.length;
    const put = [...this.records.values()];
    const removed = [...feed.known].filter((id) => !this.records.has(id));
    feed.known = new Set(this.records.keys());
    feed.onChange({ put, removed, actor: null, own: false });
  }
}

function record(id: string, x = 0): BoardRecord {
  return { id: `shape:${id}`, typeName: 'shape', type: 'geo', x };
}

/** What a person sees: a display that keeps what it is shown. */
function watch(session: BoardSession) {
  const shown = new Map<string, BoardRecord>();
  const marked: string[] = [];
  session.attach({
    show(put, removed) {
      for (const id of removed) shown.delete(id);
      for (const one of put) shown.set(one.id, one);
    },
    mark: (ids) => void marked.push(...ids),
    isSettled: () => true,
  });
  const edit = (put: BoardRecord[], removed: string[] = []) => {
    for (const id of removed) shown.delete(id);
    for (const one of put) shown.set(one.id, one);
    session.change(put, removed, 'now');
  };
  return { shown, marked, edit };
}

type Person = ReturnType<typeof watch> & { feed: Feed };

let room: Room;
let refusals: string[];
function open(
  timingOf: (record: BoardRecord) => StrokeTiming | null = () => null,
  log = room.log(),
  forgetTiming: (record: BoardRecord) => void = () => undefined,
) {
  const session = new BoardSession({
    log,
    boardId: 'board:1',
    layer: 'shared',
    now: () => Date.now(),
    timingOf,
    forgetTiming,
    onRefused: (code) => refusals.push(code),
  });
  return session;
}

beforeEach(() => {
  vi.useFakeTimers();
  room = new Room();
  refusals = [];
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a board in a tab', () => {
  it('shows what is there and what others add', async () => {
    room.apply([record('a')], []);
    const session = open();
    const { shown } = watch(session);
    await session.open();
    room.apply([record('b')], []);
    room.apply([], ['shape:a']);
    expect([...shown.keys()]).toEqual(['shape:b']);
  });

  it('counts what is not in the log yet, and gives it all to the log when the page goes', async () => {
    const session = open();
    const { edit } = watch(session);
    await session.open();
    expect(session.unsent).toBeNull();
    edit([record('a')]);
    edit([record('b'), { ...record('c'), id: 'binding:c' }]);
    edit([record('b')]);
    expect(session.unsent).toEqual({ records: 2, flight: 1 });
    expect(room.sent).toHaveLength(1);
    session.handOver();
    expect(room.sent).toHaveLength(2);
    await room.answer();
    await room.answer();
    expect(session.unsent).toBeNull();
  });

  it('sends what is done here once, and shows its echo only once', async () => {
    const session = open();
    const { shown, edit } = watch(session);
    await session.open();
    edit([record('a')]);
    expect(room.sent).toHaveLength(1);
    await room.answer();
    await vi.advanceTimersByTimeAsync(5000);
    expect(room.sent).toHaveLength(1);
    expect([...shown.values()]).toEqual([record('a')]);
  });

  it('sends many changes of one record as the last of them', async () => {
    const session = open();
    await session.open();
    for (let x = 0; x < 10; x++) session.change([record('a', x)], [], 'soon');
    expect(room.sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(room.sent.map(({ put }) => put)).toEqual([[record('a', 9)]]);
  });

  it('keeps its own change over an older one of somebody else’s', async () => {
    const session = open();
    const { shown, edit } = watch(session);
    await session.open();
    edit([record('a', 1)]);
    room.apply([record('a', 2)], []);
    expect(shown.get('shape:a')?.x).toBe(1);
    await room.answer();
    expect(shown.get('shape:a')?.x).toBe(1);
    expect(room.records.get('shape:a')?.x).toBe(1);
  });

  it('marks what was refused, then puts back what the log has', async () => {
    room.apply([record('a', 1)], []);
    const session = open();
    const { shown, marked, edit } = watch(session);
    await session.open();
    edit([record('a', 9), record('new')]);
    await room.answer('NOT_ALLOWED');
    expect(refusals).toEqual(['NOT_ALLOWED']);
    expect(marked).toEqual(['shape:a', 'shape:new']);
    expect(shown.has('shape:new')).toBe(true);
    await vi.advanceTimersByTimeAsync(MARKED_MS);
    expect([...shown.values()]).toEqual([record('a', 1)]);
  });

  it('gives up a refused record alone, not what came with it', async () => {
    const session = open();
    const { shown, edit } = watch(session);
    await session.open();
    edit([record('good'), record('bad')]);
    await room.answer({ refusedRecords: ['shape:bad'] });
    await vi.advanceTimersByTimeAsync(MARKED_MS);
    expect([...shown.keys()]).toEqual(['shape:good']);
  });

  it('tries again after a limit, without a word', async () => {
    const session = open();
    const { edit } = watch(session);
    await session.open();
    edit([record('a')]);
    await room.answer('TOO_MANY_REQUESTS');
    await vi.advanceTimersByTimeAsync(60);
    await room.answer();
    expect(refusals).toEqual([]);
    expect(room.records.has('shape:a')).toBe(true);
  });

  it('does not bring back what somebody else took away', async () => {
    const session = open();
    const { shown, edit } = watch(session);
    await session.open();
    edit([record('a')]);
    await room.answer();
    room.apply([], ['shape:a']);
    edit([record('a', 5)]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(room.sent).toHaveLength(1);
    expect(shown.size).toBe(0);
    // Its own removal may be undone.
    edit([record('b')]);
    await room.answer();
    edit([], ['shape:b']);
    await room.answer();
    edit([record('b')]);
    await room.answer();
    expect(room.records.has('shape:b')).toBe(true);
  });

  it('without the right to draw puts back what changes, and sends nothing', async () => {
    room.apply([record('a', 1)], []);
    const session = open();
    const { shown, edit } = watch(session);
    await session.open();
    session.setAllowed(false);
    edit([record('a', 2), record('b')]);
    expect([...shown.values()]).toEqual([record('a', 1)]);
    expect(room.sent).toHaveLength(0);
  });

  it('sends the last stroke when the page is turned, also behind one that is under way', async () => {
    const session = open();
    await session.open();
    session.change([record('a')], [], 'now');
    session.change([record('b')], [], 'partOfStroke');
    session.close();
    await room.answer();
    await room.answer();
    expect([...room.records.keys()]).toEqual(['shape:a', 'shape:b']);
  });

  it('L9: sends each stroke with its own timing', async () => {
    const timing = (one: BoardRecord) => ({ shapeId: one.id, startedMsAgo: 5, offsets: [0] });
    const session = open(timing);
    await session.open();
    session.change([record('a'), record('b')], [], 'now');
    await room.answer();
    await room.answer();
    expect(room.sent.map(({ stroke, put }) => [stroke?.shapeId, put.map(({ id }) => id)])).toEqual([
      ['shape:a', ['shape:a']],
      ['shape:b', ['shape:b']],
    ]);
  });

  it('L9: strokes that wait for one that is under way keep their timing', async () => {
    const clock = new StrokeClock();
    const session = open(
      (one) => clock.timingOf(one, Date.now()),
      room.log(),
      (one) => clock.forget(one),
    );
    await session.open();
    for (const name of ['a', 'b', 'c', 'd']) {
      const stroke = strokeRecord(`shape:${name}`, { x: 0, y: 0 }, [{ x: 0, y: 0, z: 0.5 }]);
      clock.note(stroke, Date.now());
      session.change([stroke], [], 'now');
    }
    while (room.waiting.length > 0) await room.answer();
    expect(room.sent.map(({ stroke }) => stroke?.shapeId)).toEqual([
      'shape:a',
      'shape:b',
      'shape:c',
      'shape:d',
    ]);
    // Moving one is no drawing of it.
    session.change([{ ...strokeRecord('shape:a', { x: 9, y: 0 }, [{ x: 0, y: 0, z: 0.5 }]) }], [], 'now');
    expect(room.sent.at(-1)?.stroke).toBeNull();
  });

  it('sends what was drawn while the network was away all at once when it is back', async () => {
    const timing = (one: BoardRecord) => ({ shapeId: one.id, startedMsAgo: 5, offsets: [0] });
    const session = open(timing);
    await session.open();
    for (let i = 0; i < 30; i += 1) session.change([record(`s${i}`)], [], 'now');
    expect(room.sent).toHaveLength(1);
    await room.answer();
    expect(room.sent).toHaveLength(30);
  });

  it('gives all that waits to the log when the page is turned, which keeps it over a reload', async () => {
    const session = open();
    await session.open();
    for (const name of ['a', 'b', 'c']) session.change([record(name)], [], 'now');
    expect(room.sent).toHaveLength(1);
    session.close();
    expect(room.sent.flatMap(({ put }) => put)).toEqual([record('a'), record('b'), record('c')]);
  });

  it('goes on when a page that seemed to go is shown again: what was handed over is still its own', async () => {
    const session = open();
    const { shown, edit } = watch(session);
    await session.open();
    edit([record('a')]);
    edit([record('b')]);
    session.handOver();
    await room.answer();
    expect(session.unsent).toMatchObject({ records: 1 });
    edit([], ['shape:b']);
    while (room.waiting.length > 0) await room.answer();
    expect([...shown.keys()]).toEqual(['shape:a']);
    expect([...room.records.keys()]).toEqual(['shape:a']);
  });

  it('sends a change also when its timer comes a moment early', async () => {
    let late = 0.4;
    const session = new BoardSession({
      log: room.log(),
      boardId: 'board:1',
      layer: 'shared',
      now: () => Date.now() + late,
      timingOf: () => null,
      forgetTiming: () => undefined,
      onRefused: () => undefined,
    });
    await session.open();
    session.change([record('a')], [], 'soon');
    late = 0;
    await vi.advanceTimersByTimeAsync(200);
    expect(room.sent).toHaveLength(1);
  });

  it('sends much at once in commands that the room takes', async () => {
    const session = open();
    await session.open();
    const text = 'x'.repeat(50_000);
    const many = Array.from({ length: 12 }, (_, i) => ({ ...record(`s${i}`), text }));
    session.change(many, [], 'now');
    while (room.waiting.length > 0) await room.answer();
    expect(Math.max(...room.sent.map((payload) => JSON.stringify(payload).length))).toBeLessThan(400_000);
    expect(room.records.size).toBe(12);
  });

  it('shows what somebody else wrote after its own change, though the answer to that comes later', async () => {
    const session = open();
    const { shown, edit } = watch(session);
    await session.open();
    edit([record('a', 1)]);
    room.take();
    room.apply([record('a', 2)], []);
    await room.answer();
    expect(shown.get('shape:a')?.x).toBe(2);
  });

  it('takes away what it drew before the board was loaded, where somebody else removed it by then', async () => {
    const loading = Promise.withResolvers<void>();
    const session = open(undefined, room.log(loading.promise));
    const { shown, edit } = watch(session);
    const opened = session.open();
    edit([record('a'), record('b')]);
    await room.answer();
    room.apply([], ['shape:a']);
    loading.resolve();
    await opened;
    expect([...shown.keys()]).toEqual(['shape:b']);
  });

  it('shows what a change puts in the place of what it takes away', async () => {
    room.apply([record('a', 1)], []);
    const session = open();
    const { shown } = watch(session);
    await session.open();
    room.apply([record('a', 2)], ['shape:a']);
    expect(shown.get('shape:a')?.x).toBe(2);
    expect(session.records()).toEqual([record('a', 2)]);
    expect(session.isEmpty()).toBe(false);
  });

  it('comes to show what the log has, whatever two people and the room do', async () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('put' as const), who: fc.nat(1), id, x: fc.nat(9) }),
      fc.record({ kind: fc.constant('remove' as const), who: fc.nat(1), id }),
      fc.record({
        kind: fc.constant('answer' as const),
        answer: fc.constantFrom<Answer>('ok', 'ok', 'NOT_ALLOWED', 'TOO_MANY_REQUESTS', {
          refusedRecords: ['shape:a'],
        }),
      }),
      fc.record({
        kind: fc.constantFrom('take' as const, 'lag' as const, 'tell' as const, 'reload' as const),
        who: fc.nat(1),
      }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(2000) }),
    );
    type Step = Exclude<typeof step extends fc.Arbitrary<infer T> ? T : never, { kind: 'answer' | 'wait' }>;
    const act = (person: Person | undefined, one: Step) => {
      if (!person) return;
      if (one.kind === 'put') person.edit([record(one.id, one.x)]);
      else if (one.kind === 'remove') person.edit([], [`shape:${one.id}`]);
      else if (one.kind === 'take') room.take();
      else if (one.kind === 'lag') person.feed.lags = true;
      else if (one.kind === 'tell') room.tell(person.feed);
      else room.reload(person.feed);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        room = new Room();
        const people = [room.log(), room.log()].map((log) => {
          const session = open(undefined, log);
          return { feed: log.feed, session, ...watch(session) };
        });
        for (const { session } of people) await session.open();
        for (const one of steps) {
          if (one.kind === 'answer') await room.answer(one.answer);
          else if (one.kind === 'wait') await vi.advanceTimersByTimeAsync(one.ms);
          else act(people[one.who], one);
        }
        for (const { feed } of people) room.tell(feed);
        for (let quiet = 0; quiet < 3; quiet++) {
          while (room.waiting.length > 0) await room.answer();
          await vi.advanceTimersByTimeAsync(5000);
        }
        for (const { shown, session } of people) {
          expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(room.records));
          expect(new Set(session.records())).toEqual(new Set(room.records.values()));
          expect(session.unsent).toBeNull();
        }
        for (const { session } of people) session.close();
      }),
      {
        numRuns: 500,
        // Found by this property: somebody else's removal between an own change on its way and an own removal behind it.
        examples: [
          [
            [
              { kind: 'put', who: 0, id: 'a', x: 0 },
              { kind: 'remove', who: 0, id: 'a' },
              { kind: 'put', who: 1, id: 'a', x: 0 },
              { kind: 'answer', answer: 'ok' },
              { kind: 'put', who: 1, id: 'a', x: 0 },
              { kind: 'answer', answer: 'ok' },
              { kind: 'remove', who: 1, id: 'a' },
            ],
          ],
        ],
      },
    );
  });
});

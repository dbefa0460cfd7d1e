import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BoardSession } from '@/components/board/board-session';
import type { BoardRecord } from '@/room/boards';
import type { Command } from '@/room/commands';
import type { Actor } from '@/room/decision';
import { createRoomLog } from './create-room-log';
import { type Fault, MemoryRoom } from './memory-room-fixture';
import type { RoomLog } from './types';
import type { UnsentStore } from './unsent-store';

const ROOM = '00000000-0000-4000-8000-000000000000';
const BOARD = 'board:00000000-0000-4000-8000-00000000000b';
const tess: Actor = { id: '00000000-0000-4000-8000-000000000001', name: 'Tess Ä数🎓', role: 'owner' };
const sam: Actor = { id: '00000000-0000-4000-8000-000000000002', name: 'Sam', role: 'presenter' };

let room: MemoryRoom;
let nextId = 0;
const logs: RoomLog[] = [];

beforeEach(() => {
  vi.stubGlobal('removeEventListener', () => undefined);
});
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
  vi.unstubAllGlobals();
});

function startLesson() {
  room = new MemoryRoom(ROOM);
  const lesson = { type: 'lesson.started' as const, actor: null, payload: { lessonId: ROOM, title: 'Ä' } };
  room.append(
    lesson,
    ...[tess, sam].map(({ id, name, role }) => ({
      type: 'person.connected' as const,
      actor: null,
      payload: { participantId: id, name, role, connectionId: id, device: 'computer' },
    })),
    { type: 'board.opened', actor: tess.id, payload: { boardId: BOARD, title: 'Sketch' } },
  );
}

/** One tab: a log, a board that is shown, and what outlives a reload. */
class Tab {
  readonly #actor: Actor;
  readonly #unsent: UnsentStore;
  #window = new EventTarget();
  log!: RoomLog;
  session!: BoardSession;
  shown = new Map<string, BoardRecord>();
  readonly refused: string[] = [];

  constructor(actor: Actor) {
    this.#actor = actor;
    let kept: Command[] = [];
    this.#unsent = {
      keep: (commands) => void (kept = JSON.parse(JSON.stringify(commands)) as Command[]),
      take: () => [...kept.splice(0)],
    };
    this.#open();
  }

  #open() {
    const { id, name, role } = this.#actor;
    const window = (this.#window = new EventTarget());
    vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
    this.log = createRoomLog(
      { me: id, myself: { name, role }, ...room.picture(this.#actor) },
      room.transportOf(this.#actor),
      {
        now: () => Date.now(),
        random: () => -0.98,
        newId: () => `command-${(nextId += 1)}`,
        unsent: this.#unsent,
      },
    );
    logs.push(this.log);
    this.log.connect();
    const { log } = this;
    const session = (this.session = new BoardSession({
      log,
      boardId: BOARD,
      layer: 'shared',
      now: () => performance.now(),
      timingOf: () => null,
      forgetTiming: () => undefined,
      onRefused: (code) => {
        if (this.log === log) this.refused.push(code);
      },
    }));
    const shown = (this.shown = new Map());
    session.attach({
      show(put, removed) {
        for (const id of removed) shown.delete(id);
        for (const record of put) shown.set(record.id, record);
      },
      mark: () => undefined,
      isSettled: () => true,
    });
    log.onHide(() => session.handOver());
    void session.open();
  }

  reload() {
    this.#window.dispatchEvent(new Event('pagehide'));
    this.log.close();
    this.session.close();
    this.#open();
  }

  say(text: string) {
    void this.log.send({ type: 'chat.send', payload: { text, to: null } });
  }

  draw(id: string, x: number) {
    const record = { id: `shape:${id}`, typeName: 'shape', type: 'geo', x };
    this.shown.set(record.id, record);
    this.session.change([record], [], 'now');
  }

  erase(id: string) {
    this.shown.delete(`shape:${id}`);
    this.session.change([], [`shape:${id}`], 'now');
  }
}

const who = fc.nat(2);
const fault = fc.constantFrom<Fault>('none', 'lost-request', 'lost-answer', 'late-answer');
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('say', 'stroke'), who, fault }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('move', 'move', 'erase'),
      who,
      id: fc.constantFrom('a', 'b'),
      fault,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(5) }) },
  fc.record({ kind: fc.constant('reload' as const), who }),
  fc.record({ kind: fc.constantFrom('cut', 'tear', 'twice', 'mute', 'away', 'back') }),
  fc.record({ kind: fc.constant('backlog' as const), events: fc.constantFrom(1, 3, 1000) }),
);

test('whatever becomes of the network and of the tabs, nothing is lost or doubled, and all tabs show what the log says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.constantFrom(1, 7, 100_000),
      async (steps, piece) => {
        startLesson();
        room.piece = piece;
        // The first two are one person's.
        const tabs = [new Tab(tess), new Tab(tess), new Tab(sam)];
        const said: string[] = [];
        const drawn: string[] = [];
        for (const one of steps) {
          const tab = 'who' in one ? tabs[one.who] : undefined;
          if ('fault' in one) room.faults.push(one.fault);
          if (one.kind === 'say') tab?.say(said[said.push(`grüß dich 数🎓 ${(nextId += 1)}`) - 1] ?? '');
          if (one.kind === 'stroke') tab?.draw(drawn[drawn.push(`stroke-${(nextId += 1)}`) - 1] ?? '', 0);
          if (one.kind === 'move') tab?.draw(one.id, (nextId += 1));
          if (one.kind === 'erase') tab?.erase(one.id);
          if (one.kind === 'reload') tab?.reload();
          if (one.kind === 'cut') room.cut();
          if (one.kind === 'tear') room.torn = true;
          if (one.kind === 'twice') room.twice = !room.twice;
          if (one.kind === 'mute') room.mute = true;
          if (one.kind === 'away') room.away = true;
          if (one.kind === 'back') room.away = false;
          if (one.kind === 'backlog') room.backlog = one.events;
          if (one.kind === 'wait') await new Promise((resolve) => setTimeout(resolve, one.ms));
        }
        Object.assign(room, { away: false, mute: false, torn: false, faults: [] });
        room.cut();
        await vi.waitFor(
          () => {
            for (const { log, session } of tabs) {
              expect(log.getView()).toMatchObject({ connection: { kind: 'live' }, pending: 0 });
              expect(session.unsent).toBeNull();
              expect(log.getView().head).toEqual(room.state);
            }
          },
          { timeout: 5000, interval: 2 },
        );
        const logged = room.log.flatMap((event) => (event.type === 'chat.sent' ? [event.payload.text] : []));
        expect(logged.toSorted()).toEqual(said.toSorted());
        const board = await room.transportOf(tess).board(BOARD, 'shared');
        for (const id of drawn) expect(board.records.map((record) => record.id)).toContain(`shape:${id}`);
        for (const { log, session, shown, refused } of tabs) {
          expect(refused).toEqual([]);
          const texts = log.getView().chat.messages.map(({ text }) => text);
          expect(texts).toEqual(logged.slice(logged.length - texts.length));
          await vi.waitFor(() => {
            expect(Object.fromEntries(shown)).toEqual(
              Object.fromEntries(board.records.map((r) => [r.id, r])),
            );
            expect(new Set(session.records())).toEqual(new Set(board.records));
          });
          session.close();
          log.close();
        }
      },
    ),
    { numRuns: 80 },
  );
}, 120_000);

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply, applyAll, initialState, skipTo } from './apply';
import { type BoardRecord, foldBoard } from './boards';
import { commandBody, type SystemCommandBody } from './commands';
import { commands, PEOPLE, Run, type Step, steps, systemCommands, UNDER_WAY } from './core-fixture';
import { decideSystem } from './decide-system';
import type { EventType, RoomEvent } from './events';
import { applyFrame } from './frames';
import type { RoomState } from './state';
import { visible, visibleEvent } from './visible';

// What the core is given here is worse than what reaches it: ids that are names of Object's own, numbers that are none,
// records of which only the outermost shape is checked.

const name = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'shared');
const known = fc.constantFrom(...PEOPLE.map((person) => person.id));
const id = fc.oneof(name, known, fc.string());
const text = fc.oneof(name, fc.string({ unit: 'binary' }));
const number = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, Number.MAX_SAFE_INTEGER),
);
const rights = fc.record({ draw: fc.boolean(), microphone: fc.boolean(), camera: fc.boolean() });
const record = fc
  .record({ rest: fc.dictionary(text, fc.anything()), id, typeName: text, parentId: fc.anything() })
  .map(({ rest, ...fixed }) => ({ ...rest, ...fixed }));
const stage = fc.oneof(
  fc.record({ kind: fc.constantFrom('empty', 'document'), documentId: id }),
  fc.record({ kind: fc.constant('board'), boardId: id }),
  fc.record({ kind: fc.constant('screen'), participantId: id }),
);
const viewport = fc.record({ x: number, y: number, width: number, height: number });
const item = fc.record({ id, title: text, source: fc.record({ kind: text, documentId: id, url: text }) });
const stroke = fc.record({ shapeId: id, startedAt: number, offsets: fc.array(number) });

const payloads = {
  'lesson.started': fc.record({ lessonId: id, title: text }),
  'lesson.ended': fc.record({ lessonId: id, reason: text }),
  'person.connected': fc.record({
    participantId: id,
    name: text,
    role: fc.constantFrom(...PEOPLE.map((person) => person.role)),
    connectionId: id,
    device: text,
  }),
  'person.disconnected': fc.record({ participantId: id, connectionId: id, reason: text }),
  'person.removed': fc.record({ participantId: id }),
  'person.readmitted': fc.record({ participantId: id }),
  'person.muted': fc.record({ participantId: id, source: text }),
  'rights.changed': fc.record({ participantId: id, rights: fc.option(rights) }),
  'defaults.changed': fc.record({ rights }),
  'looking.changed': fc.record({ allowed: fc.boolean() }),
  'hand.raised': fc.record({ participantId: id }),
  'hand.lowered': fc.record({ participantId: id }),
  'document.opened': fc.record({ documentId: id, title: text, pageCount: number }),
  'document.closed': fc.record({ documentId: id }),
  'board.opened': fc.record({ boardId: id, title: text }),
  'board.closed': fc.record({ boardId: id, title: text }),
  'stage.shown': fc.record({ stage }),
  'page.turned': fc.record({ documentId: id, page: number }),
  'document.replaced': fc.record({ documentId: id, pageCount: number, version: number }),
  'document.rotated': fc.record({ documentId: id, rotation: fc.constantFrom(0, 90, 180, 270) }),
  'viewport.moved': fc.record({ viewport: fc.option(viewport) }),
  'media.loaded': fc.record({ item, generation: number, positionMs: number, paused: fc.boolean() }),
  'media.changed': fc.record({
    generation: number,
    positionMs: fc.option(number),
    rate: fc.option(number),
    paused: fc.option(fc.boolean()),
  }),
  'media.measured': fc.record({ generation: number, durationMs: number }),
  'media.stopped': fc.record({ generation: number }),
  'media.queued': fc.record({ item }),
  'media.unqueued': fc.record({ itemId: id }),
  'board.changed': fc.record({
    boardId: id,
    layer: id,
    put: fc.array(record, { maxLength: 5 }),
    removed: fc.array(id, { maxLength: 5 }),
    stroke: fc.option(stroke),
  }),
  'layers.changed': fc.record({ tab: id, copies: fc.constantFrom('open', 'kept') }),
  'layer.revealed': fc.record({ boardId: id, participantId: fc.option(id) }),
  'laser.moved': fc.record({ boardId: id, samples: fc.array(fc.tuple(number, number, number)) }),
  'door.changed': fc.record({ asks: fc.boolean(), locked: fc.boolean() }),
  'door.knocked': fc.record({ participantId: id, name: text }),
  'door.answered': fc.record({ participantId: id, admitted: fc.boolean() }),
  'door.left': fc.record({ participantId: id }),
  'chat.sent': fc.record({ text, authorName: text, to: fc.option(id) }),
} satisfies Record<EventType, fc.Arbitrary<unknown>>;

const audience = fc.oneof(
  fc.constant('everyone'),
  fc.record({ staff: fc.boolean(), participants: fc.array(id, { maxLength: 3 }) }),
);
const events = fc.array(
  fc.oneof(
    ...Object.entries(payloads).map(([type, payload]) =>
      fc.record({
        type: fc.constant(type),
        payload,
        at: number,
        actor: fc.option(id),
        commandId: fc.option(id),
        audience,
      }),
    ),
  ),
  { maxLength: 60 },
) as unknown as fc.Arbitrary<Omit<RoomEvent, 'seq'>[]>;

function numbered(list: readonly Omit<RoomEvent, 'seq'>[]): RoomEvent[] {
  return list.map((event, index) => ({ ...event, seq: index + 1 }) as RoomEvent);
}

describe('whatever comes', () => {
  test('L5.1: apply takes it, leaves what it was given as it was, and adds nothing to Object', () => {
    fc.assert(
      fc.property(events, (list) => {
        let state = initialState('room');
        for (const event of numbered(list)) {
          const before = structuredClone(state);
          const next = apply(state, event);
          expect(state).toEqual(before);
          expect(next.seq).toBe(event.seq);
          state = next;
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
        for (const person of Object.values(state.people))
          expect(Array.isArray(person.connections)).toBe(true);
      }),
    );
  });

  test('L5.1: an event of a type that only a later build knows changes the seq and the time, and nothing else', () => {
    fc.assert(
      fc.property(events, fc.oneof(name, fc.string()), payloads['chat.sent'], (list, type, payload) => {
        fc.pre(!Object.hasOwn(payloads, type));
        const state = applyAll(initialState('room'), numbered(list));
        const later = { seq: state.seq + 1, at: 7, type, payload, actor: null, commandId: null };
        const event = { ...later, audience: 'everyone' } as unknown as RoomEvent;
        expect(apply(state, event)).toEqual({ ...state, seq: event.seq, at: 7 });
      }),
    );
  });

  test('B1, B2: a board takes it, and after a change what was put is there', () => {
    fc.assert(
      fc.property(fc.array(payloads['board.changed']), (changes) => {
        const board = new Map<string, BoardRecord>();
        for (const change of changes) {
          foldBoard(board, change);
          const last = new Map(change.put.map((one) => [one.id, one]));
          for (const [key, one] of last) expect(board.get(key)).toBe(one);
        }
      }),
    );
  });

  test('P1–P9: decide answers every command that has the right shape, in any state', () => {
    const raw = fc.oneof(
      commands,
      fc.record({
        type: fc.constantFrom('chat.send', 'board.change', 'stage.show', 'rights.set'),
        payload: fc.dictionary(text, fc.anything()),
      }),
    );
    fc.assert(
      fc.property(
        events,
        fc.constantFrom(...PEOPLE),
        fc.array(raw, { maxLength: 20 }),
        (list, actor, asked) => {
          const run = new Run();
          run.state = applyAll(run.state, numbered(list));
          for (const one of asked) {
            const parsed = commandBody.safeParse(one);
            if (!parsed.success) continue;
            const step: Step = { kind: 'command', actor, body: parsed.data };
            const decision = run.decide(step);
            expect('refusal' in decision || Array.isArray(decision.events)).toBe(true);
            run.take(step, decision);
          }
        },
      ),
    );
  });

  test('C3: so does decideSystem, whatever the ids are called', () => {
    const hostile = fc
      .tuple(systemCommands, id)
      .map(
        ([{ type, payload }, other]) =>
          ({ type, payload: { ...payload, participantId: other } }) as SystemCommandBody,
      );
    fc.assert(
      fc.property(events, fc.array(hostile, { maxLength: 20 }), (list, asked) => {
        const state = applyAll(initialState('room'), numbered(list));
        for (const one of asked) expect(() => decideSystem(state, one, 0)).not.toThrow();
      }),
    );
  });
});

describe('every type of event', () => {
  const HEADLESS: readonly EventType[] = ['board.changed', 'chat.sent'];

  test('occurs in what the other properties are tried on', () => {
    const seen = new Set<EventType>();
    for (const list of fc.sample(steps, { numRuns: 1500, seed: 1 }))
      for (const { type } of new Run().all(list).events) seen.add(type);
    expect([...seen].toSorted()).toEqual(Object.keys(payloads).toSorted());
  });

  test('so do drawings on shared and private layers, and deletes that take others along', () => {
    const seen = { shared: 0, private: 0, cascades: 0, revealed: 0 };
    for (const list of fc.sample(steps, { numRuns: 100, seed: 1 })) {
      const run = new Run();
      for (const step of list) {
        const asked = step.kind === 'command' && step.body.type === 'board.change' ? step.body.payload : null;
        const taken = run.take(step, run.decide(step));
        if (UNDER_WAY.includes(step)) continue;
        for (const event of taken) {
          if (event.type !== 'board.changed' || event.payload.put.length + event.payload.removed.length === 0)
            continue;
          const { layer, removed } = event.payload;
          if (layer === 'shared') seen.shared += 1;
          else if (layer === 'revealed') seen.revealed += 1;
          else seen.private += 1;
          if (asked && removed.length > new Set(asked.removed).size) seen.cascades += 1;
        }
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
  });

  test('L7.2: projecting and folding one event commute', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...PEOPLE), (list, viewer) => {
        const run = new Run().all(list);
        let state: RoomState = initialState(run.state.roomId);
        for (const event of run.events) {
          const events = visibleEvent(event, viewer) ? [event] : [];
          const frame = { from: event.seq, to: event.seq, at: event.at, events };
          const next = apply(state, event);
          expect(applyFrame(visible(state, viewer), frame)).toEqual(visible(next, viewer));
          state = next;
        }
      }),
    );
  });

  test.each([
    '{"type":"viewport.move","payload":{"viewport":{"x":-0,"y":-0,"width":1,"height":1}}}',
    '{"type":"media.seek","payload":{"generation":1,"positionMs":-0}}',
  ])('L5.2: a command that was taken is the same after it was stored as JSON: %s', (sent) => {
    const taken = commandBody.parse(JSON.parse(sent));
    expect(JSON.parse(JSON.stringify(taken))).toEqual(taken);
  });

  test('L5.2: a head that was stored as JSON and the events after it are the whole, also without chat and strokes', () => {
    fc.assert(
      fc.property(steps, fc.nat(80), (list, cut) => {
        const { events, state } = new Run().all(list);
        const stored = JSON.parse(
          JSON.stringify(applyAll(initialState(state.roomId), events.slice(0, cut))),
        ) as RoomState;
        const whole = JSON.parse(JSON.stringify(state)) as RoomState;
        expect(applyAll(stored, events.slice(cut))).toEqual(whole);
        const heads = events.slice(cut).filter((event) => !HEADLESS.includes(event.type));
        expect(skipTo(applyAll(stored, heads), state.seq, state.at)).toEqual(whole);
      }),
    );
  });
});

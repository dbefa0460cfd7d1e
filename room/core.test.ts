import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyAll, initialState } from './apply';
import { PEOPLE, Run, type Step, steps } from './core-fixture';
import { applyBoard, type BoardRecord, endsOf, foldBoard, parentOf } from './boards';
import { decideBoardChange } from './decide-board';
import { applyFrame, decodeMessage, encodeMessage, fitOf } from './frames';
import { mayDraw, mayManage, mayPresent } from './policy';
import { isStaff } from './roles';
import type { Person, RoomState } from './state';
import { visible, visibleEvent } from './visible';

/** The actor as the policy sees them, before the step. */
function personBefore(state: RoomState, step: Extract<Step, { kind: 'command' }>): Person {
  const known = state.people[step.actor.id];
  const base = { connections: [], handRaisedAt: null, rights: null, removed: false };
  return { ...base, ...known, id: step.actor.id, name: step.actor.name, role: step.actor.role };
}

describe('properties', () => {
  test('P1–P6: nobody gets an event that the policy forbids, and nothing throws', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const run = new Run();
        for (const step of list) {
          const before = run.state;
          const decision = run.decide(step);
          run.take(step, decision);
          if (step.kind === 'system' || 'refusal' in decision) continue;
          const person = personBefore(before, step);
          expect(person.removed).toBe(false);
          expect(['recorder', 'phone']).not.toContain(person.role);
          for (const { body } of decision.events) {
            if (!mayManage(person)) {
              expect(before.lesson).not.toBeNull();
              expect(body.type).not.toMatch(/^(rights|defaults|person|layer)\./);
            }
            if (!mayPresent(person))
              expect(body.type).not.toMatch(
                /^(document|stage|page|viewport|layers)\.|^board\.(opened|closed)/,
              );
            if (body.type === 'board.changed' && body.payload.layer !== 'revealed')
              expect(mayDraw(before, person, body.payload)).toBe(true);
            if (!isStaff(person.role) && body.type === 'board.changed')
              expect(['shared', person.id]).toContain(body.payload.layer);
            if (/^person\.(removed|readmitted|muted)$/.test(body.type)) {
              const { participantId } = body.payload as { participantId: string };
              expect(participantId).not.toBe(person.id);
              const target = before.people[participantId];
              expect(target?.removed).toBe(body.type === 'person.readmitted');
            }
            if (body.type === 'person.removed' || body.type === 'rights.changed') {
              expect(before.people[body.payload.participantId]?.role).not.toBe('owner');
            }
          }
        }
      }),
    );
  });

  test('L5.2: folding in pieces is folding at once, and the state that was given stays as it was', () => {
    fc.assert(
      fc.property(steps, fc.nat(80), (list, cut) => {
        const { events } = new Run().all(list);
        const start = initialState('room');
        const frozen = structuredClone(start);
        const whole = applyAll(start, events);
        expect(applyAll(applyAll(start, events.slice(0, cut)), events.slice(cut))).toEqual(whole);
        expect(start).toEqual(frozen);
        expect(whole.seq).toBe(events.length);
      }),
    );
  });

  test('L5.1: apply takes any order of events, even one that makes no sense', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (list, order) => {
        const { events } = new Run().all(list);
        const mixed = events
          .map((event) => ({ event, key: order.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ event }) => event);
        expect(() => applyAll(initialState('room'), mixed)).not.toThrow();
      }),
    );
  });

  test('L7.2: what a viewer folds from their frames is what they may see of the whole', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(...PEOPLE), fc.integer({ min: 1, max: 7 }), (list, viewer, size) => {
        const run = new Run().all(list);
        let seen = visible(initialState(run.state.roomId), viewer);
        for (let from = 0; from < run.events.length; from += size) {
          const range = run.events.slice(from, from + size);
          const events = range.filter((event) => visibleEvent(event, viewer));
          const frame = { from: from + 1, to: from + range.length, at: range.at(-1)?.at ?? 0, events };
          const decoded = decodeMessage(encodeMessage({ kind: 'frame', frame }).trim());
          expect(decoded).toEqual({ kind: 'frame', frame: JSON.parse(JSON.stringify(frame)) });
          expect(fitOf(frame, seen.seq)).toBe('next');
          seen = applyFrame(seen, frame);
        }
        expect(seen).toEqual(visible(run.state, viewer));
      }),
    );
  });

  test('T1.2: a frame that begins before where one stands brings what is new in it, once', () => {
    fc.assert(
      fc.property(steps, fc.nat(80), fc.nat(20), (list, stands, before) => {
        const { events, state } = new Run().all(list);
        const at = Math.min(stands, events.length);
        const from = Math.max(0, at - before);
        const frame = { from: from + 1, to: events.length, at: state.at, events: events.slice(from) };
        const there = applyAll(initialState(state.roomId), events.slice(0, at));
        expect(applyFrame(there, frame)).toEqual(state);
      }),
    );
  });

  test('L6: what is private reaches only those it was for, and the recorder never', () => {
    fc.assert(
      fc.property(steps, (list) => {
        for (const event of new Run().all(list).events) {
          const readers = PEOPLE.filter((person) => visibleEvent(event, person)).map((person) => person.id);
          if (event.type === 'chat.sent' && event.payload.to !== null) {
            for (const id of readers) expect([event.actor, event.payload.to]).toContain(id);
          }
          if (event.type === 'board.changed') {
            const { layer } = event.payload;
            const others = PEOPLE.filter(({ id, role }) => id !== layer && !isStaff(role)).map(
              ({ id }) => id,
            );
            if (layer !== 'shared' && layer !== 'revealed')
              for (const id of readers) expect(others).not.toContain(id);
          }
          if (event.audience !== 'everyone') {
            expect(
              PEOPLE.find((person) => person.role === 'recorder' && readers.includes(person.id)),
            ).toBeUndefined();
          }
        }
      }),
    );
  });

  test('B1, B2, L8.4: a board from the log is the board that was decided on, and nothing in it hangs in the air', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const run = new Run().all(list);
        for (const [key, draft] of run.boards) {
          const folded = new Map<string, BoardRecord>();
          for (const event of run.events) {
            if (event.type !== 'board.changed') continue;
            const { boardId, layer, put, removed } = event.payload;
            if (`${boardId}/${layer}` !== key) continue;
            // The event names all that goes: whoever takes away just that has the same.
            const named = new Map([...folded].filter(([id]) => !removed.includes(id)));
            foldBoard(folded, event.payload);
            expect(new Map([...named, ...put.map((record) => [record.id, record] as const)])).toEqual(folded);
          }
          const records = new Map([...draft.values()].map((record) => [record.id, record]));
          expect(records).toEqual(folded);
          expect(draft.size).toBe(folded.size);
          for (const record of folded.values()) {
            const parent = parentOf(record);
            expect(parent === null || folded.has(parent)).toBe(true);
            if (record.typeName !== 'binding') continue;
            const [from, to] = endsOf(record).map((id) => folded.get(id));
            expect([from?.type, to?.typeName, to?.type]).toEqual(['arrow', 'shape', 'geo']);
          }
        }
      }),
    );
  });

  test('L7.3: what everyone is shown of a private layer is that layer as it was then, and nothing else ever is', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const run = new Run();
        for (const step of list) {
          const before = run.state;
          const taken = run.take(step, run.decide(step));
          const told = taken.find((event) => event.type === 'layer.revealed');
          const copied = taken.some(
            (event) => event.type === 'board.changed' && event.payload.layer === 'revealed',
          );
          if (!told) {
            expect(copied).toBe(false);
            expect(run.state.revealed).toEqual(before.revealed);
            continue;
          }
          for (const event of taken) expect(event.audience).toBe('everyone');
          const { boardId, participantId } = told.payload;
          const source = participantId === null ? [] : [...run.board(boardId, participantId).values()];
          expect([...run.board(boardId, 'revealed').values()]).toEqual(source);
          expect(run.state.revealed).toEqual(participantId === null ? undefined : { boardId, participantId });
        }
      }),
    );
  });

  test('P8: the head stays within 64 KB', () => {
    fc.assert(
      fc.property(steps, (list) => {
        expect(JSON.stringify(new Run().all(list).state).length).toBeLessThan(64 * 1024);
      }),
    );
  });
});

test('C3: who is dropped is shown so until they are back, and who left is not', () => {
  const [person] = PEOPLE;
  if (!person) throw new Error('nobody');
  const { id: participantId, name, role } = person;
  const step = (type: 'person.connect' | 'person.disconnect', connectionId: string, reason = 'dropped') =>
    ({
      kind: 'system',
      body: { type, payload: { participantId, name, role, connectionId, device: 'computer', reason } },
    }) as Step;
  const lesson = (type: 'lesson.start' | 'lesson.end') =>
    ({
      kind: 'system',
      body: { type, payload: { lessonId: 'lesson', title: 'Algebra', reason: 'ended' } },
    }) as Step;
  const run = new Run().all([
    lesson('lesson.start'),
    step('person.connect', 'one'),
    step('person.connect', 'two'),
  ]);
  run.all([step('person.disconnect', 'one')]);
  expect(run.state.people[participantId]).not.toHaveProperty('dropped');
  run.all([step('person.disconnect', 'two')]);
  expect(run.state.people[participantId]).toMatchObject({ connections: [], dropped: true });
  run.all([step('person.connect', 'one')]);
  expect(run.state.people[participantId]).not.toHaveProperty('dropped');
  run.all([step('person.disconnect', 'one', 'left')]);
  expect(run.state.people[participantId]).not.toHaveProperty('dropped');
  run.all([step('person.connect', 'one'), step('person.disconnect', 'one'), lesson('lesson.end')]);
  expect(run.state.people[participantId]).not.toHaveProperty('dropped');
});

describe('boards', () => {
  const shape = (id: string, parentId = 'page:page', x = 0): BoardRecord => ({
    id,
    typeName: 'shape',
    parentId,
    x,
  });

  test('B1: the last write of a record wins', () => {
    const first = applyBoard(new Map(), { put: [shape('shape:a', 'page:page', 1)], removed: [] });
    const second = applyBoard(first, { put: [shape('shape:a', 'page:page', 2)], removed: [] });
    expect(second.get('shape:a')?.x).toBe(2);
    expect(first.get('shape:a')?.x).toBe(1);
  });

  test('L8.3: of a record that comes twice the last counts, and only where that is a bad one it is named', () => {
    const good = { ...shape('shape:a'), type: 'geo' };
    const ask = (...put: BoardRecord[]) =>
      decideBoardChange(
        {
          actor: { id: 'tess', name: 'Tess', role: 'owner' },
          now: 1,
          documents: new Map(),
          validateRecord: (record) =>
            (record as BoardRecord).bad ? { ok: false } : { ok: true, record: record as BoardRecord },
          board: () => new Map<string, BoardRecord>(),
        },
        { boardId: 'board:1', layer: 'shared', put, removed: [], stroke: null },
      );
    expect(ask({ ...good, bad: true }, good)).not.toHaveProperty('refusedRecords');
    expect(ask(good, { ...good, bad: true })).toEqual({ refusal: 'BAD_RECORD' });
  });

  test('B2: a deleted group takes its shapes and their arrows along', () => {
    const binding = { id: 'binding:x', typeName: 'binding', fromId: 'shape:arrow', toId: 'shape:leaf' };
    const put = [shape('shape:group'), shape('shape:leaf', 'shape:group'), shape('shape:arrow'), binding];
    const before = applyBoard(new Map(), { put, removed: [] });
    const after = applyBoard(before, { put: [], removed: ['shape:group'] });
    expect([...after.keys()]).toEqual(['shape:arrow']);
  });
});

describe('frames', () => {
  test.each([
    [{ from: 6, to: 8 }, 'next'],
    [{ from: 3, to: 5 }, 'seen'],
    [{ from: 4, to: 7 }, 'overlap'],
    [{ from: 7, to: 8 }, 'gap'],
  ])('T1.2: %o at 5 is %s', (range, fit) => {
    expect(fitOf({ ...range, at: 0, events: [] }, 5)).toBe(fit);
  });
});

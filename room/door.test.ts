import { expect, test } from 'vitest';
import { PEOPLE, Run, type Step } from './core-fixture';
import { knocksOf } from './state';
import { visible } from './visible';

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const [owner, , , student] = PEOPLE;
if (!owner || !student) throw new Error('nobody is there');
const mara = uuid(71);
const olu = uuid(72);

const start: Step = {
  kind: 'system',
  body: { type: 'lesson.start', payload: { lessonId: uuid(401), title: 'Algebra' } },
};
const end: Step = {
  kind: 'system',
  body: { type: 'lesson.end', payload: { lessonId: uuid(401), reason: 'ended' } },
};
const knock = (participantId: string): Step => ({
  kind: 'system',
  body: { type: 'door.knock', payload: { participantId, name: 'Mara' } },
});
const leave = (participantId: string): Step => ({
  kind: 'system',
  body: { type: 'door.leave', payload: { participantId } },
});
const admit = (...participantIds: string[]): Step => ({
  kind: 'command',
  actor: owner,
  body: { type: 'door.admit', payload: { participantIds } },
});
const deny = (participantId: string): Step => ({
  kind: 'command',
  actor: owner,
  body: { type: 'door.deny', payload: { participantId } },
});
const set = (asks: boolean, locked: boolean): Step => ({
  kind: 'command',
  actor: owner,
  body: { type: 'door.set', payload: { asks, locked } },
});
const waiting = (run: Run) =>
  knocksOf(run.state).map(({ participantId, denied }) => [participantId, denied ?? false]);

test('D1: staff alone say how people come in, and a lock ends with the lesson', () => {
  const run = new Run().all([start, set(true, true)]);
  expect(run.state.door).toEqual({ asks: true, locked: true });
  expect(run.decide(set(true, true))).toEqual({ events: [] });
  const body = { type: 'door.set' as const, payload: { asks: false, locked: false } };
  expect(run.decide({ kind: 'command', actor: student, body })).toEqual({ refusal: 'NOT_ALLOWED' });
  run.all([knock(mara), end]);
  expect(run.state.door).toEqual({ asks: true });
  expect(run.all([set(false, false)]).state.door).toBeUndefined();
});

test('D2: who asks is let in or turned away, and may be let in after all', () => {
  const run = new Run().all([start, set(true, false), knock(mara), knock(mara), knock(olu)]);
  expect(waiting(run)).toEqual([
    [mara, false],
    [olu, false],
  ]);
  run.all([deny(mara), knock(mara)]);
  expect(waiting(run)).toEqual([
    [mara, true],
    [olu, false],
  ]);
  run.all([admit(mara, olu)]);
  expect(waiting(run)).toEqual([]);
  expect(run.decide(admit(mara))).toEqual({ refusal: 'NOT_FOUND' });
  expect(run.decide(deny(olu))).toEqual({ refusal: 'NOT_FOUND' });
  const body = { type: 'door.admit' as const, payload: { participantIds: [olu] } };
  expect(run.all([knock(olu)]).decide({ kind: 'command', actor: student, body })).toEqual({
    refusal: 'NOT_ALLOWED',
  });
});

test('D2: where nobody has to ask any more, who waits comes in, and who was turned away does not', () => {
  const run = new Run().all([start, set(true, false), knock(mara), knock(olu), deny(olu), set(false, false)]);
  expect(waiting(run)).toEqual([[olu, true]]);
  expect(run.events.at(-1)).toMatchObject({ payload: { participantId: mara, admitted: true } });
});

test('D3: who asks is for staff alone to see, and at most 200 are kept', () => {
  const run = new Run().all([start, set(true, false), knock(mara)]);
  expect(visible(run.state, student).door).toEqual({ asks: true });
  expect(visible(run.state, owner).door?.knocks).toHaveLength(1);
  expect(run.events.at(-1)).toMatchObject({
    type: 'door.knocked',
    audience: { staff: true, participants: [] },
  });
  run.all(Array.from({ length: 220 }, (_, index) => knock(uuid(1000 + index))));
  expect(knocksOf(run.state)).toHaveLength(200);
  expect(run.decide(knock(uuid(5000)))).toEqual({ refusal: 'TOO_LARGE' });
});

test('D4: who gives up waiting is gone; who was turned away stays so', () => {
  const run = new Run().all([start, set(true, false), knock(mara), knock(olu), deny(olu)]);
  run.all([leave(mara), leave(mara), leave(olu)]);
  expect(waiting(run)).toEqual([[olu, true]]);
});

test('D2: nobody asks at the door of a room without a lesson', () => {
  expect(new Run().decide(knock(mara))).toEqual({ refusal: 'LESSON_NOT_LIVE' });
});

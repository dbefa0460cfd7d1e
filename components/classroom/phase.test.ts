import { expect, test } from 'vitest';
import { choosePhase, type PhaseInput } from './phase';

const lesson = { id: 'l', title: 'Fractions', startedAt: 0 };
const base: PhaseInput = {
  head: { lesson },
  me: { role: 'student', removed: false },
  connection: { kind: 'live' },
  entered: false,
  left: false,
  sawEnd: false,
};

test('a live lesson begins with the device check, then the room', () => {
  expect(choosePhase(base)).toBe('check');
  expect(choosePhase({ ...base, entered: true })).toBe('room');
});

test('before the lesson students wait and staff prepare', () => {
  expect(choosePhase({ ...base, head: { lesson: null } })).toBe('waiting');
  expect(choosePhase({ ...base, head: { lesson: null }, me: { role: 'owner', removed: false } })).toBe(
    'room',
  );
});

test('a lesson that ended while one looked on is over for everybody', () => {
  expect(choosePhase({ ...base, head: { lesson: null }, entered: true, sawEnd: true })).toBe('ended');
  expect(
    choosePhase({ ...base, head: { lesson: null }, me: { role: 'owner', removed: false }, sawEnd: true }),
  ).toBe('ended');
});

test('who was removed is out whatever else is true', () => {
  const removed = { ...base, me: { role: 'student' as const, removed: true }, entered: true, left: true };
  expect(choosePhase(removed)).toBe('removed');
  expect(choosePhase({ ...base, connection: { kind: 'closed', reason: 'removed' } })).toBe('removed');
});

test('a closed stream says why', () => {
  expect(choosePhase({ ...base, connection: { kind: 'closed', reason: 'signed-out' } })).toBe('shut');
  expect(choosePhase({ ...base, connection: { kind: 'closed', reason: 'lesson-ended' } })).toBe('ended');
});

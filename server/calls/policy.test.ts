import { expect, test } from 'vitest';
import { isCallerHost, mayCall, tooMany, unreachable } from './policy';

const ROLES = ['owner', 'teacher', 'presenter', 'student'] as const;

test('everybody of a course calls everybody of it, but for students each other', () => {
  const refused = ROLES.flatMap((by) => ROLES.filter((to) => !mayCall(by, to)).map((to) => [by, to]));
  expect(refused).toEqual([['student', 'student']]);
});

test('the room of a call is the teacher’s, and between those who teach the caller’s', () => {
  expect(isCallerHost('student', 'teacher')).toBe(false);
  expect(isCallerHost('student', 'presenter')).toBe(false);
  expect(isCallerHost('presenter', 'student')).toBe(true);
  expect(isCallerHost('presenter', 'owner')).toBe(true);
});

test('who is away is away, busy or not', () => {
  expect(unreachable({ online: false, busy: true })).toBe('away');
  expect(unreachable({ online: true, busy: true })).toBe('busy');
  expect(unreachable({ online: true, busy: false })).toBeNull();
});

test('nobody rings the same person without end, nor a whole school', () => {
  expect(tooMany({ samePerson: 3, anybody: 3 })).toBe(false);
  expect(tooMany({ samePerson: 4, anybody: 4 })).toBe(true);
  expect(tooMany({ samePerson: 0, anybody: 12 })).toBe(true);
});

import { expect, test } from 'vitest';
import { initialState } from '@/room/apply';
import type { RoomState } from '@/room/state';
import { correctionFor, type MediaParticipantRow, permissionFor } from './policy';

const student: MediaParticipantRow = {
  id: 's',
  roomId: 'r',
  name: 'Sam',
  role: 'student',
  removedAt: null,
  admission: null,
};
const live: RoomState = {
  ...initialState('r'),
  lesson: { id: 'l', title: 'Fractions', startedAt: 0 },
  defaults: { microphone: true, camera: false, draw: false },
};

test('a student may send what the room allows, and may not share a screen', () => {
  expect(permissionFor(live, student)).toEqual({ sources: ['microphone'], data: false });
});

test('what was set for one person goes before the defaults, and data packets follow the right to draw', () => {
  const known = {
    id: 's',
    name: 'Sam',
    role: 'student',
    connections: [],
    handRaisedAt: null,
    removed: false,
  } as const;
  const state = {
    ...live,
    people: { s: { ...known, rights: { microphone: false, camera: true, draw: true } } },
  };
  expect(permissionFor(state, student)).toEqual({ sources: ['camera'], data: true });
});

test('a presenter may send everything', () => {
  expect(permissionFor(live, { ...student, role: 'presenter' })).toEqual({
    sources: ['microphone', 'camera', 'screen'],
    data: true,
  });
});

test.each([
  ['nobody of this room', live, null],
  ['somebody of another room', live, { ...student, roomId: 'other' }],
  ['somebody who was removed', live, { ...student, removedAt: new Date() }],
  ['anybody before or after the lesson', { ...live, lesson: null }, student],
])('no media for %s', (_who, state, row) => {
  expect(permissionFor(state, row)).toBeNull();
});

test('who is not entitled goes, who has other rights is put right, who is right is left alone', () => {
  const right = { sources: ['microphone', 'camera'], data: false } as const;
  expect(correctionFor(right, null)).toEqual({ kind: 'remove' });
  expect(correctionFor({ sources: ['microphone', 'camera', 'screen'], data: true }, right)).toEqual({
    kind: 'permit',
    permission: right,
  });
  expect(correctionFor({ sources: ['camera', 'microphone'], data: false }, right)).toBeNull();
});

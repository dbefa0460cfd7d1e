import { expect, test } from 'vitest';
import type { Person } from '@/room/state';
import { facesOf, orderFaces, orderPeople, presentPeople } from './face-order';

const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: id,
  role: 'student',
  connections: ['c'],
  handRaisedAt: null,
  rights: null,
  removed: false,
  ...more,
});

test('those who left, were removed or only record are not shown', () => {
  const people = {
    a: person('a'),
    b: person('b', { connections: [] }),
    c: person('c', { removed: true }),
    d: person('d', { role: 'recorder' }),
  };
  expect(presentPeople({ people }).map(({ id }) => id)).toEqual(['a']);
});

test('who was dropped keeps a place, the last one; oneself is never seen so', () => {
  const people = {
    me: person('me', { connections: [], dropped: true }),
    lost: person('lost', { role: 'owner', connections: [], dropped: true }),
    here: person('here'),
    left: person('left', { connections: [] }),
  };
  const faces = orderFaces(facesOf({ people }, people.me), 'me', {});
  expect(faces.map(({ id, dropped }) => [id, Boolean(dropped)])).toEqual([
    ['me', false],
    ['here', false],
    ['lost', true],
  ]);
});

test('faces: who teaches, oneself, hands as they went up, then pictures', () => {
  const people = [
    person('quiet'),
    person('seen'),
    person('late', { handRaisedAt: 20 }),
    person('early', { handRaisedAt: 10 }),
    person('me'),
    person('teacher', { role: 'owner' }),
  ];
  const media = { seen: { microphone: 'muted', camera: true, screen: false, speaking: false } } as const;
  expect(orderFaces(people, 'me', media).map(({ id }) => id)).toEqual([
    'teacher',
    'me',
    'early',
    'late',
    'seen',
    'quiet',
  ]);
});

test('the list of people begins with the hands, in order', () => {
  const people = [
    person('b'),
    person('teacher', { role: 'owner' }),
    person('hand', { handRaisedAt: 5 }),
    person('a'),
  ];
  expect(orderPeople(people).map(({ id }) => id)).toEqual(['hand', 'teacher', 'a', 'b']);
});

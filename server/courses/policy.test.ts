import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasSeat, type JoinFacts, joinState, moveTo } from './policy';

const stranger: JoinFacts = {
  role: null,
  door: 'page',
  enrolment: 'open',
  capacity: null,
  students: 0,
  request: null,
};

describe('the one button of a course’s page', () => {
  test.each<[string, Partial<JoinFacts>, string]>([
    ['whoever wants to', {}, 'enrol'],
    ['whom the teacher lets in', { enrolment: 'approval' }, 'ask'],
    ['nobody for now', { enrolment: 'closed' }, 'closed'],
    ['nobody for now, by its link too', { enrolment: 'closed', door: 'link' }, 'closed'],
    ['the invited, also while it is closed', { enrolment: 'closed', door: 'invitation' }, 'enrol'],
    ['the invited, as long as there is a seat', { door: 'invitation', capacity: 1, students: 1 }, 'full'],
    ['nobody once its seats are taken', { capacity: 2, students: 2 }, 'full'],
    [
      'nobody to ask for once its seats are taken',
      { enrolment: 'approval', capacity: 2, students: 2 },
      'full',
    ],
    ['who has asked', { enrolment: 'approval', request: 'pending' }, 'asked'],
    ['who was declined', { enrolment: 'approval', request: 'declined' }, 'declined'],
    ['who was let in once and left', { enrolment: 'approval', request: 'admitted' }, 'ask'],
    [
      'who is in it, full or closed',
      { role: 'student', enrolment: 'closed', capacity: 1, students: 1 },
      'in',
    ],
    ['its owner', { role: 'owner' }, 'in'],
  ])('is right for %s', (_who, facts, state) => {
    expect(joinState({ ...stranger, ...facts })).toBe(state);
  });

  test('never lets anybody in beyond the capacity', () => {
    fc.assert(
      fc.property(
        fc.nat(5),
        fc.nat(8),
        fc.constantFrom('page', 'link', 'invitation'),
        (capacity, students, door) => {
          const state = joinState({ ...stranger, door, capacity, students });
          expect(state === 'enrol').toBe(hasSeat(capacity, students));
        },
      ),
    );
  });
});

test('what is moved stands where it was put, and the others keep their order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 8 }),
      fc.nat(7),
      fc.integer(),
      (ids, from, to) => {
        const id = ids[from % ids.length] ?? '';
        const moved = moveTo(ids, id, to);
        expect(moved.filter((one) => one !== id)).toEqual(ids.filter((one) => one !== id));
        expect(moved.indexOf(id)).toBe(Math.max(0, Math.min(ids.length - 1, to)));
      },
    ),
  );
  expect(moveTo(['a', 'b'], 'c', 0)).toEqual(['a', 'b']);
});

import { describe, expect, it } from 'vitest';
import { mayManageCourse, mayRunLessons } from '../courses/policy';
import { checkSchedule, startVerdict } from './policy';

const now = Date.UTC(2026, 0, 15, 9);
const minute = 60_000;

describe('the time of a lesson', () => {
  it('may be now, or up to two years ahead', () => {
    expect(checkSchedule(now - 2 * minute, 45, now)).toBeNull();
    expect(checkSchedule(now + 700 * 86_400_000, 45, now)).toBeNull();
  });
  it('is refused by field and reason', () => {
    expect(checkSchedule(now - 6 * minute, 45, now)).toEqual({ field: 'startsAt', reason: 'past' });
    expect(checkSchedule(now + 800 * 86_400_000, 45, now)).toEqual({ field: 'startsAt', reason: 'tooFar' });
    for (const minutes of [4, 601, 0, -45, 45.5, Number.NaN, Infinity]) {
      expect(checkSchedule(now + minute, minutes, now)).toEqual({
        field: 'durationMinutes',
        reason: 'duration',
      });
    }
  });
});

describe('who may do what in a course', () => {
  it('owner and teachers run lessons; the owner alone manages the course', () => {
    expect((['owner', 'teacher', 'presenter', 'student'] as const).map(mayRunLessons)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect((['owner', 'teacher', 'presenter', 'student'] as const).map(mayManageCourse)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('a lesson', () => {
  it('starts once, and not after it is over', () => {
    expect((['scheduled', 'live', 'ended', 'cancelled'] as const).map(startVerdict)).toEqual([
      'start',
      'already',
      'over',
      'over',
    ]);
  });
});

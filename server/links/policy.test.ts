import { describe, expect, it } from 'vitest';
import { doorState } from './policy';

describe('the door of a lesson', () => {
  const lesson = { startsAt: new Date('2026-03-01T10:00:00Z'), durationMinutes: 45 };
  const at = (time: string) => Date.parse(time);

  it('waits for a teacher who is late, and not for ever', () => {
    const scheduled = { ...lesson, status: 'scheduled' as const };
    expect(doorState(scheduled, at('2026-02-01T10:00:00Z'))).toBe('waiting');
    expect(doorState(scheduled, at('2026-03-01T12:00:00Z'))).toBe('waiting');
    expect(doorState(scheduled, at('2026-03-02T10:00:00Z'))).toBe('ended');
  });

  it('is open as long as the class runs, however long that is', () => {
    expect(doorState({ ...lesson, status: 'live' }, at('2026-03-05T10:00:00Z'))).toBe('live');
  });

  it('is shut after it and when it was called off', () => {
    expect(doorState({ ...lesson, status: 'ended' }, at('2026-03-01T10:10:00Z'))).toBe('ended');
    expect(doorState({ ...lesson, status: 'cancelled' }, at('2026-03-01T09:00:00Z'))).toBe('cancelled');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { after, CALL_EVENTS, CALL_STATES, type CallState, isOver } from './machine';

const events = fc.array(fc.constantFrom(...CALL_EVENTS), { maxLength: 12 });
const walk = (list: readonly (typeof CALL_EVENTS)[number][], from: CallState = 'ringing') =>
  list.reduce(after, from);

describe('a call', () => {
  test('is accepted, declined, cancelled or missed, and ends once it was answered', () => {
    expect(CALL_EVENTS.map((event) => after('ringing', event))).toEqual([
      'answered',
      'declined',
      'cancelled',
      'missed',
      'ringing',
    ]);
    expect(CALL_EVENTS.map((event) => after('answered', event))).toEqual([
      'answered',
      'answered',
      'answered',
      'answered',
      'ended',
    ]);
  });

  test('that is over stays what it is, whatever comes', () => {
    const over = CALL_STATES.filter(isOver);
    expect(over).toEqual(['declined', 'cancelled', 'missed', 'busy', 'ended']);
    fc.assert(fc.property(fc.constantFrom(...over), events, (state, list) => walk(list, state) === state));
  });

  test('has one outcome: what came first and could, however often and in whatever order the rest comes', () => {
    fc.assert(
      fc.property(events, (list) => {
        const first = list.find((event) => event !== 'end');
        const decided = first ? after('ringing', first) : 'ringing';
        const later = list.slice(first ? list.indexOf(first) + 1 : 0);
        const expected = decided === 'answered' && later.includes('end') ? 'ended' : decided;
        expect(walk(list)).toBe(expected);
      }),
    );
  });

  test('takes the same event twice as once', () => {
    fc.assert(fc.property(events, (list) => walk(list.flatMap((event) => [event, event])) === walk(list)));
  });
});

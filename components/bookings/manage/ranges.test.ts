import { describe, expect, it } from 'vitest';
import { endOf, isWrong, nextRange, toField } from './ranges';

describe('ranges of a day', () => {
  it('are wrong where one ends before it begins, is not filled in, or overlaps another one', () => {
    const [nine, ten] = [
      { from: '09:00', to: '10:00' },
      { from: '10:00', to: '24:00' },
    ];
    expect(isWrong([ten, nine])).toBe(false);
    expect(isWrong([{ from: '10:00', to: '09:00' }])).toBe(true);
    expect(isWrong([{ from: '', to: '09:00' }])).toBe(true);
    expect(isWrong([nine, { from: '09:30', to: '11:00' }])).toBe(true);
  });

  it('go on after the last one, as long as the day does', () => {
    expect(nextRange([])).toEqual({ from: '09:00', to: '17:00' });
    expect(nextRange([{ from: '09:00', to: '12:00' }])).toEqual({ from: '13:00', to: '15:00' });
    expect(nextRange([{ from: '09:00', to: '22:00' }])).toEqual({ from: '23:00', to: '24:00' });
    expect(nextRange([{ from: '09:00', to: '24:00' }])).toBeNull();
  });

  it('end at midnight, which a field shows as 00:00', () => {
    expect(toField('24:00')).toBe('00:00');
    expect(endOf('00:00')).toBe('24:00');
    expect(endOf(toField('17:30'))).toBe('17:30');
  });
});

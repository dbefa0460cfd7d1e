import { describe, expect, it } from 'vitest';
import { hueOf, initials } from './avatar';

describe('a person as initials', () => {
  it('takes the first and the last word', () => {
    expect(initials('Mara van der Berg')).toBe('MB');
    expect(initials('  ada ')).toBe('A');
    expect(initials('')).toBe('');
    expect(initials('🌒 Moon')).toBe('🌒M');
  });
  it('has one colour per seed', () => {
    expect(hueOf('a')).toBe(hueOf('a'));
    expect(hueOf('a')).not.toBe(hueOf('b'));
  });
});

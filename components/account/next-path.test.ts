import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeNextPath } from './next-path';

describe('where one goes after signing in', () => {
  it.each(['/join/l.abc', '/room/algebra?panel=chat#top', '/'])('is followed within the site: %s', (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it.each([
    null,
    '',
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    '\\/evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    'javascript:alert(1)',
    '/x/..//evil.test',
    '/.//evil.test',
  ])('is the dashboard instead of %j', (next) => {
    expect(safeNextPath(next)).toBe('/dashboard');
  });

  it('never leaves the site, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', '/', '//', '/\\', '/./'),
        (rest, start) => {
          const path = safeNextPath(start + rest);
          expect(new URL(path, 'https://lectern.example').origin).toBe('https://lectern.example');
        },
      ),
    );
  });
});

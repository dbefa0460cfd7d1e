import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFileName, distinctName, MAX_FILE_NAME } from './names';

describe('a file name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\win.ini', 'win.ini'],
    ['..', 'Unnamed'],
    ['/', 'Unnamed'],
    ['report\u202efdp.exe', 'reportfdp.exe'],
    ['\u2066a\u2069\u200fb.pdf', 'ab.pdf'],
    ['a\u0000b\nc.pdf', 'ab c.pdf'],
    ['  Übung  1.pdf ', 'Übung 1.pdf'],
    ['U\u0308bung.pdf', 'Übung.pdf'],
    ['דף עבודה.pdf', 'דף עבודה.pdf'],
  ])('%j is kept as %j', (raw, kept) => {
    expect(cleanFileName(raw)).toBe(kept);
  });

  it('of 300 characters is cut, and keeps its extension', () => {
    const name = cleanFileName(`${'x'.repeat(300)}.pdf`);
    expect(name).toHaveLength(MAX_FILE_NAME);
    expect(name).toMatch(/x\.pdf$/);
  });

  it('whatever it was is short, has no path and stays as it is when it is cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (raw) => {
        const name = cleanFileName(raw);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(MAX_FILE_NAME);
        expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(cleanFileName(name)).toBe(name);
      }),
    );
  });

  it('that is taken gets the first number that nobody has, before its extension', () => {
    expect(distinctName('A.pdf', new Set(['b.pdf']))).toBe('A.pdf');
    expect(distinctName('A.pdf', new Set(['a.pdf', 'a (2).pdf']))).toBe('A (3).pdf');
    expect(distinctName('.env', new Set(['.env']))).toBe('.env (2)');
    const long = `${'x'.repeat(MAX_FILE_NAME - 4)}.pdf`;
    expect(distinctName(long, new Set([long]))).toHaveLength(MAX_FILE_NAME);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../adapters/convert/decode-text';
import { cleanPersonName, MAX_LINES, readInvitationLines } from './invitation-lines';

const emails = (text: string) => readInvitationLines(text).entries.map(({ email }) => email);
const problems = (text: string) =>
  readInvitationLines(text).problems.map(({ line, problem }) => `${line} ${problem}`);

describe('a list of people to invite', () => {
  test.each([
    ['one a line', 'a@b.org\nc@d.org\n'],
    ['a comma list', 'a@b.org, c@d.org'],
    ['semicolons, as mail programs copy them', 'Ann <a@b.org>; "Dee, Cee" <c@d.org>'],
    ['tabs of a spreadsheet, with a header', 'Name\tE-Mail\nAnn\ta@b.org\nCee\tc@d.org'],
    ['Windows’ line ends and blank lines', '\r\na@b.org\r\n\r\n c@d.org \r\n'],
    ['capitals and full-width letters', 'A@B.org\nＣ@d.org'],
    ['a mark of its bytes at the beginning', '\ufeffa@b.org\nc@d.org'],
  ])('is read as %s', (_how, text) => {
    expect(emails(text)).toEqual(['a@b.org', 'c@d.org']);
    expect(problems(text)).toEqual([]);
  });

  test('keeps the name beside an address, or before it', () => {
    const names = (text: string) => readInvitationLines(text).entries.map(({ name }) => name);
    expect(names('Ann Lee;a@b.org')).toEqual(['Ann Lee']);
    expect(names('a@b.org,Ann,Lee')).toEqual(['Ann Lee']);
    expect(names('Ann Lee <a@b.org>')).toEqual(['Ann Lee']);
    expect(names('a@b.org,c@d.org')).toEqual(['', '']);
    expect(names('<b>Ann</b>,a@b.org')).toEqual(['<b>Ann</b>']);
  });

  test.each([
    ['a quoted part', 'x@y.org\n"a@b"@c.org', '2 quoted'],
    ['a quoted part within a quoted cell', '"""a@b""@c.org"', '1 quoted'],
    ['no address', 'x@y.org\nJust a name\n', '2 noAddress'],
    ['half an address', 'a@\n', '1 email'],
    ['two at signs', 'a@b@c.org', '1 email'],
    ['a line break within an address', '"a@b.org\nBcc: all@d.org"', '1 email'],
    ['a formula', "=cmd|' /C calc'!A0", '1 noAddress'],
    ['a formula that looks like an address', '=a@b.org', '1 formula'],
    ['a formula with an address in it', '=HYPERLINK("http://x.org";"a@b.org")', '1 quoted'],
    ['the same address again', 'a@b.org\n\nA@B.ORG', '3 duplicate'],
    ['a line after a cell of several lines', '"Ann\nLee",a@b.org\nnobody', '3 noAddress'],
  ])('says in which line is %s', (_what, text, problem) => {
    expect(problems(text)).toContain(problem);
  });

  test('tells in which line an address stood first', () => {
    expect(readInvitationLines('x\na@b.org\na@b.org').problems).toContainEqual({
      line: 3,
      text: 'a@b.org',
      problem: 'duplicate',
      firstLine: 2,
    });
  });

  test('is the same whatever it was saved as', () => {
    const text = 'Zoë Müller;zoe@b.org\nIñaki;i@b.org';
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    const saved = [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(text, 'latin1'),
      utf16,
      Buffer.from(utf16).swap16(),
    ];
    for (const bytes of saved) {
      expect(readInvitationLines(decodeText(bytes)).entries).toEqual([
        { line: 1, email: 'zoe@b.org', name: 'Zoë Müller' },
        { line: 2, email: 'i@b.org', name: 'Iñaki' },
      ]);
    }
  });

  test(`of ${MAX_LINES} lines is read, and one of more refused`, () => {
    const lines = Array.from({ length: MAX_LINES }, (_, at) => `Person ${at};person.${at}@example.org`);
    expect(readInvitationLines(lines.join('\n')).entries).toHaveLength(MAX_LINES);
    const refused = { code: 'BAD_INPUT', details: { field: 'list', reason: 'tooMany' } };
    expect(() => readInvitationLines([...lines, 'x@y.org'].join('\n'))).toThrow(
      expect.objectContaining(refused),
    );
  });

  test('that is no list is refused, never a crash; what is read is always an address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        try {
          for (const { email, name } of readInvitationLines(text).entries) {
            expect(email).toMatch(/^[^\s"<>@=+-][^\s"<>@]*@[^\s"<>@]+$/);
            expect(name).toBe(cleanPersonName(name));
          }
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_INPUT', details: { field: 'list' } });
        }
      }),
      { numRuns: 40 },
    );
  });
});

test('a name holds no formula, no second line and no header', () => {
  expect(cleanPersonName("=cmd|' /C calc'!A0")).toBe("cmd|' /C calc'!A0");
  expect(cleanPersonName('\t=+-@SUM(A1)')).toBe('SUM(A1)');
  expect(cleanPersonName('Ann\r\nBcc: all@example.org')).toBe('Ann Bcc: all@example.org');
  expect(Array.from(cleanPersonName('🎈'.repeat(100)))).toHaveLength(60);
});

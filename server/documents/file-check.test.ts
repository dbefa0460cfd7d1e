import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutPdf, htmlAsPdf, makePdf } from '@/e2e/fixtures/pdf';
import { HEAD_BYTES, judgeFile, MAX_FILE_BYTES, TAIL_BYTES } from './file-check';

const judge = (name: string, file: Buffer, bytes = file.length) =>
  judgeFile({ name, bytes, head: file.subarray(0, HEAD_BYTES), tail: file.subarray(-TAIL_BYTES) });
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');

describe('a file is judged by what is in it', () => {
  const pdf = makePdf([{}]);
  test.each([
    ['a PDF', 'a.pdf', pdf, 'application/pdf'],
    ['a PDF that is called a picture', 'a.png', pdf, 'application/pdf'],
    ['a PDF after some junk', 'a.pdf', Buffer.concat([Buffer.from('\0junk\n'), pdf]), 'application/pdf'],
    ['a picture that is called a PDF', 'a.pdf', png, 'image/png'],
  ])('%s is taken', async (_what, name, file, type) => {
    expect(await judge(name, file)).toEqual({ ok: true, type });
  });

  test.each([
    ['a web page called .pdf', 'a.PDF', htmlAsPdf(), 'FILE_NOT_PDF'],
    ['a web page', 'a.html', htmlAsPdf(), 'FILE_UNSUPPORTED'],
    ['nothing', 'a.pdf', Buffer.alloc(0), 'FILE_EMPTY'],
    ['half a PDF', 'a.pdf', cutPdf(), 'FILE_DAMAGED'],
  ])('%s is refused', async (_what, name, file, failure) => {
    expect(await judge(name, file)).toEqual({ ok: false, failure });
  });

  test('500 MB are taken and not a byte more', async () => {
    expect(await judge('a.pdf', pdf, MAX_FILE_BYTES)).toEqual({ ok: true, type: 'application/pdf' });
    expect(await judge('a.pdf', pdf, MAX_FILE_BYTES + 1)).toEqual({ ok: false, failure: 'FILE_TOO_LARGE' });
  });

  test('a PDF cut anywhere before its end is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: pdf.length - 7 }), async (length) => {
        expect((await judge('a.pdf', pdf.subarray(0, length))).ok).toBe(false);
      }),
    );
  });
});

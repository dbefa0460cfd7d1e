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
    ['a web page', 'a.html', htmlAsPdf(), 'text/html'],
    ['a web page that is called a text', 'a.txt', htmlAsPdf(), 'text/html'],
    [
      'a web page that begins with a comment',
      'a',
      Buffer.from('<!-- hi --><script>alert(1)</script>'),
      'text/html',
    ],
    [
      'a drawing',
      'a.png',
      Buffer.from(`<?xml version="1.0"?>\n<!-- by hand --><svg xmlns="x"/>`),
      'image/svg+xml',
    ],
    ['a text', 'notes', Buffer.from('only words, ähnlich'), 'text/plain'],
    ['a text of an old program', 'notes.txt', Buffer.from('nur W\xf6rter', 'latin1'), 'text/plain'],
    ['a text of Windows', 'notes.txt', Buffer.from('\ufeffwords', 'utf16le'), 'text/plain'],
    ['a table', 'a.csv', Buffer.from('a,b\n1,2\n'), 'text/csv'],
    ['a text with marks', 'README.md', Buffer.from('# Title\n'), 'text/markdown'],
    ['rich text', 'a.doc', Buffer.from('{\\rtf1\\ansi hello}'), 'application/rtf'],
    [
      'a playlist',
      'a.m3u8',
      Buffer.from('#EXTM3U\nhttp://elsewhere.example/a.ts\n'),
      'application/vnd.apple.mpegurl',
    ],
    ['noise', 'a.bin', Buffer.from([0, 1, 2, 3, 250, 251]), 'application/octet-stream'],
  ])('%s is taken', async (_what, name, file, type) => {
    expect(await judge(name, file)).toEqual({ ok: true, type });
  });

  test.each([
    ['a web page called .pdf', 'a.PDF', htmlAsPdf(), 'FILE_NOT_PDF'],
    ['a playlist called .mp4', 'a.mp4', Buffer.from('#EXTM3U\nfile:///etc/passwd\n'), 'FILE_NOT_MEDIA'],
    ['noise called .mp3', 'a.mp3', Buffer.from([0, 1, 2, 3, 250, 251]), 'FILE_NOT_MEDIA'],
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

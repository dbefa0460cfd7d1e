import { expect, test } from 'vitest';
import { decodeText } from '../adapters/convert/decode-text';
import { readCues, writeVtt } from './caption-text';

const SRT = `\uFEFF1\r
00:00:01,000 --> 00:00:02,500\r
Hello <i>there</i>\r
and <font color="red">here</font>\r
\r
2\r
1:00:03,5 --> 1:00:04,000 X1:40\r
{\\an8}Fish & <b>chips</b> 3 < 4\r
`;

test('SRT becomes WebVTT: its times, its lines, and what is bold or italic', () => {
  expect(writeVtt(readCues(SRT))).toBe(`WEBVTT

00:00:01.000 --> 00:00:02.500
Hello <i>there</i>
and here

01:00:03.500 --> 01:00:04.000
Fish &amp; <b>chips</b> 3 &lt; 4
`);
});

test('WebVTT keeps its words; styles, regions, notes, voices and scripts do not get through', () => {
  const vtt = `WEBVTT - a title

STYLE
::cue { background: url(https://example.test/spy.png) }

NOTE nobody reads this

intro
00:01.000 --> 00:02.000 position:10%
<v Anna>Good &amp; morning <script>alert(1)</script><00:01.500>now
`;
  expect(writeVtt(readCues(vtt))).toBe(`WEBVTT

00:00:01.000 --> 00:00:02.000
Good &amp; morning alert(1)now
`);
});

test('what ends before it begins, holds no words or is no file of captions gives no lines', () => {
  expect(readCues('1\n00:00:05,000 --> 00:00:01,000\nback\n\n2\n00:00:06,000 --> 00:00:07,000\n\n')).toEqual(
    [],
  );
  expect(readCues('#EXTM3U\nfile:///etc/passwd\n')).toEqual([]);
});

test('old files are read by their letters: UTF-16 by its mark, and what is no UTF-8 as Windows wrote it', () => {
  expect(decodeText(Buffer.from('\uFEFFGrüße', 'utf16le')).replace('\uFEFF', '')).toBe('Grüße');
  expect(decodeText(Buffer.from('Grüße', 'latin1'))).toBe('Grüße');
  expect(decodeText(Buffer.from('Grüße'))).toBe('Grüße');
});

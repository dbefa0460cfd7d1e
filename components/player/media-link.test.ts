import { expect, test } from 'vitest';
import { parseMediaLink } from './media-link';

const ID = 'dQw4w9WgXcQ';

test.each([
  [`https://www.youtube.com/watch?v=${ID}`, 0],
  [`https://youtube.com/watch?list=PL1&v=${ID}&t=90`, 90],
  [`https://m.youtube.com/watch?v=${ID}&t=1m30s`, 90],
  [`https://music.youtube.com/watch?v=${ID}`, 0],
  [`https://youtu.be/${ID}?t=1h2m3s`, 3723],
  [`youtu.be/${ID}`, 0],
  [`  https://www.youtube.com/shorts/${ID}  `, 0],
  [`https://www.youtube.com/live/${ID}?feature=share`, 0],
  [`https://www.youtube.com/embed/${ID}?start=12`, 12],
  [`https://www.youtube-nocookie.com/embed/${ID}`, 0],
])('%s is a video of YouTube', (text, seconds) => {
  expect(parseMediaLink(text)).toMatchObject({
    source: { kind: 'youtube', videoId: ID },
    startMs: seconds * 1000,
  });
});

test('an address of a file plays under its name', () => {
  expect(parseMediaLink('https://example.org/a/My%20film.mp4?x=1')).toEqual({
    source: { kind: 'link', url: 'https://example.org/a/My%20film.mp4?x=1' },
    startMs: 0,
    title: 'My film.mp4',
  });
  expect(parseMediaLink('https://example.org/%')?.title).toBe('%');
});

test.each([
  '',
  'hello',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:video/mp4;base64,AAAA',
  'https://www.youtube.com/watch?v=short',
  'https://www.youtube.com/',
  'https://youtu.be/',
  'http://localhost/film.mp4',
  `https://example.org/${'x'.repeat(2000)}`,
])('%s is nothing that plays', (text) => {
  expect(parseMediaLink(text)).toBeNull();
});

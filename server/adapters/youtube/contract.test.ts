import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataApiDirectory } from './data-api';
import { oembedDirectory } from './oembed';
import type { YouTubeDirectory } from './port';
import { startYouTubeStandIn } from './stand-in-fixture';

let standIn: Awaited<ReturnType<typeof startYouTubeStandIn>>;
beforeAll(async () => {
  standIn = await startYouTubeStandIn();
});
afterAll(() => void standIn.close());

describe.each<[string, () => YouTubeDirectory, () => YouTubeDirectory]>([
  [
    'the Data API',
    () => dataApiDirectory('a-key', standIn.dataUrl),
    () => dataApiDirectory('a-key', 'http://127.0.0.1:1/'),
  ],
  ['oEmbed', () => oembedDirectory(standIn.oembedUrl), () => oembedDirectory('http://127.0.0.1:1/')],
])('%s, on a local server that answers as YouTube documents it', (_name, directory, nowhere) => {
  test('says what a video is called and whose it is', async () => {
    expect(await directory().describe('aaaaaaaaaa1')).toMatchObject({
      videoId: 'aaaaaaaaaa1',
      title: 'The Moon’s phases & eclipses',
      channel: 'Sky School',
    });
  });

  test('knows nothing of one that is not there, or where nobody answers', async () => {
    expect(await directory().describe('bbbbbbbbbbb')).toBeNull();
    expect(await nowhere().describe('aaaaaaaaaa1')).toBeNull();
  });
});

describe('searching by the Data API', () => {
  const search = (words: string, url = standIn.dataUrl) => dataApiDirectory('a-key', url).search?.(words);

  test('finds videos with their lengths; a broadcast has none', async () => {
    const answer = await search('moon');
    expect(answer).toMatchObject({
      ok: true,
      videos: [{ durationMs: 750_000 }, { durationMs: 3_723_000 }, { title: 'Moon live', durationMs: null }],
    });
  });

  test('nothing found is an answer, by one call', async () => {
    standIn.asked.length = 0;
    expect(await search('xyzzy')).toEqual({ ok: true, videos: [] });
    expect(standIn.asked).toEqual(['/v3/search']);
  });

  test.each([
    ['quota', 'quota'],
    ['key', 'refused'],
    ['broken', 'unreachable'],
  ])('“%s” is told as %s', async (words, why) => {
    expect(await search(words)).toEqual({ ok: false, why });
  });

  test('where nobody answers', async () => {
    expect(await search('moon', 'http://127.0.0.1:1/')).toEqual({ ok: false, why: 'unreachable' });
  });
});

test('without a key there is no search', () => {
  expect(oembedDirectory().search).toBeNull();
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { youtubeSearches } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { Role } from '@/room/roles';
import { dataApiDirectory } from '../adapters/youtube/data-api';
import { startYouTubeStandIn } from '../adapters/youtube/stand-in-fixture';
import type { App } from '../app';
import { testApp } from '../testing';
import { describeVideo, searchVideos } from './service';

let database: TestDatabase;
let standIn: Awaited<ReturnType<typeof startYouTubeStandIn>>;
let app: App;
beforeAll(async () => {
  [database, standIn] = await Promise.all([createTestDatabase(), startYouTubeStandIn()]);
  app = { ...testApp(database), youtube: dataApiDirectory('a-key', standIn.dataUrl) };
});
afterAll(async () => {
  standIn.close();
  await database.drop();
});

const somebody = (role: Role = 'teacher') => ({ id: randomUUID(), role });

test('the same words are asked of YouTube once a week, however they are written', async () => {
  standIn.asked.length = 0;
  const first = await searchVideos(app, somebody(), 'Moon’s  phases');
  expect(first.map(({ videoId }) => videoId)).toEqual(['aaaaaaaaaa1']);
  expect(await searchVideos(app, somebody('presenter'), ' moon’s phases ')).toEqual(first);
  expect(standIn.asked).toEqual(['/v3/search', '/v3/videos']);
  await database.db.update(youtubeSearches).set({ searchedAt: new Date(Date.now() - 8 * 86_400_000) });
  await searchVideos(app, somebody(), 'moon’s phases');
  expect(standIn.asked).toHaveLength(4);
});

test('a day’s searches that are used up are told apart from YouTube being away, and neither is kept', async () => {
  for (const [words, code] of [
    ['quota', 'YOUTUBE_QUOTA'],
    ['broken', 'YOUTUBE_AWAY'],
  ] as const) {
    await expect(searchVideos(app, somebody(), words)).rejects.toMatchObject({ code });
    await expect(searchVideos(app, somebody(), words)).rejects.toMatchObject({ code });
  }
});

test('students neither search nor ask for titles', async () => {
  for (const role of ['student', 'guest'] as const) {
    await expect(searchVideos(app, somebody(role), 'moon')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(describeVideo(app, somebody(role), 'aaaaaaaaaa1')).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
  }
});

test('nobody uses up everybody’s searches', async () => {
  const one = somebody();
  const asked = Array.from({ length: 30 }, (_, index) => searchVideos(app, one, `moon ${index}`));
  const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected');
  expect(refused.length).toBe(10);
});

test('without a key there is no search', async () => {
  const without = testApp(database);
  await expect(searchVideos(without, somebody(), 'moon')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

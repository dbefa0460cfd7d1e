import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMedia, MEDIA_RECIPES } from '../adapters/transcode/media-fixture';
import { fetchFilm, type MediaStack, startMediaStack } from './media-fixture';
import { startJobs } from './worker';

let stack: MediaStack;
let jobs: Awaited<ReturnType<typeof startJobs>>;
beforeAll(async () => {
  stack = await startMediaStack();
  jobs = await startJobs(stack.app, stack.adapters);
});
afterAll(async () => {
  await jobs.stop();
  await stack.stop();
});

const bytesOf = async (name: keyof typeof MEDIA_RECIPES) =>
  readFile(await makeMedia(stack.folder, name, MEDIA_RECIPES[name]));

/** How many pictures come out of a film, and which codecs are in it. */
async function decode(film: Buffer) {
  const file = path.join(stack.folder, 'decoded.mp4');
  await writeFile(file, film);
  const { stdout } = await promisify(execFile)('ffprobe', [
    ...['-v', 'error', '-count_frames', '-show_entries', 'stream=codec_name,codec_type,nb_read_frames'],
    ...['-of', 'json', file],
  ]);
  const { streams } = JSON.parse(stdout) as {
    streams: { codec_name: string; codec_type: string; nb_read_frames: string }[];
  };
  return Object.fromEntries(
    streams.map((one) => [one.codec_type, { codec: one.codec_name, frames: Number(one.nb_read_frames) }]),
  );
}

test('a film that no browser plays is made playable, and served in signed parts', async () => {
  const id = await stack.add('Film.avi', await bytesOf('mpeg4.avi'));
  expect(await stack.settled(id)).toMatchObject({ status: 'ready', kind: 'media', failure: null });
  const playback = await stack.playback(id);
  expect(playback).toMatchObject({ state: 'ready', delivery: 'hls', video: true, durationMs: 2000 });
  const { list, film } = await fetchFilm(playback.url ?? '');
  expect(list).toContain('#EXT-X-ENDLIST');
  expect(await decode(film)).toMatchObject({
    video: { codec: 'h264', frames: 50 },
    audio: { codec: 'aac' },
  });
});

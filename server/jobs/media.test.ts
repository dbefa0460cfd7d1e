import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { decodeAll, makeMedia, MEDIA_RECIPES } from '../adapters/transcode/media-fixture';
import { addCaptions, mediaKeysOf, readCaptions, removeCaptions, retryDocument } from '../documents/service';
import { deleteItems } from '../documents/library';
import { playlistAddress } from '../files/playlist-address';
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

/** What comes out of a film when all of it is decoded. */
async function decode(film: Buffer) {
  const file = path.join(stack.folder, 'decoded.mp4');
  await writeFile(file, film);
  return decodeAll(file);
}

test('a film that no browser plays is made playable, and served in signed parts', async () => {
  const id = await stack.add('Film.avi', await bytesOf('mpeg4.avi'));
  expect(await stack.settled(id)).toMatchObject({ status: 'ready', kind: 'media', failure: null });
  const playback = await stack.playback(id);
  expect(playback).toMatchObject({ state: 'ready', delivery: 'hls', video: true });
  expect(Math.abs((playback.durationMs ?? 0) - 2000)).toBeLessThan(150);
  const { list, film } = await fetchFilm(playback.url ?? '');
  expect(list).toContain('#EXT-X-ENDLIST');
  expect(await decode(film)).toMatchObject({
    video: { codec: 'h264', frames: 20 },
    audio: { codec: 'aac' },
  });
});

const SRT = '1\n00:00:00,500 --> 00:00:01,500\nHello <i>there</i> <script>alert(1)</script>\n';

test('a film has a picture, sound its loudness; words lie beside it under its name or come with it', async () => {
  const film = await makeMedia(stack.folder, 'plain.mkv', MEDIA_RECIPES['h264.mkv']);
  const srt = path.join(stack.folder, 'own.srt');
  await writeFile(srt, SRT);
  const withWords = await makeMedia(stack.folder, 'words.mkv', [
    ...['-i', film, '-i', srt, '-c', 'copy', '-metadata:s:s:0', 'language=ger'],
  ]);
  const before = await stack.add('Moon.fr.srt', Buffer.from(SRT));
  await stack.settled(before);
  const id = await stack.add('Moon.mkv', await readFile(withWords));
  await stack.settled(id);
  await stack.add('moon.vtt', Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\nLater\n'));
  await stack.add('Moonlight.srt', Buffer.from(SRT));
  const playback = await vi.waitFor(
    async () => {
      const now = await stack.playback(id);
      expect(now.captions).toHaveLength(3);
      expect(now.posterUrl).not.toBeNull();
      return now;
    },
    { timeout: 20_000, interval: 100 },
  );
  expect(playback.captions.map(({ label, language }) => [label, language])).toEqual([
    ['Deutsch', 'de'],
    ['français', 'fr'],
    ['moon', null],
  ]);
  for (const { url } of playback.captions.slice(0, 2)) {
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toMatch(/^text\/vtt/);
    expect(await answer.text()).toBe(
      'WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nHello <i>there</i> alert(1)\n',
    );
  }
  const poster = await fetch(playback.posterUrl ?? '');
  expect((await sharp(await poster.arrayBuffer()).metadata()).format).toBe('webp');
  expect(playback.waveform).toBeNull();

  await deleteItems(stack.app, stack.ownerId, { documentIds: [before], folderIds: [] });
  expect((await stack.playback(id)).captions.map(({ language }) => language)).toEqual(['de', null]);

  const sound = await stack.add('Tone.mp3', await bytesOf('sound.mp3'));
  await vi.waitFor(async () => expect((await stack.playback(sound)).waveform).not.toBeNull(), {
    timeout: 20_000,
    interval: 100,
  });
  const tone = await stack.playback(sound);
  expect(tone).toMatchObject({ state: 'ready', delivery: 'file', mimeType: 'audio/mpeg', video: false });
  expect(tone.waveform?.length).toBeLessThanOrEqual(1000);
  const part = await fetch(tone.url ?? '', { headers: { range: 'bytes=0-99' } });
  expect([part.status, part.headers.get('content-type')]).toEqual([206, 'audio/mpeg']);
}, 60_000);

test('captions are put to a film, listed and taken off by its owner alone, and only what is a file of captions', async () => {
  const film = await stack.add('Other.mp3', await bytesOf('sound.mp3'));
  const words = await stack.add('Anything.srt', Buffer.from(SRT));
  const text = await stack.add('Anything.csv', Buffer.from('a,b\n1,2\n'));
  for (const id of [film, words, text]) await stack.settled(id);
  const add = (ownerId: string, captionsId: string) =>
    addCaptions(stack.app, ownerId, { documentId: film, captionsId });
  await expect(add(stack.app.newId(), words)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(add(stack.ownerId, text)).rejects.toMatchObject({ code: 'NOT_CAPTIONS' });
  await add(stack.ownerId, words);
  await vi.waitFor(async () => expect((await stack.playback(film)).captions).toHaveLength(1), {
    timeout: 20_000,
    interval: 100,
  });
  const list = await readCaptions(stack.app, stack.ownerId, film);
  expect(list).toMatchObject([{ label: 'Anything', fromDocumentId: words }]);
  const [{ id } = { id: '' }] = list;
  await expect(readCaptions(stack.app, stack.app.newId(), film)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const remove = (ownerId: string) => removeCaptions(stack.app, ownerId, { documentId: film, id });
  await expect(remove(stack.app.newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await remove(stack.ownerId);
  expect((await stack.playback(film)).captions).toEqual([]);
  await expect(remove(stack.ownerId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await vi.waitFor(async () => expect(await stack.adapters.storage.size(id)).toBeNull(), {
    timeout: 20_000,
    interval: 100,
  });
}, 60_000);

test('what is no film is refused with its reason, and can be tried again', async () => {
  const cases = {
    'list.mp4': [Buffer.from('#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n'), 'FILE_NOT_MEDIA'],
    'cut.mov': [(await bytesOf('h264.mov')).subarray(0, 9000), 'MEDIA_DAMAGED'],
  } as const;
  for (const [name, [bytes, failure]] of Object.entries(cases)) {
    const id = await stack.add(name, bytes);
    const document = await stack.settled(id);
    expect([name, document.status, document.failure]).toEqual([name, 'failed', failure]);
    await retryDocument(stack.app, id, stack.ownerId);
    expect(await stack.settled(id)).toMatchObject({ status: 'failed', failure });
  }
}, 60_000);

test('an address of a film or of a part opens nothing else, and nothing once it has ended', async () => {
  const id = await stack.add('Signed.avi', await bytesOf('mpeg4.avi'));
  const document = await stack.settled(id);
  const url = (await stack.playback(id)).url ?? '';
  const other = new URL(url);
  other.pathname = other.pathname.replace(id, stack.app.newId());
  expect((await fetch(other)).status).toBe(403);
  const longer = new URL(url);
  longer.searchParams.set('e', String(Number(longer.searchParams.get('e')) + 1));
  expect((await fetch(longer)).status).toBe(403);
  const ended = playlistAddress(
    stack.app.env,
    { documentId: id, storageKey: document.storageKey },
    Date.now() - 1000,
  );
  expect((await fetch(ended)).status).toBe(403);
  const { list } = await fetchFilm(url);
  const part = new URL(list.match(/^http.+$/m)?.[0] ?? '');
  part.pathname = `/f/${document.storageKey}`;
  expect((await fetch(part)).status).toBe(403);
  await deleteItems(stack.app, stack.ownerId, { documentIds: [id], folderIds: [] });
  expect((await fetch(url)).status).toBe(404);
}, 60_000);

test('another file takes a film’s place once it is known to play, and what was made of the first goes; a bad one changes nothing', async () => {
  const id = await stack.add('Replaced.avi', await bytesOf('mpeg4.avi'));
  const first = await stack.settled(id);
  const old = await mediaKeysOf(stack.app.db, first);
  await stack.add('Bad.mov', (await bytesOf('h264.mov')).subarray(0, 9000), id);
  expect(await stack.settled(id)).toMatchObject({ status: 'ready', failure: 'MEDIA_DAMAGED', version: 1 });
  expect(await stack.playback(id)).toMatchObject({ state: 'ready', delivery: 'hls', failure: null });
  await stack.add('Good.mp3', await bytesOf('sound.mp3'), id);
  expect(await stack.settled(id)).toMatchObject({ status: 'ready', failure: null, version: 2 });
  expect(await stack.playback(id)).toMatchObject({ delivery: 'file', video: false, mimeType: 'audio/mpeg' });
  const [asked] = await stack.app.sql<{ data: { keys: string[] } }[]>`
    select data from pgboss.job where name = 'files-drop' and data->'keys' ? ${first.storageKey}`;
  expect(asked?.data.keys).toEqual(expect.arrayContaining(old));
}, 60_000);

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Storage } from '../adapters/storage/port';
import { makeMedia } from '../adapters/transcode/media-fixture';
import { documentForRoom, listPlayable, mediaKeysOf } from '../documents/service';
import { readStates } from '../documents/library';
import { fetchFilm, type MediaStack, startMediaStack } from './media-fixture';
import { startJobs } from './worker';

/** Where files lie in a bucket: a real server that speaks S3's language. */
let folder: string;
let bucket: S3rver;
let stack: MediaStack;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-bucket-'));
  bucket = new S3rver({
    ...{ port: 0, address: '127.0.0.1', silent: true, resetOnClose: true },
    ...{
      directory: folder,
      configureBuckets: [{ name: 'lectern', configs: [] }],
    },
  });
  const { port } = await bucket.run();
  stack = await startMediaStack({
    ...{ S3_BUCKET: 'lectern', S3_ENDPOINT: `http://127.0.0.1:${port}` },
    ...{ S3_ACCESS_KEY_ID: 'S3RVER', S3_SECRET_ACCESS_KEY: 'S3RVER' },
  });
});
afterAll(async () => {
  await stack.stop();
  await bucket.close();
  await rm(folder, { recursive: true, force: true });
});

test('a film is played from its beginning while the rest is made, and its list grows until it ends', async () => {
  const { app, adapters, ownerId } = stack;
  const gate = Promise.withResolvers<void>();
  let puts = 0;
  const slow: Storage = {
    ...adapters.storage,
    // The beginning and the first part come; the second waits.
    put: async (key, source) => {
      puts += 1;
      if (puts > 2) await gate.promise;
      return adapters.storage.put(key, source);
    },
  };
  const making = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=14', '-c:v', 'mpeg4'];
  const jobs = await startJobs(app, {
    ...adapters,
    storage: slow,
    // Its picture would be the second thing that is stored.
    transcoder: { ...adapters.transcoder, makePoster: async () => undefined },
  });
  try {
    const id = await stack.add(
      'Growing.avi',
      await readFile(await makeMedia(stack.folder, 'growing.avi', making)),
    );
    await vi.waitFor(async () => expect((await stack.playback(id)).url).not.toBeNull(), {
      timeout: 20_000,
      interval: 50,
    });
    const now = await stack.playback(id);
    expect(now).toMatchObject({ state: 'converting', delivery: 'hls', durationMs: 14_000, failure: null });
    expect(now.progress).toBeCloseTo(4 / 14);
    const growing = await fetch(now.url ?? '');
    expect(growing.headers.get('cache-control')).toBe('no-store');
    const list = await growing.text();
    expect(list).toMatch(/#EXT-X-PLAYLIST-TYPE:EVENT/);
    expect(list).not.toContain('#EXT-X-ENDLIST');
    expect(list.match(/^#EXTINF/gm)).toHaveLength(1);
    await fetchFilm(now.url ?? '');
    // It can be shown in a class, and stands among what plays.
    const room = { documentId: id, roomId: app.newId(), userId: ownerId };
    expect(await documentForRoom(app, room)).toMatchObject({ plays: true });
    expect(await listPlayable(app, ownerId)).toMatchObject({ files: [{ id, plays: true }], inWork: false });
    const { documents } = await readStates(app, ownerId, [id], Date.now());
    expect(documents).toMatchObject([{ status: 'converting', kind: 'media', pagesDone: 4, pagesTotal: 14 }]);

    gate.resolve();
    const document = await stack.settled(id);
    const { list: whole } = await fetchFilm((await stack.playback(id)).url ?? '');
    expect(whole.match(/^#EXTINF/gm)).toHaveLength(4);
    expect(whole).toContain('#EXT-X-ENDLIST');
    // What was said before is not said otherwise, but for the addresses' signatures.
    const said = (text: string) => text.replace(/\?.*$/gm, '').replace('\n#EXT-X-ENDLIST', '').trim();
    expect(said(whole).startsWith(said(list))).toBe(true);
    const keys = await mediaKeysOf(app.db, document);
    const sizes = await Promise.all(keys.map((key) => adapters.storage.size(key)));
    expect(sizes.filter((size) => size !== null)).toHaveLength(5);
  } finally {
    gate.resolve();
    await jobs.stop();
  }
}, 90_000);

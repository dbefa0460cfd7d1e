import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeMedia } from '../adapters/transcode/media-fixture';
import { mediaKeysOf } from '../documents/service';
import { processesBelow, startWorkerProcess, workerOf } from '../worker-fixture';
import { fetchFilm, type MediaStack, startMediaStack } from './media-fixture';

let stack: MediaStack;
beforeAll(async () => {
  stack = await startMediaStack();
});
afterAll(() => stack.stop());

const SECONDS = 30;

/** A film that takes some seconds to be made playable. */
async function slowFilm(name: string): Promise<Buffer> {
  const film = ['-f', 'lavfi', '-i', `testsrc2=s=640x360:r=25:d=${SECONDS}`];
  return readFile(await makeMedia(stack.folder, name, [...film, '-c:v', 'mpeg4', '-qscale:v', '9']));
}

const encoders = () =>
  processesBelow(stack.folder).filter(
    ({ command }) => /ffmpeg /.test(command) && command.includes('list.m3u8'),
  );
/** Whether it was still there: what runs inside of another may end with it. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

const working = { timeout: 60_000, interval: 20 };

/** Names of what is stored; a draft that was being written when its writer was killed is swept later. */
async function stored(): Promise<string[]> {
  const place = path.join(stack.folder, 'files');
  const names = await readdir(place, { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile() && !entry.name.includes('.')).map((entry) => entry.name);
}

async function begun(id: string): Promise<void> {
  await vi.waitFor(async () => {
    expect(await stack.playback(id)).toMatchObject({ state: 'converting', url: expect.any(String) });
    expect(encoders()).not.toEqual([]);
  }, working);
}

test('a worker or an ffmpeg that is killed while a film is made playable leaves no process; another one makes it, once', async () => {
  const workers = await Promise.all([1, 2].map(() => startWorkerProcess(stack.database.url, stack.folder)));
  try {
    const id = await stack.add('Slow.avi', await slowFilm('slow.avi'));
    await begun(id);
    const watched = (await fetchFilm((await stack.playback(id)).url ?? '')).film;
    const killed = workerOf(
      encoders().map(({ pid }) => pid),
      workers,
    );
    killed.child.kill('SIGKILL');
    await killed.ended;
    await vi.waitFor(() => expect(encoders()).toEqual([]), { timeout: 5_000, interval: 20 });
    // What was made can be watched while nobody works on it.
    expect((await stack.playback(id)).url).not.toBeNull();

    // The other one takes it over, and is not told why its ffmpeg ends.
    await vi.waitFor(() => expect(encoders()).not.toEqual([]), working);
    expect(encoders().filter(({ pid }) => kill(pid))).not.toEqual([]);

    const document = await stack.settled(id, 150_000);
    expect(document).toMatchObject({ status: 'ready', failure: null });
    const { list, film } = await fetchFilm((await stack.playback(id)).url ?? '');
    expect(list).toContain('#EXT-X-ENDLIST');
    const lasts = [...list.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, one]) => sum + Number(one), 0);
    expect(Math.round(lasts)).toBe(SECONDS);
    // Who watched what the first one made goes on with what the second one made.
    expect(film.subarray(0, watched.length).equals(watched)).toBe(true);
    const known = [document.storageKey, ...(await mediaKeysOf(stack.app.db, document))];
    const there = await stored();
    expect(there.filter((key) => !known.includes(key))).toEqual([]);
    expect(new Set(there).size).toBe(there.length);
    // What the one that was killed had open is swept away later.
    const work = await readdir(path.join(stack.folder, 'work'));
    expect(work.filter((name) => name.startsWith('job-'))).toHaveLength(1);
  } finally {
    for (const { child } of workers) child.kill('SIGKILL');
    await Promise.all(workers.map(({ ended }) => ended));
  }
}, 240_000);

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { type Actor, signUpActor } from '../../actor';
import { CHROMIUM_ARGS, chromiumPath } from '../../chromium';
import type { Stack } from '../../stack/stack';
import { uploadFile } from '../../upload-file';
import { untilPlayback } from './until-playback';

const run = promisify(execFile);
const SECONDS = 600;
/** What is encoded once, and then repeated. */
const LOOP_SECONDS = 20;
const hlsFile = createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js');

const FILMS = {
  // What a screen recorder writes: 4 Mbit/s, sound that stays as it is.
  remux: ['-c:v', 'libx264', '-preset', 'superfast', '-b:v', '4M', '-g', '60', '-pix_fmt', 'yuv420p'],
  transcode: ['-c:v', 'libsvtav1', '-preset', '12', '-b:v', '2M', '-g', '60', '-pix_fmt', 'yuv420p'],
} as const;

/**
 * Ten minutes of 1080p in an MKV, from the end of their upload until a browser shows the first picture of what is served: H.264, which is
 * only packed anew (`remuxWatchableMs`), and AV1, which is encoded anew (`transcodeWatchableMs`). `remuxAllMs`: until all of the
 * first can be watched.
 */
export async function measureConvert(
  stack: Stack,
): Promise<{ remuxWatchableMs: number; transcodeWatchableMs: number; remuxAllMs: number }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-bench-convert-'));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    const actor = await signUpActor(stack.appUrl, 'Mara Lindt');
    const page = await (await browser.newContext({ bypassCSP: true })).newPage();
    await page.goto(stack.appUrl);
    await page.addScriptTag({ path: hlsFile });
    await page.addScriptTag({ path: path.join(import.meta.dirname, 'watch-first-frame.js') });
    const films = {
      remux: await makeFilm(folder, 'remux'),
      transcode: await makeFilm(folder, 'transcode'),
    };
    const remux = await watchable(stack, actor, page, films.remux);
    const remuxAllMs = await untilReady(actor, remux);
    const transcode = await watchable(stack, actor, page, films.transcode);
    // It would go on for minutes beside what is measured next.
    await actor.trpc.library.remove.mutate({ documentIds: [transcode.documentId] });
    return { remuxWatchableMs: remux.ms, transcodeWatchableMs: transcode.ms, remuxAllMs };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeFilm(folder: string, kind: keyof typeof FILMS): Promise<Buffer> {
  const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];
  const [loop, film] = [path.join(folder, `${kind}-loop.mkv`), path.join(folder, `${kind}.mkv`)];
  const picture = `testsrc2=s=1920x1080:r=30:d=${LOOP_SECONDS}`;
  const sound = `sine=frequency=440:duration=${LOOP_SECONDS}`;
  await run('ffmpeg', [
    ...[...quiet, '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound],
    ...[...FILMS[kind], '-c:a', 'aac', loop],
  ]);
  const times = String(SECONDS / LOOP_SECONDS - 1);
  await run('ffmpeg', [...quiet, '-stream_loop', times, '-i', loop, '-c', 'copy', film]);
  return readFile(film);
}

type Watched = { documentId: string; uploaded: number; ms: number };

async function watchable({ appUrl }: Stack, actor: Actor, page: Page, bytes: Buffer): Promise<Watched> {
  const documentId = await uploadFile(appUrl, actor, {
    ...{ name: 'Film.mkv', bytes },
    mimeType: 'video/x-matroska',
  });
  const uploaded = performance.timeOrigin + performance.now();
  const url = await untilPlayback(actor, documentId, ({ url }) => url);
  const shown = await page.evaluate<number>(`window.watchFirstFrame(${JSON.stringify(url)})`);
  return { documentId, uploaded, ms: shown - uploaded };
}

async function untilReady(actor: Actor, { documentId, uploaded }: Watched): Promise<number> {
  await untilPlayback(actor, documentId, ({ state }) => (state === 'ready' ? state : null));
  return performance.timeOrigin + performance.now() - uploaded;
}

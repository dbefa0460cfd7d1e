import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Probe, type SubtitleStream, WAVEFORM_LENGTH } from './port';
import { runFfmpeg, type Task } from './run';

const POSTER_TIMEOUT_MS = 60_000;
/** Twelve hours of sound are read in two minutes. */
const READ_ALL_TIMEOUT_MS = 900_000;
const POSTER_WIDTH = 640;
/** Titles and black come first. */
const POSTER_AT_MS = 10_000;
/** One of so many pictures that is like most of them. */
const POSTER_FRAMES = 30;
const SAMPLES_A_SECOND = 8000;
/** What is quieter is not seen. */
const QUIETEST_DB = -60;
const MAX_WORDS_BYTES = 5_000_000;

/** A picture of the film, or the sleeve of the record. */
export async function posterOfInput(
  task: Task,
  { video, cover, durationMs }: Probe,
  take: (path: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const index = video?.index ?? cover;
  if (index === null || index === undefined) return;
  const poster = path.join(task.folder, 'poster.webp');
  const at = video ? Math.min(POSTER_AT_MS, (durationMs ?? 0) / 10) : 0;
  const scale = `scale='min(${POSTER_WIDTH},iw)':-2:force_original_aspect_ratio=decrease,setsar=1`;
  const upright = video?.stretched ? "scale='trunc(iw*sar/2)*2':ih," : '';
  for (const [start, choose] of [
    [at, video ? `thumbnail=${POSTER_FRAMES},` : ''],
    [0, ''],
  ] as const) {
    await runFfmpeg(task, {
      program: 'ffmpeg',
      reading: start > 0 ? ['-ss', String(start / 1000)] : [],
      making: [
        ...['-map', `0:${index}`, '-vf', `${choose}${upright}${scale},format=yuv420p`],
        ...['-frames:v', '1', '-c:v', 'libwebp', '-quality', '75', '-f', 'webp', 'poster.webp'],
      ],
      timeoutMs: POSTER_TIMEOUT_MS,
      signal,
    });
    signal.throwIfAborted();
    if (existsSync(poster) && (await stat(poster)).size > 0) return take(poster);
  }
}

/** The loudest moment of each of `WAVEFORM_LENGTH` spans, on a scale of loudness from silence to as loud as can be. */
export async function waveformOfInput(
  task: Task,
  { audio, durationMs }: Probe,
  signal: AbortSignal,
): Promise<number[]> {
  if (!audio) return [];
  const samples = Math.ceil(((durationMs ?? 600_000) / 1000) * SAMPLES_A_SECOND);
  const span = Math.max(1, Math.ceil(samples / WAVEFORM_LENGTH));
  const peaks: number[] = [];
  await runFfmpeg(task, {
    program: 'ffmpeg',
    making: [
      ...['-map', `0:${audio.index}`, '-vn', '-sn', '-dn', '-af'],
      `aresample=${SAMPLES_A_SECOND},aformat=sample_fmts=flt:channel_layouts=mono,asetnsamples=n=${span}:p=0,` +
        'astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level,' +
        'ametadata=mode=print:key=lavfi.astats.Overall.Peak_level:file=-',
      ...['-f', 'null', '-'],
    ],
    timeoutMs: READ_ALL_TIMEOUT_MS,
    signal,
    onLine: (line) => {
      const level = /Peak_level=(\S+)$/.exec(line)?.[1];
      if (level !== undefined && peaks.length < WAVEFORM_LENGTH + 100) peaks.push(loudness(Number(level)));
    },
  });
  signal.throwIfAborted();
  return peaks;
}

function loudness(db: number): number {
  if (!Number.isFinite(db)) return 0;
  return Math.round(Math.min(1, Math.max(0, 1 - db / QUIETEST_DB)) * 100) / 100;
}

/** The words of all streams of text, read in one pass. */
export async function subtitlesOfInput(
  task: Task,
  { subtitles }: Probe,
  signal: AbortSignal,
): Promise<{ stream: SubtitleStream; text: string }[]> {
  if (subtitles.length === 0) return [];
  await runFfmpeg(task, {
    program: 'ffmpeg',
    making: subtitles.flatMap(({ index }) => [
      ...['-map', `0:${index}`, '-c:s', 'webvtt', '-f', 'webvtt', `words-${index}.vtt`],
    ]),
    timeoutMs: READ_ALL_TIMEOUT_MS,
    signal,
  });
  signal.throwIfAborted();
  const read: { stream: SubtitleStream; text: string }[] = [];
  for (const stream of subtitles) {
    const file = path.join(task.folder, `words-${stream.index}.vtt`);
    if (!existsSync(file) || (await stat(file)).size > MAX_WORDS_BYTES) continue;
    read.push({ stream, text: await readFile(file, 'utf8') });
  }
  return read;
}

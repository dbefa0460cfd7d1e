import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EncodedVideo, HlsPlan, Probe, TakeHls, TranscodeFailure } from './port';
import { runFfmpeg, type Task } from './run';

/** Length of a part, s: short, so that the first one is soon there. */
const PART_SECONDS = 4;
/** Sound alone is small. */
const SOUND_PART_SECONDS = 10;
/** In what is encoded a player can begin at each of these, s. */
const KEY_SECONDS = 2;
/** What is made of one file may weigh so much. */
const MAX_BYTES = 6 * 1024 ** 3;
const SLOWEST_MS = 6 * 3600_000;
const BEGINNING = 'beginning.mp4';
const LIST = 'list.m3u8';

/**
 * Makes `input` playable in parts, and hands each over as soon as ffmpeg has closed it. When something is decoded that cannot be, what
 * there is is made.
 */
export async function makeHlsOfInput(
  task: Task,
  probe: Probe,
  plan: HlsPlan,
  take: TakeHls,
  signal: AbortSignal,
): Promise<TranscodeFailure | null> {
  const stopping = new AbortController();
  const parts = new HandingOver(task.folder, take, () => stopping.abort());
  const end = await runFfmpeg(task, {
    program: 'ffmpeg',
    reading: [
      ...['-progress', 'pipe:1', '-stats_period', '0.25'],
      ...['-max_error_rate', '1', '-fflags', '+genpts'],
    ],
    making: [
      ...(plan.video ? ['-map', `0:${probe.video?.index ?? 0}`] : []),
      ...(plan.audio ? ['-map', `0:${probe.audio?.index ?? 0}`] : []),
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn'],
      ...videoArguments(plan.video),
      ...soundArguments(plan.audio),
      ...hlsArguments(plan.video ? PART_SECONDS : SOUND_PART_SECONDS),
    ],
    timeoutMs: timeLimit(probe),
    signal: AbortSignal.any([signal, stopping.signal]),
    onLine: (line) => {
      if (line.startsWith('progress=')) parts.look();
    },
  });
  const { ended, count, bytes } = await parts.end();
  signal.throwIfAborted();
  if (end.timedOut || bytes > MAX_BYTES) return 'MEDIA_TOO_LONG';
  if (count > 0 && ended && end.code === 0) return null;
  // Somebody killed it, and did not say why: it is worth another try.
  if (end.code === null || end.code >= 128) throw new Error(`ffmpeg was ended: ${end.stderr}`);
  task.log.info({ ...end, mimeType: task.file.mimeType }, 'media not made playable');
  return 'MEDIA_DAMAGED';
}

/** What takes three times as long as it plays is given up, but nothing within ten minutes. */
function timeLimit({ durationMs }: Probe): number {
  return Math.min(SLOWEST_MS, 600_000 + 3 * (durationMs ?? SLOWEST_MS));
}

function hlsArguments(seconds: number): string[] {
  return [
    ...['-max_muxing_queue_size', '4096', '-f', 'hls', '-hls_time', String(seconds)],
    ...['-hls_playlist_type', 'event', '-hls_segment_type', 'fmp4'],
    ...['-hls_fmp4_init_filename', BEGINNING, '-hls_segment_filename', 'part-%d.m4s'],
    ...['-hls_flags', 'temp_file+independent_segments', LIST],
  ];
}

function videoArguments(video: HlsPlan['video']): string[] {
  if (video === null) return [];
  if (video === 'copy') return ['-c:v', 'copy'];
  return [
    ...['-vf', filters(video), '-fps_mode', 'vfr'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', '23'],
    ...['-maxrate', '5M', '-bufsize', '10M', '-pix_fmt', 'yuv420p'],
    ...['-force_key_frames', `expr:gte(t,n_forced*${KEY_SECONDS})`],
  ];
}

function filters({ width, height, toneMap, deinterlace, frameRate }: EncodedVideo): string {
  return [
    ...(deinterlace ? ['yadif'] : []),
    ...(frameRate === null ? [] : [`fps=${frameRate}`]),
    `scale=${width}:${height}`,
    'setsar=1',
    ...(toneMap
      ? [
          'zscale=t=linear:npl=100,format=gbrpf32le',
          'zscale=p=bt709,tonemap=hable:desat=0',
          'zscale=t=bt709:m=bt709:r=tv',
        ]
      : []),
    'format=yuv420p',
  ].join(',');
}

function soundArguments(audio: HlsPlan['audio']): string[] {
  if (audio === null) return [];
  // AAC from a broadcast says with each packet what it is; in an MP4 that stands at the beginning, once.
  if (audio === 'copy') return ['-c:a', 'copy', '-bsf:a', 'aac_adtstoasc'];
  // Gaps in the sound stay gaps: it would run ahead of the pictures otherwise.
  return ['-af', 'aresample=async=1', '-c:a', 'aac', '-b:a', '160k', '-ac', '2', '-ar', '48000'];
}

/** Hands over, one after the other, what ffmpeg's own list says is done. */
class HandingOver {
  readonly #folder: string;
  readonly #take: TakeHls;
  readonly #giveUp: () => void;
  #work: Promise<void> = Promise.resolve();
  #planned = false;
  #failed: { error: unknown } | null = null;
  #count = 0;
  #bytes = 0;
  #ended = false;

  constructor(folder: string, take: TakeHls, giveUp: () => void) {
    this.#folder = folder;
    this.#take = take;
    this.#giveUp = giveUp;
  }

  /** Looks at the list, unless that is about to be done. */
  look(): void {
    if (this.#planned) return;
    this.#planned = true;
    this.#work = this.#work.then(async () => {
      this.#planned = false;
      if (this.#failed) return;
      try {
        await this.#handOver();
      } catch (error) {
        this.#failed = { error };
        this.#giveUp();
      }
    });
  }

  async end(): Promise<{ ended: boolean; count: number; bytes: number }> {
    await this.#work;
    this.look();
    await this.#work;
    if (this.#failed) throw this.#failed.error;
    return { ended: this.#ended, count: this.#count, bytes: this.#bytes };
  }

  async #handOver(): Promise<void> {
    const list = await readFile(path.join(this.#folder, LIST), 'utf8').catch(() => '');
    this.#ended = list.includes('#EXT-X-ENDLIST');
    const parts = [...list.matchAll(/^#EXTINF:([\d.]+),\s*part-(\d+)\.m4s$/gm)];
    if (parts.length > 0 && this.#count === 0) await this.#take.beginning(path.join(this.#folder, BEGINNING));
    for (const [, seconds, name] of parts.slice(this.#count)) {
      const file = path.join(this.#folder, `part-${name}.m4s`);
      await this.#take.part(this.#count, file, Math.round(Number(seconds) * 1000));
      const { size } = await stat(file);
      this.#count += 1;
      this.#bytes += size;
      await rm(file);
      if (this.#bytes > MAX_BYTES) this.#giveUp();
    }
  }
}

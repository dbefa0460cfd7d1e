import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { HAND_MADE } from './hand-made-fixture';

const run = promisify(execFile);

/** Nothing that a test makes takes longer; ffmpeg goes on for ever where a length rounds to nothing. */
const TIMEOUT_MS = 60_000;
const FILM = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=2'];
const PHONE_FILM = ['-f', 'lavfi', '-i', 'testsrc2=s=176x144:r=10:d=2'];
const MPEG_FILM = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=2'];
/** Half of each picture is a fiftieth of a second later than the other half, as televisions have it. */
const INTERLACED = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=50:d=2'];
const WOVEN = ['-vf', 'tinterlace=interleave_top,setfield=tff'];
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2'];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
const HEVC = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'];

/** How ffmpeg makes two seconds of a test picture and a tone in each kind of file that people have: what follows its name. */
export const MEDIA_RECIPES = {
  'h264.mp4': [...FILM, ...SOUND, ...H264, '-c:a', 'aac', '-movflags', '+faststart'],
  'hevc.mp4': [...FILM, ...SOUND, ...HEVC, '-c:a', 'aac'],
  'av1.mp4': [...FILM, ...SOUND, '-c:v', 'libsvtav1', '-preset', '12', '-c:a', 'aac'],
  'h264.m4v': [...FILM, ...SOUND, ...H264, '-c:a', 'aac', '-f', 'mp4', '-brand', 'M4V '],
  'h264.mov': [...FILM, ...SOUND, ...H264, '-c:a', 'pcm_s16le'],
  'prores.mov': [...FILM, ...SOUND, '-c:v', 'prores_ks', '-c:a', 'pcm_s16le'],
  'h264.mkv': [...FILM, ...SOUND, ...H264, '-c:a', 'ac3'],
  'vp9.webm': [...FILM, ...SOUND, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'],
  'vp8.webm': [...FILM, ...SOUND, '-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libvorbis'],
  'mpeg4.avi': [...FILM, ...SOUND, '-c:v', 'mpeg4', '-c:a', 'libmp3lame'],
  'h264.avi': [...FILM, ...SOUND, ...H264, '-c:a', 'libmp3lame'],
  'wmv2.wmv': [...FILM, ...SOUND, '-c:v', 'wmv2', '-c:a', 'wmav2'],
  'flv1.flv': [...FILM, ...SOUND, '-c:v', 'flv', '-ar', '44100', '-c:a', 'libmp3lame'],
  'h264.flv': [...FILM, ...SOUND, ...H264, '-c:a', 'aac'],
  'mpeg1.mpg': [...MPEG_FILM, ...SOUND, '-c:v', 'mpeg1video', '-c:a', 'mp2'],
  'mpeg2.mpg': [...MPEG_FILM, ...SOUND, '-c:v', 'mpeg2video', '-c:a', 'mp2', '-f', 'vob'],
  'interlaced.mpg': [
    ...[...INTERLACED, ...SOUND, ...WOVEN, '-c:v', 'mpeg2video', '-flags', '+ildct+ilme'],
    ...['-c:a', 'mp2', '-f', 'vob'],
  ],
  'interlaced.ts': [
    ...INTERLACED,
    ...SOUND,
    ...WOVEN,
    ...H264,
    '-x264-params',
    'interlaced=1:tff=1',
    '-c:a',
    'aac',
  ],
  'h264.ts': [...FILM, ...SOUND, ...H264, '-c:a', 'aac'],
  'h263.3gp': [...PHONE_FILM, ...SOUND, '-c:v', 'h263', '-c:a', 'aac', '-ar', '8000', '-ac', '1'],
  'theora.ogv': [...FILM, ...SOUND, '-c:v', 'libtheora', '-c:a', 'libvorbis'],
  'sound.mp3': [...SOUND, '-c:a', 'libmp3lame'],
  'sound.wav': [...SOUND, '-c:a', 'pcm_s16le'],
  'adpcm.wav': [...SOUND, '-c:a', 'adpcm_ms'],
  'sound.flac': [...SOUND, '-c:a', 'flac'],
  'vorbis.ogg': [...SOUND, '-c:a', 'libvorbis'],
  'sound.opus': [...SOUND, '-c:a', 'libopus'],
  'aac.m4a': [...SOUND, '-c:a', 'aac'],
  'alac.m4a': [...SOUND, '-c:a', 'alac'],
  'sound.aac': [...SOUND, '-c:a', 'aac', '-f', 'adts'],
  'sound.wma': [...SOUND, '-c:a', 'wmav2'],
  'sound.aiff': [...SOUND, '-c:a', 'pcm_s16be'],
  'sound.wv': [...SOUND, '-c:a', 'wavpack'],
  'sound.ac3': [...SOUND, '-c:a', 'ac3'],
  'alac.caf': [...SOUND, '-c:a', 'alac'],
} satisfies Record<string, string[]>;
export type MediaName = keyof typeof MEDIA_RECIPES;

/** The same for kinds that ffmpeg cannot make: what is made by hand, and how ffmpeg packs it; null: it is a file as it is. */
export const PACKED_RECIPES = {
  'sound.amr': ['sound.amr', null],
  'wide.amr': ['wide.amr', null],
  'amr.3gp': ['sound.amr', [...PHONE_FILM, '-c:v', 'h263', '-c:a', 'copy']],
  'sound.ape': ['sound.ape', null],
  'wmv9.wmv': ['film.rcv', [...SOUND, '-c:v', 'copy', '-c:a', 'wmav2']],
} satisfies Record<string, [keyof typeof HAND_MADE, string[] | null]>;
export type KindName = MediaName | keyof typeof PACKED_RECIPES;

/** Makes two seconds of a kind of file and gives its path. */
export async function makeKind(folder: string, name: KindName): Promise<string> {
  if (name in MEDIA_RECIPES) return makeMedia(folder, name, MEDIA_RECIPES[name as MediaName]);
  const [made, packing] = PACKED_RECIPES[name as keyof typeof PACKED_RECIPES];
  const file = path.join(folder, made);
  await writeFile(file, HAND_MADE[made]());
  return packing ? makeMedia(folder, name, ['-i', file, ...packing]) : file;
}

/** Makes a file by ffmpeg and gives its path. @param making  what follows ffmpeg's name but for the file */
export async function makeMedia(folder: string, name: string, making: readonly string[]): Promise<string> {
  const file = path.join(folder, name);
  await run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...making, file], {
    timeout: TIMEOUT_MS,
  });
  return file;
}

/** How many of a film's pictures are woven of two moments, by what is seen in them: 0 to 1. */
export async function wovenShare(file: string): Promise<number> {
  const { stderr } = await run(
    'ffmpeg',
    ['-hide_banner', '-nostdin', '-i', file, '-vf', 'idet', '-f', 'null', '-'],
    {
      timeout: TIMEOUT_MS,
    },
  );
  const count = (kind: string) =>
    Number(new RegExp(`Multi frame detection:.* ${kind}: *(\\d+)`).exec(stderr)?.[1] ?? Number.NaN);
  const woven = count('TFF') + count('BFF');
  return woven / (woven + count('Progressive') + count('Undetermined'));
}

export type Decoded = {
  codec: string;
  frames: number;
  width?: number;
  height?: number;
  pixels?: string;
  /** When each picture or piece of sound is shown, s. */
  times: number[];
};

/** What comes out of a file when all of it is decoded, by kind: `video`, `audio`. */
export async function decodeAll(file: string): Promise<Record<string, Decoded>> {
  const { stdout } = await run(
    'ffprobe',
    [
      ...['-v', 'error', '-show_entries', 'stream=codec_name,codec_type,width,height,pix_fmt'],
      ...[
        '-show_entries',
        'frame=media_type,best_effort_timestamp_time',
        '-show_frames',
        '-of',
        'json',
        file,
      ],
    ],
    { timeout: TIMEOUT_MS, maxBuffer: 50_000_000 },
  );
  const { streams, frames } = JSON.parse(stdout) as {
    streams: { codec_name: string; codec_type: string; width?: number; height?: number; pix_fmt?: string }[];
    frames: { media_type: string; best_effort_timestamp_time?: string }[];
  };
  return Object.fromEntries(
    streams.map(({ codec_type, codec_name: codec, width, height, pix_fmt: pixels }) => {
      const times = frames
        .filter((frame) => frame.media_type === codec_type)
        .map((frame) => Number(frame.best_effort_timestamp_time));
      return [codec_type, { codec, frames: times.length, width, height, pixels, times }];
    }),
  );
}

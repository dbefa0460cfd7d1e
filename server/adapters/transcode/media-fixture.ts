import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const FILM = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=2'];
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2'];
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/**
 * Two seconds of a test picture and a tone, as each kind of file that people have: what follows ffmpeg's name. What nobody makes with
 * Debian's ffmpeg is not here: WMV 9 (VC-1), RealMedia, ALAC in CAF is.
 */
export const MEDIA_RECIPES = {
  'h264-aac.mp4': [...FILM, ...SOUND, ...H264, '-c:a', 'aac', '-movflags', '+faststart'],
  'h264.m4v': [...FILM, ...SOUND, ...H264, '-c:a', 'aac', '-f', 'mp4', '-brand', 'M4V '],
  'hevc.mp4': [
    ...FILM,
    ...SOUND,
    ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error', '-c:a', 'aac'],
  ],
  'av1.mp4': [...FILM, ...SOUND, '-c:v', 'libsvtav1', '-preset', '12', '-c:a', 'aac'],
  'h264.mov': [...FILM, ...SOUND, ...H264, '-c:a', 'aac'],
  'pcm.mov': [...FILM, ...SOUND, ...H264, '-c:a', 'pcm_s16le'],
  'h264.mkv': [...FILM, ...SOUND, ...H264, '-c:a', 'aac'],
  'ac3.mkv': [...FILM, ...SOUND, ...H264, '-c:a', 'ac3'],
  'vp9.webm': [...FILM, ...SOUND, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'],
  'vp8.webm': [...FILM, ...SOUND, '-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libvorbis'],
  'av1.webm': [...FILM, ...SOUND, '-c:v', 'libsvtav1', '-preset', '12', '-c:a', 'libopus'],
  'mpeg4.avi': [...FILM, ...SOUND, '-c:v', 'mpeg4', '-c:a', 'libmp3lame'],
  'h264.avi': [...FILM, ...SOUND, ...H264, '-c:a', 'libmp3lame'],
  'wmv2.wmv': [...FILM, ...SOUND, '-c:v', 'wmv2', '-c:a', 'wmav2'],
  'flv1.flv': [...FILM, ...SOUND, '-c:v', 'flv', '-ar', '44100', '-c:a', 'libmp3lame'],
  'h264.flv': [...FILM, ...SOUND, ...H264, '-c:a', 'aac'],
  'mpeg1.mpg': [...FILM, ...SOUND, '-c:v', 'mpeg1video', '-c:a', 'mp2'],
  'mpeg2.mpg': [...FILM, ...SOUND, '-c:v', 'mpeg2video', '-c:a', 'mp2', '-f', 'vob'],
  'h264.ts': [...FILM, ...SOUND, ...H264, '-c:a', 'aac'],
  'h263.3gp': [
    ...['-f', 'lavfi', '-i', 'testsrc2=s=176x144:r=25:d=2', ...SOUND],
    ...['-c:v', 'h263', '-c:a', 'aac', '-ar', '8000', '-ac', '1'],
  ],
  'theora.ogv': [...FILM, ...SOUND, '-c:v', 'libtheora', '-c:a', 'libvorbis'],
  'sound.mp3': [...SOUND, '-c:a', 'libmp3lame'],
  'sound.wav': [...SOUND, '-c:a', 'pcm_s16le'],
  'adpcm.wav': [...SOUND, '-c:a', 'adpcm_ms'],
  'sound.flac': [...SOUND, '-c:a', 'flac'],
  'vorbis.ogg': [...SOUND, '-c:a', 'libvorbis'],
  'opus.opus': [...SOUND, '-c:a', 'libopus'],
  'aac.m4a': [...SOUND, '-c:a', 'aac'],
  'alac.m4a': [...SOUND, '-c:a', 'alac'],
  'sound.aac': [...SOUND, '-c:a', 'aac', '-f', 'adts'],
  'sound.wma': [...SOUND, '-c:a', 'wmav2'],
  'sound.aiff': [...SOUND, '-c:a', 'pcm_s16be'],
  'alac.caf': [...SOUND, '-c:a', 'alac'],
  'sound.wv': [...SOUND, '-c:a', 'wavpack'],
} satisfies Record<string, string[]>;

/** Makes a file by ffmpeg and gives its path. @param making  what follows ffmpeg's name but for the file */
export async function makeMedia(folder: string, name: string, making: readonly string[]): Promise<string> {
  const file = path.join(folder, name);
  await run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...making, file]);
  return file;
}

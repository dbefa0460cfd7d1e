import { plainType } from '../adapters/transcode/demuxers';
import type { EncodedVideo, HlsPlan, Probe, VideoStream } from '../adapters/transcode/port';

/** How a file is played. `file`: by any current browser as it is, under this media type. `hls`: once it is made playable. */
export type PlaybackPlan = { how: 'file'; mimeType: string } | { how: 'hls'; plan: HlsPlan };

/** What Chromium and Safari both play: containers by what was sniffed, codecs as ffmpeg calls them. Null: no pictures, or no sound. */
const AS_IT_IS: { types: RegExp; mimeType: string; video: (string | null)[]; audio: (string | null)[] }[] = [
  {
    types: /^video\/(mp4|x-m4v)$/,
    mimeType: 'video/mp4',
    video: ['h264'],
    audio: ['aac', 'mp3', null],
  },
  { types: /^(audio\/(mp4|x-m4a)|video\/mp4)$/, mimeType: 'audio/mp4', video: [null], audio: ['aac', 'mp3'] },
  {
    types: /^video\/webm$/,
    mimeType: 'video/webm',
    video: ['vp8', 'vp9'],
    audio: ['opus', 'vorbis', null],
  },
  { types: /^video\/webm$/, mimeType: 'audio/webm', video: [null], audio: ['opus', 'vorbis'] },
  { types: /^audio\/mpeg$/, mimeType: 'audio/mpeg', video: [null], audio: ['mp3'] },
  { types: /^audio\/flac$/, mimeType: 'audio/flac', video: [null], audio: ['flac'] },
  {
    types: /^(audio|application)\/ogg$/,
    mimeType: 'audio/ogg',
    video: [null],
    audio: ['vorbis', 'opus', 'flac'],
  },
  {
    types: /^audio\/wav$/,
    mimeType: 'audio/wav',
    video: [null],
    audio: ['pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_f32le'],
  },
];

/** Whether browsers play files of a type as they are, as far as a type can tell where nothing can look into them. */
export function playsByType(mimeType: string): boolean {
  return AS_IT_IS.some(({ types }) => types.test(plainType(mimeType)));
}

/** Eight bits and a quarter of the colours: what is decoded everywhere. */
const PLAIN_PIXELS = new Set(['yuv420p', 'yuvj420p']);
const COMMON_H264 = /^(Constrained Baseline|Baseline|Main|High)$/;
/** Beyond this a phone's connection or decoder does not keep up: it is made smaller. */
const MAX_BIT_RATE = 20_000_000;
const MAX_PIXELS = 3840 * 2160;
const LONG_SIDE = 1920;
const SHORT_SIDE = 1080;
/** Bringing down the brightness is done in a smaller picture, or it would take longer than the film. */
const TONE_MAP_LONG_SIDE = 1280;
const TONE_MAP_SHORT_SIDE = 720;
const MAX_FRAME_RATE = 60;
/** Their pictures carry no times that a copy could keep. */
const WITHOUT_TIMES = /^video\/(vnd\.avi|mpeg|mp1s|mp2p)$/;

/** Decides how a file is played, by what is in it. */
export function planPlayback(probe: Probe, mimeType: string): PlaybackPlan {
  const { video, audio, brand, cutShort } = probe;
  const asItIs = AS_IT_IS.find(
    (one) =>
      one.types.test(plainType(mimeType)) &&
      one.video.includes(video?.codec ?? null) &&
      one.audio.includes(audio?.codec ?? null),
  );
  // QuickTime's own kind of MP4 is read by some browsers and not by others; one without an end by none.
  if (asItIs && brand !== 'qt' && !cutShort && isModest(probe)) {
    return { how: 'file', mimeType: asItIs.mimeType };
  }
  return {
    how: 'hls',
    plan: {
      video: video && (canCopy(probe, video, mimeType) ? 'copy' : encoded(video)),
      audio: audio && (audio.codec === 'aac' && /^(LC|HE-AAC)/.test(audio.profile) ? 'copy' : 'encode'),
    },
  };
}

/** What is made of a file when nothing in it can be taken as it is. */
export function encodeAll({ video, audio }: Probe): HlsPlan {
  return { video: video && encoded(video), audio: audio && 'encode' };
}

function isModest({ video, bitRate }: Probe): boolean {
  if (!video) return true;
  const { profile, codec } = video;
  const plain = PLAIN_PIXELS.has(video.pixelFormat) || (codec === 'vp8' && video.pixelFormat === 'yuva420p');
  if (!plain || (codec === 'h264' && !COMMON_H264.test(profile))) return false;
  if (video.width * video.height > MAX_PIXELS || video.interlaced) return false;
  return (bitRate ?? 0) <= MAX_BIT_RATE;
}

function canCopy(probe: Probe, video: VideoStream, mimeType: string): boolean {
  // In parts nothing says any more which way is up.
  if (video.rotation !== 0) return false;
  return video.codec === 'h264' && !WITHOUT_TIMES.test(plainType(mimeType)) && isModest(probe);
}

function encoded(video: VideoStream): EncodedVideo {
  const [long, short] = video.hdr ? [TONE_MAP_LONG_SIDE, TONE_MAP_SHORT_SIDE] : [LONG_SIDE, SHORT_SIDE];
  const { width, height } = video;
  const scale = Math.min(1, long / Math.max(width, height), short / Math.min(width, height));
  // Half of the colours: sides are even.
  const side = (length: number) => Math.max(16, Math.round((length * scale) / 2) * 2);
  return {
    width: side(width),
    height: side(height),
    toneMap: video.hdr,
    deinterlace: video.interlaced,
    frameRate: (video.frameRate ?? 0) > MAX_FRAME_RATE ? MAX_FRAME_RATE : null,
  };
}

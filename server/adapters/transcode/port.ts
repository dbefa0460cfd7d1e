/** Why sound or film cannot be played, as codes of server/errors.ts. */
export const TRANSCODE_FAILURES = [
  'FILE_NOT_MEDIA',
  'MEDIA_EMPTY',
  'MEDIA_DAMAGED',
  'MEDIA_TOO_MANY_PIXELS',
  'MEDIA_TOO_LONG',
  'TRANSCODER_MISSING',
] as const;
export type TranscodeFailure = (typeof TRANSCODE_FAILURES)[number];

/** Pictures of more pixels than this (8K) are not unpacked. */
export const MAX_PICTURE_PIXELS = 8192 * 4608;
/** Values of a waveform. */
export const WAVEFORM_LENGTH = 800;

export type VideoStream = {
  index: number;
  /** As ffmpeg calls it: `h264`. */
  codec: string;
  profile: string;
  pixelFormat: string;
  /** As it is to be seen: turned upright, with square pixels. */
  width: number;
  height: number;
  /** Degrees by which a player has to turn it: 0, 90, 180 or 270. */
  rotation: number;
  /** Pixels that are not square. */
  stretched: boolean;
  interlaced: boolean;
  /** Brighter than a usual screen shows (PQ or HLG). */
  hdr: boolean;
  /** Pictures a second, on average; null where it does not say. */
  frameRate: number | null;
};
export type AudioStream = { index: number; codec: string; profile: string; channels: number };
/** Words that are shown, as text. */
export type SubtitleStream = { index: number; language: string | null; title: string | null };

/** What is in a file. */
export type Probe = {
  /** ms; null where it does not say. */
  durationMs: number | null;
  /** Bits a second of the whole file; null where it does not say. */
  bitRate: number | null;
  /** What an MP4 or MOV says that it is: `isom`, `qt`; null for anything else. */
  brand: string | null;
  /** It ends before it should. */
  cutShort: boolean;
  video: VideoStream | null;
  audio: AudioStream | null;
  /** Index of a stream that is one picture, such as a record's sleeve; null: none. */
  cover: number | null;
  subtitles: readonly SubtitleStream[];
};

/** How a stream gets into what browsers play. `copy`: as it is. */
export type HlsPlan = {
  video: 'copy' | EncodedVideo | null;
  audio: 'copy' | 'encode' | null;
};
export type EncodedVideo = {
  width: number;
  height: number;
  /** Made less bright for usual screens. */
  toneMap: boolean;
  deinterlace: boolean;
  /** At most so many pictures a second; null: as they come. */
  frameRate: number | null;
};

/** Given what is made of a film as it is made, in order; the files are gone once it returns. */
export type TakeHls = {
  /** What every player needs before the first part. */
  beginning(path: string): Promise<void>;
  /** @param index  from 0 */
  part(index: number, path: string, durationMs: number): Promise<void>;
};

/** A file of this machine, and its media type as it was told from its content. Nothing in it is believed beyond that. */
export type MediaFile = { path: string; mimeType: string };

/** Reads people's sound and films in processes that can do no harm. */
export type Transcoder = {
  /** What is in a file. */
  probe(file: MediaFile): Promise<{ ok: true; probe: Probe } | { ok: false; failure: TranscodeFailure }>;
  /**
   * Makes a file playable, in parts of some seconds (fragmented MP4, RFC 8216) of which each can be played once it is handed over.
   * @returns why it went no further, or null
   * @throws what `take` throws, and when its process was killed or `signal` says to stop
   */
  makeHls(
    file: MediaFile,
    probe: Probe,
    plan: HlsPlan,
    take: TakeHls,
    signal: AbortSignal,
  ): Promise<TranscodeFailure | null>;
  /** A picture (WebP) of what it is about; not called where there is none. */
  makePoster(
    file: MediaFile,
    probe: Probe,
    take: (path: string) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /** How loud it is from beginning to end, 0 to 1, `WAVEFORM_LENGTH` values or a few more or less; none for what is silent by nature. */
  makeWaveform(file: MediaFile, probe: Probe, signal: AbortSignal): Promise<number[]>;
  /** The words of `probe.subtitles`, as WebVTT. Those that cannot be read are left out. */
  readSubtitles(
    file: MediaFile,
    probe: Probe,
    signal: AbortSignal,
  ): Promise<{ stream: SubtitleStream; text: string }[]>;
};

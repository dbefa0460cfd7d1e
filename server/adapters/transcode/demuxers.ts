/**
 * Which of ffmpeg's readers takes a file of a type that was told from its content. It reads with this one and no other: left to choose, it
 * takes a list of addresses for a film and opens them.
 */
const DEMUXERS: Record<string, string> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/x-m4v': 'mov',
  'video/3gpp': 'mov',
  'video/3gpp2': 'mov',
  'audio/mp4': 'mov',
  'audio/x-m4a': 'mov',
  'video/matroska': 'matroska',
  'video/webm': 'matroska',
  'video/vnd.avi': 'avi',
  'video/x-ms-asf': 'asf',
  'audio/x-ms-asf': 'asf',
  'application/vnd.ms-asf': 'asf',
  'video/x-flv': 'flv',
  'video/mpeg': 'mpegvideo',
  'video/mp1s': 'mpeg',
  'video/mp2p': 'mpeg',
  'video/mp2t': 'mpegts',
  'video/ogg': 'ogg',
  'audio/ogg': 'ogg',
  'application/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'audio/aac': 'aac',
  'audio/aiff': 'aiff',
  'audio/amr': 'amr',
  'audio/ape': 'ape',
  'audio/wavpack': 'wv',
  'audio/x-caf': 'caf',
  'audio/x-musepack': 'mpc',
  'audio/x-dsf': 'dsf',
  'audio/vnd.dolby.dd-raw': 'ac3',
};

/** Null for what nobody reads here. */
export function demuxerOf(mimeType: string): string | null {
  return DEMUXERS[plainType(mimeType)] ?? null;
}

/** A media type without its parameters: `audio/ogg; codecs=opus` is `audio/ogg`. */
export function plainType(mimeType: string): string {
  return (mimeType.split(';')[0] ?? '').trim().toLowerCase();
}

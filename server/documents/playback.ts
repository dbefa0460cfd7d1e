import type { App } from '../app';
import { AppError, type ErrorCode } from '../errors';
import { addressExpiry, fileAddress } from '../files/address';
import { findDocument } from './queries';

/** What of a sound or film can be played now. */
export type Playback = {
  /** `converting`: what `url` gives is played as far as it goes, and grows. */
  state: 'converting' | 'ready' | 'failed';
  /** 0 to 1; null where nobody knows. */
  progress: number | null;
  /** Why it cannot be played, as a code of server/errors.ts. */
  failure: ErrorCode | null;
  /** A signed address; null while nothing can be played. */
  url: string | null;
  /** `file`: what `url` gives is one file; `hls`: a playlist (RFC 8216) that grows until it is ready. */
  delivery: 'file' | 'hls';
  mimeType: string;
  /** Whether there are pictures, or only sound. */
  video: boolean;
  durationMs: number | null;
  posterUrl: string | null;
  /** How loud it is from its beginning to its end, 0 to 1, at most 1,000 values; null for films. */
  waveform: readonly number[] | null;
  /** WebVTT. */
  captions: readonly { label: string; language: string | null; url: string }[];
};

/**
 * What of a sound or film can be played now, for a reader whose right was checked.
 * @throws AppError NOT_FOUND for a document that is none
 */
export async function readPlayback(
  app: Pick<App, 'db' | 'env'>,
  documentId: string,
  now: number,
): Promise<Playback> {
  const document = await findDocument(app.db, documentId);
  if (document?.kind !== 'media') throw new AppError('NOT_FOUND');
  const { storageKey, mimeType, status } = document;
  const grant = { key: storageKey, mimeType, downloadName: null };
  return {
    state: status === 'ready' || status === 'failed' ? status : 'converting',
    progress: null,
    failure: document.failure as ErrorCode | null,
    url: status === 'ready' ? fileAddress(app.env, grant, addressExpiry(now)) : null,
    delivery: 'file',
    mimeType,
    video: mimeType.startsWith('video/'),
    durationMs: null,
    posterUrl: null,
    waveform: null,
    captions: [],
  };
}

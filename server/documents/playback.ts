import type { App } from '../app';
import { AppError, type ErrorCode } from '../errors';
import { fileAddress, playExpiry } from '../files/address';
import { playlistAddress } from '../files/playlist-address';
import { type DocumentRow, findDocument } from './queries';
import { placesInLine } from './queries/library';
import * as queries from './queries/playback';

type Reading = Pick<App, 'db' | 'env'>;

/** What of a sound or film can be played now. */
export type Playback = {
  /** `converting`: what `url` gives is played as far as it goes, and grows. */
  state: 'converting' | 'ready' | 'failed';
  /** 0 to 1; null where nobody knows. */
  progress: number | null;
  /** How many films are made playable before this one; null where none waits. */
  ahead: number | null;
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
export async function readPlayback(app: Reading, documentId: string, now: number): Promise<Playback> {
  const document = await findDocument(app.db, documentId);
  if (document?.kind !== 'media') throw new AppError('NOT_FOUND');
  const media = (await queries.findMedia(app.db, documentId)) ?? asItWasSniffed(document);
  const { delivery, mimeType, video, durationMs, complete, posterKey, waveform } = media;
  const expiresAt = playExpiry(now, durationMs);
  const signed = (key: string, type: string) =>
    fileAddress(app.env, { key, mimeType: type, downloadName: null }, expiresAt);
  return {
    state: stateOf(document, complete),
    progress: complete ? 1 : progressOf(document),
    ahead: complete ? null : await aheadOf(app, document),
    failure: complete ? null : (document.failure as ErrorCode | null),
    url: await addressOf(app, document, media, expiresAt),
    ...{ delivery, mimeType, video, durationMs, waveform },
    posterUrl: posterKey && signed(posterKey, 'image/webp'),
    captions: (await queries.listCaptions(app.db, documentId)).map(({ label, language, storageKey }) => ({
      ...{ label, language },
      url: signed(storageKey, 'text/vtt'),
    })),
  };
}

/** Whether a film that is being made playable can be watched already, from its beginning. */
export async function isBeginningThere(
  app: Pick<App, 'db'>,
  { id, status }: Pick<DocumentRow, 'id' | 'status'>,
): Promise<boolean> {
  return status === 'converting' && (await queries.countParts(app.db, id)) > 0;
}

type Media = Omit<queries.MediaRow, 'documentId'>;

/** Where nobody has looked into it: it is handed out as it is. */
function asItWasSniffed({ mimeType, status }: DocumentRow): Media {
  return {
    ...{ delivery: 'file', mimeType, video: mimeType.startsWith('video/'), durationMs: null },
    ...{ complete: status === 'ready', encoded: false, posterKey: null, waveform: null },
  };
}

/** A newer file that is being looked at changes nothing of what plays. */
function stateOf({ status }: DocumentRow, complete: boolean): Playback['state'] {
  if (complete) return 'ready';
  return status === 'failed' ? 'failed' : 'converting';
}

function progressOf({ pagesDone, pagesTotal }: DocumentRow): number | null {
  return pagesTotal ? Math.min(1, (pagesDone ?? 0) / pagesTotal) : null;
}

async function aheadOf(app: Reading, { id, status, pagesDone }: DocumentRow): Promise<number | null> {
  if (status !== 'converting' || pagesDone !== null) return null;
  return (await placesInLine(app.db, [id])).get(id) ?? null;
}

async function addressOf(
  app: Reading,
  { id, storageKey, status }: DocumentRow,
  { delivery, mimeType, complete }: Media,
  expiresAt: number,
): Promise<string | null> {
  if (delivery === 'file') {
    const grant = { key: storageKey, mimeType, downloadName: null };
    return complete ? fileAddress(app.env, grant, expiresAt) : null;
  }
  if (!complete && (status === 'failed' || (await queries.countParts(app.db, id)) === 0)) return null;
  return playlistAddress(app.env, { documentId: id, storageKey }, expiresAt);
}

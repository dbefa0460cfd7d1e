import type { HlsPlan, Probe } from '../adapters/transcode/port';
import type { App } from '../app';
import { enqueue } from '../jobs/queue';
import { applyFile, type Source } from './conversion';
import { planPlayback } from './playback-plan';
import { type DocumentRow, findDocument } from './queries';
import { lockInWork, updateDocument } from './queries/conversion';
import * as queries from './queries/playback';

/** What a film that is made playable is called. */
export const HLS_TYPE = 'application/vnd.apple.mpegurl';

/** How long what is made playable has the machine for itself, s. */
const EXTRAS_AFTER_S = 4;

type Asking = Pick<App, 'db'>;
type HasFile = Pick<DocumentRow, 'id' | 'storageKey'>;

/**
 * What a sound or film turned out to be. What browsers play is ready with this; the rest is made playable when it is its turn.
 * @param mimeType  as it was told from the file's content
 */
export async function applyMedia(
  app: Asking,
  source: Source,
  { mimeType, probe }: { mimeType: string; probe: Probe },
): Promise<void> {
  // Told once more by a worker that was cut off: what it asked for is under way.
  const known = await findDocument(app.db, source.documentId);
  if (known?.status === 'converting' && known.replacement === null) return;
  const plan = planPlayback(probe, mimeType);
  const isFile = plan.how === 'file';
  const found = { kind: 'media', mimeType, status: isFile ? 'ready' : 'converting' } as const;
  await applyFile(app, source, found, async (tx) => {
    const { documentId, storageKey } = source;
    const told = { documentId, probed: { storageKey, probe } };
    const quick = plan.how === 'file' || isQuick(plan.plan);
    await queries.setMedia(tx, {
      documentId,
      delivery: plan.how,
      mimeType: isFile ? plan.mimeType : HLS_TYPE,
      video: probe.video !== null,
      durationMs: probe.durationMs,
      complete: isFile,
      encoded: !quick,
    });
    if (!isFile) await enqueue(app, tx, quick ? 'media-pack' : 'media-convert', told);
    // Its first seconds come before its picture.
    await enqueue(app, tx, 'media-extras', told, { afterSeconds: isFile ? 0 : EXTRAS_AFTER_S });
  });
}

const isQuick = ({ video }: HlsPlan) => video === null || video === 'copy';

/** Begins to make a film playable anew, where what was made of it so far is of no use. */
export async function forgetParts(app: Asking, { documentId, storageKey }: Source): Promise<void> {
  await app.db.transaction(async (tx) => {
    if (await lockInWork(tx, documentId, storageKey)) await queries.clearParts(tx, documentId);
  });
}

/**
 * Notes a part that is stored: it can be played from now on.
 * @param doneMs  how much of `totalMs` can be played with it
 * @returns `done`: somebody else has made all of it; `gone`: this file is not wanted any more
 */
export async function savePart(
  app: Asking,
  { documentId, storageKey }: Source,
  { part, durationMs, doneMs, totalMs }: PartDone,
): Promise<'saved' | 'done' | 'gone'> {
  return app.db.transaction(async (tx) => {
    const document = await lockInWork(tx, documentId, storageKey);
    if (!document || document.deletedAt) {
      const there = await findDocument(tx, documentId);
      return there?.storageKey === storageKey && there.status === 'ready' ? 'done' : 'gone';
    }
    await queries.setPart(tx, { documentId, part, durationMs });
    const total = totalMs === null ? null : Math.ceil(totalMs / 1000);
    const done = Math.floor(doneMs / 1000);
    await queries.setSecondsDone(tx, documentId, total === null ? done : Math.min(done, total), total);
    return 'saved';
  });
}
type PartDone = { part: number; durationMs: number; doneMs: number; totalMs: number | null };

/** All parts are there. @param durationMs  how long they last together */
export async function finishMedia(
  app: Asking,
  { documentId, storageKey }: Source,
  durationMs: number | null,
): Promise<void> {
  await app.db.transaction(async (tx) => {
    const document = await lockInWork(tx, documentId, storageKey);
    if (!document) return;
    await queries.updateMedia(tx, { id: documentId, storageKey }, { complete: true, durationMs });
    await updateDocument(tx, documentId, {
      status: 'ready',
      failure: null,
      pagesDone: null,
      pagesTotal: null,
    });
  });
}

/** A sound or film whose picture, loudness and words are to be read; null when it is gone. */
export async function findMediaFile(app: Asking, documentId: string): Promise<DocumentRow | null> {
  const document = await findDocument(app.db, documentId);
  return document?.kind === 'media' && (await queries.findMedia(app.db, documentId)) ? document : null;
}

/** The picture is stored under this key. False when it is not wanted any more. */
export function savePoster(app: Asking, document: HasFile, posterKey: string): Promise<boolean> {
  return queries.updateMedia(app.db, document, { posterKey });
}

/** How loud it is. False when it is not wanted any more. */
export function saveWaveform(app: Asking, document: HasFile, waveform: number[]): Promise<boolean> {
  return queries.updateMedia(app.db, document, { waveform });
}

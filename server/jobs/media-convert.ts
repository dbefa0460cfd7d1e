import { createReadStream } from 'node:fs';
import type { HlsPlan, MediaFile, Probe, TakeHls } from '../adapters/transcode/port';
import * as documents from '../documents/service';
import { AppError } from '../errors';
import { probeOnce } from './probe-once';
import { workOnSource } from './work-on-source';
import type { Jobs } from './queue';
import type { JobContext } from './worker';

/** This file is not wanted any more, or somebody else has made all of it. */
class NotWanted extends Error {}

/**
 * Makes a sound or film playable that browsers do not play as it is, one at a time on each worker and queue. Each part can be played as soon as it is
 * stored. A worker that takes over from one that died makes the same parts again, in their place.
 */
export const convertMedia = (
  context: JobContext,
  { documentId, probed }: Jobs['media-convert'],
): Promise<void> =>
  workOnSource(context, documentId, async (source, path) => {
    const { app } = context;
    const document = await documents.findMediaFile(app, documentId);
    if (!document) return;
    const file = { path, mimeType: document.mimeType };
    const found = await probeOnce(context, file, source.storageKey, probed);
    if (!found.ok) throw new AppError(found.failure);
    const plan = documents.planPlayback(found.probe, file.mimeType);
    if (plan.how === 'file') return documents.finishMedia(app, source, found.probe.durationMs);
    try {
      const durationMs = await makeParts(context, source, { file, probe: found.probe, plan: plan.plan });
      await documents.finishMedia(app, source, durationMs);
    } catch (error) {
      if (!(error instanceof NotWanted)) throw error;
      app.log.info({ documentId }, 'media not wanted any more');
    }
  });

type Work = { file: MediaFile; probe: Probe; plan: HlsPlan };

/** Makes and stores all parts. Gives how long they last, ms. */
async function makeParts(context: JobContext, source: documents.Source, work: Work): Promise<number> {
  const { app, adapters, signal } = context;
  const { file, probe, plan } = work;
  const { take, doneMs } = storing(context, source, probe);
  const failure = await adapters.transcoder.makeHls(file, probe, plan, take, signal);
  if (!failure) return doneMs();
  // Streams that claim to be what browsers play, and are not: decoded and made anew they often are.
  const anew = documents.encodeAll(probe);
  if (failure !== 'MEDIA_DAMAGED' || JSON.stringify(plan) === JSON.stringify(anew))
    throw new AppError(failure);
  await documents.forgetParts(app, source);
  return makeParts(context, source, { ...work, plan: anew });
}

function storing({ app, adapters: { storage } }: JobContext, source: documents.Source, probe: Probe) {
  let doneMs = 0;
  const take: TakeHls = {
    async beginning(path) {
      await storage.put(documents.outputKey(source.storageKey, 'beginning'), createReadStream(path));
    },
    async part(part, path, durationMs) {
      const key = documents.outputKey(source.storageKey, 'part', part);
      await storage.put(key, createReadStream(path));
      doneMs += durationMs;
      const saved = await documents.savePart(app, source, {
        ...{ part, durationMs, doneMs },
        totalMs: probe.durationMs,
      });
      if (saved === 'saved') return;
      if (saved === 'gone') {
        await storage.delete(key);
        await storage.delete(documents.outputKey(source.storageKey, 'beginning'));
      }
      throw new NotWanted();
    },
  };
  return { take, doneMs: () => doneMs };
}

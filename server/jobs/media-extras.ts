import { createReadStream } from 'node:fs';
import type { MediaFile, Probe } from '../adapters/transcode/port';
import * as documents from '../documents/service';
import { withLocalCopy } from './local-copy';
import { storeCaptions } from './media-captions';
import { probeOnce } from './probe-once';
import type { JobContext, JobHandler } from './worker';

type Document = NonNullable<Awaited<ReturnType<typeof documents.findMediaFile>>>;

/** Reads a sound's or film's picture, loudness and words. It can be played without them. */
export const readExtras: JobHandler<'media-extras'> = async (context, { documentId, probed }) => {
  const { app, adapters, signal } = context;
  const document = await documents.findMediaFile(app, documentId);
  if (!document) return;
  await withLocalCopy(context, document.storageKey, async (path) => {
    const file = { path, mimeType: document.mimeType };
    const found = await probeOnce(context, file, document.storageKey, probed);
    if (!found.ok) return;
    await storePoster(context, document, file, found.probe);
    if (!found.probe.video) {
      const waveform = await adapters.transcoder.makeWaveform(file, found.probe, signal);
      await documents.saveWaveform(app, document, waveform);
    }
    await storeEmbedded(context, document, file, found.probe);
  });
  await documents.joinCaptions(app, documentId);
};

/** The words that came with the film. */
async function storeEmbedded(
  context: JobContext,
  document: Document,
  file: MediaFile,
  probe: Probe,
): Promise<void> {
  const read = await context.adapters.transcoder.readSubtitles(file, probe, context.signal);
  for (const [place, { stream, text }] of read.entries()) {
    const named = documents.nameCaptions(stream.language, stream.title ?? `#${place + 1}`);
    await storeCaptions(context, document, text, {
      storageKey: documents.outputKey(document.storageKey, 'captions', stream.index),
      ...named,
      // Two of one language are told apart by their titles.
      label: stream.title ?? named.label,
      fromDocumentId: null,
    });
  }
}

function storePoster(
  { app, adapters, signal }: JobContext,
  document: Document,
  file: MediaFile,
  probe: Probe,
): Promise<void> {
  const { storage, transcoder } = adapters;
  const key = documents.outputKey(document.storageKey, 'poster');
  const keep = async (path: string) => {
    await storage.put(key, createReadStream(path));
    if (!(await documents.savePoster(app, document, key))) await storage.delete(key);
  };
  return transcoder.makePoster(file, probe, keep, signal);
}

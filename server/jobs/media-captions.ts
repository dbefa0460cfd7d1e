import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { decodeText } from '../adapters/convert/decode-text';
import * as documents from '../documents/service';
import type { JobContext, JobHandler } from './worker';

/** A film of a day and night has less to say. */
const MAX_BYTES = 5_000_000;

/** Puts a file of captions to a sound or film. What holds no lines is left alone. */
export const addCaptions: JobHandler<'media-captions'> = async (context, { documentId, captionsId }) => {
  const { app, adapters } = context;
  const film = await documents.findMediaFile(app, documentId);
  const words = await documents.findCaptionsFile(app, captionsId);
  if (!film || !words || words.bytes > MAX_BYTES) return;
  const text = decodeText(await buffer(adapters.storage.read(words.storageKey)));
  // `Moon.de.srt` says its language.
  const said = path.extname(path.parse(words.name).name).slice(1) || null;
  await storeCaptions(context, film, text, {
    storageKey: documents.outputKey(words.storageKey, 'captions', documentId),
    ...documents.nameCaptions(said, path.parse(words.name).name),
    fromDocumentId: captionsId,
  });
};

type Captions = Parameters<typeof documents.saveCaptions>[2];

/** Stores the lines of a text as WebVTT, where it has any. */
export async function storeCaptions(
  { app, adapters: { storage } }: Pick<JobContext, 'app' | 'adapters'>,
  film: Parameters<typeof documents.saveCaptions>[1],
  text: string,
  captions: Captions,
): Promise<void> {
  const cues = documents.readCues(text);
  if (cues.length === 0) {
    app.log.info({ documentId: film.id, from: captions.fromDocumentId }, 'captions without a line');
    return;
  }
  await storage.put(captions.storageKey, Readable.from([Buffer.from(documents.writeVtt(cues))]));
  if (!(await documents.saveCaptions(app, film, captions))) await storage.delete(captions.storageKey);
}

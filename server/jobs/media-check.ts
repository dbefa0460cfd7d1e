import * as documents from '../documents/service';
import { AppError } from '../errors';
import type { JobContext } from './worker';

/** What browsers play as it is, as far as its type can tell where nothing can look into it. */
const PLAYED_ANYWHERE = /^(video\/(mp4|webm)|audio\/(mpeg|mp4|x-m4a|wav|flac|ogg))(;|$)/;

/**
 * Looks into a sound or film. One that nobody plays here is kept as a file.
 * @throws AppError FILE_NOT_MEDIA, MEDIA_…, TRANSCODER_MISSING: it is refused
 */
export async function takeMedia(
  { app, adapters }: JobContext,
  source: documents.Source,
  file: string,
  mimeType: string,
): Promise<void> {
  const found = await adapters.transcoder.probe({ path: file, mimeType });
  if (found.ok) return documents.applyMedia(app, source, { mimeType, probe: found.probe });
  const plays = found.failure === 'TRANSCODER_MISSING' && PLAYED_ANYWHERE.test(mimeType);
  if (!plays && found.failure !== 'FILE_NOT_MEDIA') throw new AppError(found.failure);
  await documents.applyFile(app, source, { kind: plays ? 'media' : 'file', mimeType });
}

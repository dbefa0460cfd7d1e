import * as documents from '../documents/service';
import { AppError } from '../errors';
import type { JobContext } from './worker';

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
  const plays = found.failure === 'TRANSCODER_MISSING' && documents.playsByType(mimeType);
  if (!plays && found.failure !== 'FILE_NOT_MEDIA') throw new AppError(found.failure);
  await documents.applyFile(app, source, { kind: plays ? 'media' : 'file', mimeType });
}

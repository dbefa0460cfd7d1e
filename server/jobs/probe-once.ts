import type { MediaFile, Transcoder } from '../adapters/transcode/port';
import type { Probed } from './queue';
import type { JobContext } from './worker';

/** What is in a sound or film: as it was found before, where the document still has the file of that time. */
export async function probeOnce(
  { adapters }: Pick<JobContext, 'adapters'>,
  file: MediaFile,
  storageKey: string,
  { storageKey: of, probe }: Probed,
): ReturnType<Transcoder['probe']> {
  return of === storageKey ? { ok: true, probe } : adapters.transcoder.probe(file);
}

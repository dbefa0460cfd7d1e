import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { JobContext } from './worker';

/** Works on a stored file as a file of this machine, which is gone afterwards. */
export async function withLocalCopy<T>(
  { app, adapters }: Pick<JobContext, 'app' | 'adapters'>,
  storageKey: string,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const folder = path.join(app.env.LECTERN_STATE_DIR, 'work');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, app.newId());
  try {
    await adapters.storage.download(storageKey, file);
    return await work(file);
  } finally {
    await rm(file, { force: true });
  }
}

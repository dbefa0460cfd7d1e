import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import * as queries from './queries/quota';

type Asking = { db: Executor; env: Pick<App['env'], 'LECTERN_LIBRARY_QUOTA_GB'> };

const GB = 1_000_000_000;

/**
 * What somebody's library takes and may take, in bytes. Unfinished uploads count as what they will be; what is made of files, films in parts
 * too, counts for nobody, since nobody chooses it.
 */
export async function readUsage(app: Asking, ownerId: string): Promise<{ used: number; quota: number }> {
  const used = await queries.usedBytes(app.db, ownerId);
  return { used, quota: Math.floor(app.env.LECTERN_LIBRARY_QUOTA_GB * GB) };
}

/**
 * Lets `more` bytes come, or says that there is no room for them.
 * @throws AppError QUOTA_REACHED `{freeMegabytes}`
 */
export async function requireSpace(app: Asking, ownerId: string, more: number): Promise<void> {
  const { used, quota } = await readUsage(app, ownerId);
  if (used + more <= quota) return;
  throw new AppError('QUOTA_REACHED', { freeMegabytes: Math.max(0, Math.floor((quota - used) / 1_000_000)) });
}

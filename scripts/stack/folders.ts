import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The clone. */
export const root = path.resolve(import.meta.dirname, '../..');

/**
 * Where binaries, databases and state live: outside of the clone, so that the system user that runs Postgres for root may
 * reach it wherever the clone is. `LECTERN_CACHE_DIR` overrides.
 */
export function cacheFolder(): string {
  const folder =
    process.env.LECTERN_CACHE_DIR ??
    (process.getuid?.() === 0
      ? '/var/cache/lectern'
      : path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'lectern'));
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** The folder of one stack: the same at every start for those that keep their data, keyed by the clone's path. */
export function stackFolder(name: string): string {
  return path.join(cacheFolder(), 'stacks', name);
}

export function nameForClone(purpose: string): string {
  return `${purpose}-${createHash('sha256').update(root).digest('hex').slice(0, 10)}`;
}

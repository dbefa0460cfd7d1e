import type { JobHandler } from './worker';

/** Removes bytes whose row is gone: a given up upload's, or what was drawn from a file that was replaced. */
export const dropFiles: JobHandler<'files-drop'> = async ({ adapters: { storage } }, { keys }) => {
  for (const key of keys) await storage.delete(key);
};

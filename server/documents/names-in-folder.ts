import type { Executor } from '@/db/client';
import { distinctName, splitName } from './names';
import { lockLibrary, namesIn } from './queries/folders';

/**
 * The name that a new file gets where it will lie: its own, or with a number where that is taken. Nobody else adds files to this library until
 * the transaction ends.
 */
export async function distinctIn(
  tx: Executor,
  file: { userId: string; folderId: string | null; name: string },
): Promise<string> {
  await lockLibrary(tx, file.userId);
  return distinctName(
    file.name,
    await namesIn(tx, file.userId, file.folderId, splitName(file.name).stem.slice(0, 100)),
  );
}

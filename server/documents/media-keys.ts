import type { Executor } from '@/db/client';
import { outputKey } from './output-key';
import type { DocumentRow } from './queries';
import { countParts, findMedia, listCaptionKeys } from './queries/playback';

/** Every key under which something may lie that was made of a sound or film, or of a file of captions; none for other documents. */
export async function mediaKeysOf(
  db: Executor,
  { id, storageKey }: Pick<DocumentRow, 'id' | 'storageKey'>,
): Promise<string[]> {
  const captions = await listCaptionKeys(db, id);
  if (!(await findMedia(db, id))) return captions;
  const keys = [outputKey(storageKey, 'poster'), ...captions];
  const parts = await countParts(db, id);
  keys.push(outputKey(storageKey, 'beginning'));
  // A part lies there before it is noted.
  for (let part = 0; part <= parts; part += 1) keys.push(outputKey(storageKey, 'part', part));
  return keys;
}

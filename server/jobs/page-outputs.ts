import { createReadStream } from 'node:fs';
import type { PageOutput } from '../adapters/convert/port';
import * as documents from '../documents/service';
import type { JobContext } from './worker';

type Storing = Pick<JobContext, 'adapters'>;

/** Stores what was drawn of a page, if it was. Once more, it takes the place of what a worker left that was cut off. */
export async function storePage(
  { adapters: { storage } }: Storing,
  storageKey: string,
  { page, drawn }: PageOutput,
): Promise<void> {
  if (!drawn) return;
  await storage.put(documents.outputKey(storageKey, 'page', page), createReadStream(drawn.picture));
  await storage.put(documents.outputKey(storageKey, 'thumbnail', page), createReadStream(drawn.thumbnail));
}

/** Removes what was made of a file that is not wanted any more. */
export async function dropOutputs(
  { adapters: { storage } }: Storing,
  storageKey: string,
  page: number,
): Promise<void> {
  await storage.delete(documents.outputKey(storageKey, 'pdf'));
  await storage.delete(documents.outputKey(storageKey, 'page', page));
  await storage.delete(documents.outputKey(storageKey, 'thumbnail', page));
}

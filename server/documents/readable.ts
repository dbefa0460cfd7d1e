import type { App } from '../app';
import { AppError } from '../errors';
import { type Participant, readState } from '../rooms/service';
import { isOwn } from './service';

/** A document is everybody's in a room as long as its tab is open there; before and after, its owner's. @throws AppError NOT_FOUND */
export async function requireReadable(app: App, participant: Participant, documentId: string): Promise<void> {
  const { documents: open } = await readState(app, participant.roomId);
  if (open.some((document) => document.id === documentId)) return;
  if (participant.userId && (await isOwn(app, documentId, participant.userId))) return;
  throw new AppError('NOT_FOUND');
}

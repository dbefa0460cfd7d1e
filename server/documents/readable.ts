import { filesOf } from '@/room/media';
import type { App } from '../app';
import { AppError } from '../errors';
import { type Participant, readState } from '../rooms/service';
import { isOwn } from './service';

/** A document is everybody's in a room as long as it is open there, plays or waits to; before and after, its owner's. @throws AppError NOT_FOUND */
export async function requireReadable(app: App, participant: Participant, documentId: string): Promise<void> {
  const { documents: open, media } = await readState(app, participant.roomId);
  if (open.some((document) => document.id === documentId)) return;
  if (media && filesOf(media).includes(documentId)) return;
  if (participant.userId && (await isOwn(app, documentId, participant.userId))) return;
  throw new AppError('NOT_FOUND');
}

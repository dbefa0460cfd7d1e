import type { Executor } from '@/db/client';
import type { BoardRecord, Layer } from '@/room/boards';
import type { CommandBody } from '@/room/commands';
import type { DocumentFacts } from '@/room/decision';
import type { App } from '../app';
import { documentForRoom } from '../documents/service';
import type { ParsedCommand } from './command-door';
import type { Participant } from './people';
import { boardKey, type RoomCache } from './room-cache';

/** A parsed command and who sent it. */
export type AskedCommand = { actor: Participant; command: ParsedCommand };

/** Facts of documents by document id, for each participant. */
export type DocumentsOf = Map<string, Map<string, DocumentFacts>>;

/** The boards that the commands change, as the cache has them, by `boardKey`. */
export async function loadBoards(
  db: Executor,
  cache: RoomCache,
  asked: readonly AskedCommand[],
): Promise<Map<string, ReadonlyMap<string, BoardRecord>>> {
  const boards = new Map<string, ReadonlyMap<string, BoardRecord>>();
  for (const { command } of asked) {
    for (const { boardId, layer } of layersOf(command.body)) {
      const key = boardKey(boardId, layer);
      if (!boards.has(key)) boards.set(key, await cache.board(db, boardId, layer));
    }
  }
  return boards;
}

function layersOf(body: ParsedCommand['body']): { boardId: string; layer: Layer }[] {
  if (body.type === 'board.change') return [body.payload];
  if (body.type !== 'layer.reveal') return [];
  const { boardId, participantId } = body.payload;
  return ['revealed', ...(participantId === null ? [] : [participantId])].map((layer) => ({
    boardId,
    layer,
  }));
}

/** What each person may open, of what they name. Looked up before the room is locked: it does not depend on the room. */
export async function lookUpDocuments(
  app: App,
  roomId: string,
  asked: readonly AskedCommand[],
): Promise<DocumentsOf> {
  const found: DocumentsOf = new Map();
  for (const { actor, command } of asked) {
    const documentId = documentNamedIn(command.body);
    if (!documentId) continue;
    const facts = await documentForRoom(app, { documentId, roomId, userId: actor.userId });
    const own = found.get(actor.id) ?? new Map<string, DocumentFacts>();
    found.set(actor.id, own);
    if (facts) own.set(documentId, facts);
  }
  return found;
}

/** The file of the library that a command names; null: none. */
function documentNamedIn(body: CommandBody): string | null {
  if (body.type === 'document.open') return body.payload.documentId;
  if (body.type !== 'media.load' && body.type !== 'media.queue') return null;
  const { source } = body.payload.item;
  return source.kind === 'file' ? source.documentId : null;
}

import type { Layer } from '@/room/boards';
import { pageBoardId } from '@/room/boards';
import { isStaff } from '@/room/roles';
import type { App } from '../app';
import { AppError, ERROR_CODES, type ErrorCode } from '../errors';
import { addressExpiry, fileAddress } from '../files/address';
import { enqueue } from '../jobs/queue';
import { listLayers, type Participant, readState } from '../rooms/service';
import * as queries from './queries/exports';
import { findDocument } from './queries';

/** What is exported: a document or a blank board, whole as a PDF or a page of it as a picture, with these layers. */
export type ExportRequest = {
  documentId: string | null;
  boardId: string | null;
  page: number | null;
  /** `all`: every layer that the person may see. */
  layers: 'all' | readonly Layer[];
};

type Asking = Pick<App, 'db' | 'newId'>;

/** Whether somebody may have these layers in a file: staff all of them, everybody else what everyone sees and their own. */
export function mayExport(person: Pick<Participant, 'id' | 'role'>, layers: readonly Layer[]): boolean {
  return isStaff(person.role) || layers.every((layer) => layer === 'shared' || layer === person.id);
}

/**
 * Asks for an export, or finds the one of the same content. Whoever calls has found out that the person may see the document or board.
 * @returns the export's id
 * @throws AppError NOT_ALLOWED, NOT_FOUND, BAD_INPUT for a page that there is not
 */
export async function askForExport(
  app: Asking,
  person: Participant,
  request: ExportRequest,
): Promise<{ exportId: string }> {
  const { documentId, boardId, page } = request;
  const document = documentId === null ? null : await findDocument(app.db, documentId);
  if (documentId !== null && !document) throw new AppError('NOT_FOUND');
  const pages = document?.pageCount ?? 1;
  if (page !== null && page > pages) throw new AppError('BAD_INPUT');
  const wanted = page === null ? Array.from({ length: pages }, (_, index) => index + 1) : [page];
  const boardIds = documentId ? wanted.map((number) => pageBoardId(documentId, number)) : [boardId ?? ''];
  const marked = await listLayers(app, person.roomId, boardIds);
  const layers = namesOf(request.layers, marked, person);
  if (!mayExport(person, layers)) throw new AppError('NOT_ALLOWED');
  const content = {
    roomId: person.roomId,
    documentId,
    boardId,
    page,
    version: document?.version ?? 1,
    layers,
    seq: Math.max(0, ...marked.filter(({ layer }) => layers.includes(layer)).map(({ seq }) => seq)),
  };
  return app.db.transaction(async (tx) => {
    const same = await queries.findSameExport(tx, content);
    if (same) return { exportId: same.id };
    const id = app.newId();
    await queries.insertExport(tx, { id, askedBy: person.id, ...content });
    await enqueue(app, tx, 'document-export', { exportId: id }, { priority: 1 });
    return { exportId: id };
  });
}

/** What everyone sees lies lowest, each person's own above it. */
function namesOf(
  asked: ExportRequest['layers'],
  marked: readonly { layer: Layer }[],
  person: Participant,
): Layer[] {
  const there = marked.map(({ layer }) => layer).filter((layer) => mayExport(person, [layer]));
  const names = new Set<Layer>(asked === 'all' ? ['shared', ...there] : asked);
  const others = [...names].filter((layer) => layer !== 'shared').toSorted();
  return names.has('shared') ? ['shared', ...others] : others;
}

export type ExportState =
  | { status: 'waiting'; done: number; total: number }
  | { status: 'ready'; url: string }
  | { status: 'failed'; failure: ErrorCode };

/**
 * How far an export is; ready, it has an address that holds for some minutes.
 * @throws AppError NOT_FOUND for one that this person may not have
 */
export async function readExport(
  app: Pick<App, 'db' | 'env'>,
  person: Participant,
  exportId: string,
  now: number,
): Promise<ExportState> {
  const row = await queries.findExport(app.db, exportId);
  if (!row || row.roomId !== person.roomId || !mayExport(person, row.layers)) throw new AppError('NOT_FOUND');
  if (row.status === 'failed') return { status: 'failed', failure: codeOf(row.failure) };
  if (row.status === 'waiting' || !row.storageKey)
    return { status: 'waiting', done: row.pagesDone, total: row.pagesTotal };
  const picture = row.page !== null;
  const grant = {
    key: row.storageKey,
    mimeType: picture ? 'image/png' : 'application/pdf',
    downloadName: `${await titleOf(app, row)}${picture ? ` ${row.page}.png` : '.pdf'}`,
  };
  return { status: 'ready', url: fileAddress(app.env, grant, addressExpiry(now)) };
}

async function titleOf(app: Pick<App, 'db'>, row: queries.ExportRow): Promise<string> {
  const document = row.documentId ? await findDocument(app.db, row.documentId) : null;
  // Addresses carry at most 300 characters of a name.
  return (document?.name.replace(/\.[A-Za-z0-9]{1,5}$/, '') || 'Board').slice(0, 200);
}

/** The board's own name is in the room's head. @throws AppError NOT_FOUND for a board that is not open */
export async function requireOpenBoard(app: App, roomId: string, boardId: string): Promise<void> {
  const { boards } = await readState(app, roomId);
  if (!boards.some(({ id }) => id === boardId)) throw new AppError('NOT_FOUND');
}

function codeOf(failure: string | null): ErrorCode {
  return failure !== null && failure in ERROR_CODES ? (failure as ErrorCode) : 'INTERNAL';
}

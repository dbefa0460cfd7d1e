import path from 'node:path';
import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { enqueue } from '../jobs/queue';
import { type DocumentRow, findDocument } from './queries';
import * as queries from './queries/playback';

/** Files of captions, by what they are told to be. */
const CAPTION_TYPES = ['application/x-subrip', 'text/vtt'];

type Asking = Pick<App, 'db'>;

/**
 * Puts a file of captions to a sound or film. They are there moments later.
 * @throws AppError NOT_FOUND where one of them is not theirs or plays nothing; NOT_CAPTIONS
 */
export async function addCaptions(
  app: Asking,
  ownerId: string,
  { documentId, captionsId }: { documentId: string; captionsId: string },
): Promise<void> {
  await requireFilm(app.db, ownerId, documentId);
  const words = await findDocument(app.db, captionsId);
  if (words?.ownerId !== ownerId) throw new AppError('NOT_FOUND');
  if (!CAPTION_TYPES.includes(words.mimeType)) throw new AppError('NOT_CAPTIONS');
  await enqueue(app, app.db, 'media-captions', { documentId, captionsId });
}

export type FilmCaptions = {
  /** Names them for `removeCaptions`. */
  id: string;
  label: string;
  /** The file in the library that they are from; null: they came with the film. */
  fromDocumentId: string | null;
};

/**
 * The captions of a sound or film of one's own, in the order in which players list them.
 * @throws AppError NOT_FOUND where it is not theirs or plays nothing
 */
export async function readCaptions(
  app: Asking,
  ownerId: string,
  documentId: string,
): Promise<FilmCaptions[]> {
  await requireFilm(app.db, ownerId, documentId);
  const rows = await queries.listCaptions(app.db, documentId);
  return rows.map(({ storageKey, label, fromDocumentId }) => ({ id: storageKey, label, fromDocumentId }));
}

/**
 * Takes captions off a sound or film of one's own. A file of the library that they are from stays there.
 * @throws AppError NOT_FOUND where the film or the captions are not theirs
 */
export async function removeCaptions(
  app: Asking,
  ownerId: string,
  { documentId, id }: { documentId: string; id: string },
): Promise<void> {
  await app.db.transaction(async (tx) => {
    await requireFilm(tx, ownerId, documentId);
    if (!(await queries.deleteCaptions(tx, documentId, id))) throw new AppError('NOT_FOUND');
    await enqueue(app, tx, 'files-drop', { keys: [id] });
  });
}

async function requireFilm(db: Executor, ownerId: string, documentId: string): Promise<void> {
  const film = await findDocument(db, documentId);
  if (film?.ownerId !== ownerId || film.kind !== 'media') throw new AppError('NOT_FOUND');
}

/**
 * Brings together what lies in one folder under one name: `Moon.mp4` with `Moon.srt` and `Moon.de.vtt`. Called for whichever comes last.
 */
export async function joinCaptions(app: Asking, documentId: string): Promise<void> {
  const document = await findDocument(app.db, documentId);
  if (!document || document.status === 'failed') return;
  if (document.kind === 'media') {
    const files = await queries.listBeside(app.db, document, { mimeTypes: CAPTION_TYPES });
    for (const { id, name } of files) {
      if (goesWith(name, document.name)) await ask(app, documentId, id);
    }
  }
  if (!CAPTION_TYPES.includes(document.mimeType)) return;
  for (const film of await queries.listBeside(app.db, document, { kind: 'media' })) {
    if (goesWith(document.name, film.name)) await ask(app, film.id, documentId);
  }
}

const ask = (app: Asking, documentId: string, captionsId: string) =>
  enqueue(app, app.db, 'media-captions', { documentId, captionsId });

const stemOf = (name: string) => path.parse(name).name.normalize('NFC').toLowerCase();

function goesWith(captions: string, film: string): boolean {
  const [words, stem] = [stemOf(captions), stemOf(film)];
  return words === stem || words.startsWith(`${stem}.`);
}

/** A file of captions that is there; null when it is gone or something else by now. */
export async function findCaptionsFile(app: Asking, captionsId: string): Promise<DocumentRow | null> {
  const document = await findDocument(app.db, captionsId);
  return document && CAPTION_TYPES.includes(document.mimeType) ? document : null;
}

/**
 * What captions are called: by their language in that language, where it is said; else by their title or their place.
 * @param language  as a file says it: `de`, `ger`, `und`
 */
export function nameCaptions(
  language: string | null,
  otherwise: string,
): { label: string; language: string | null } {
  const known = canonical(language);
  if (!known) return { label: otherwise, language: null };
  const named = new Intl.DisplayNames([known], { type: 'language', fallback: 'none' }).of(known);
  return { label: named ?? otherwise, language: known };
}

/** A language as BCP 47 writes it; null for none, and for what is no language. */
function canonical(language: string | null): string | null {
  if (!language || !/^[a-z]{2,3}(-[a-z]{2,4})?$/i.test(language)) return null;
  try {
    const [known = null] = Intl.getCanonicalLocales(language);
    const is = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(known ?? '');
    return known === 'und' || !is ? null : known;
  } catch {
    return null;
  }
}

type Captions = {
  storageKey: string;
  label: string;
  language: string | null;
  fromDocumentId: string | null;
};

/** Notes captions that are stored. False when the sound or film is gone or has another file. */
export async function saveCaptions(
  app: Asking,
  { id, storageKey }: Pick<DocumentRow, 'id' | 'storageKey'>,
  captions: Captions,
): Promise<boolean> {
  return app.db.transaction(async (tx) => {
    // Nobody puts another file in its place meanwhile.
    if (!(await queries.updateMedia(tx, { id, storageKey }, {}))) return false;
    await queries.setCaptions(tx, { documentId: id, ...captions });
    return true;
  });
}

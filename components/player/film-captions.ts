import { isInWork } from '@/components/library/listing';
import { fingerprintOf, uploadFile, UploadRefused } from '@/components/library/uploads/upload-file';
import { libraryChanged } from '@/components/library/library-signal';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';

/** A sound or film of one's own library. */
export type OwnFilm = { id: string; name: string; folderId: string | null };
export type FilmCaptions = Awaited<ReturnType<typeof trpc.documents.captions.query>>[number];

const LOOK_EVERY_MS = 500;
/** What has no lines does not become captions: nothing says so but that they do not come. ms */
const PATIENCE_MS = 15_000;
const NAMES = /\.(srt|vtt)$/i;
/** What a chooser of files offers. */
export const CAPTION_FILES = '.srt,.vtt';

/** `NO_LINES`: it is a file of captions, and holds none. */
export type CaptionsRefusal = Pick<Refusal, 'details'> & { code: string };
class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * Sends a file of captions to where the film lies, and puts it to the film. Gives the film's captions with these among them.
 * @throws what `refusalOfCaptions` reads
 */
export async function putCaptions(film: OwnFilm, file: File, signal: AbortSignal): Promise<FilmCaptions[]> {
  if (!NAMES.test(file.name)) throw new Refused('NOT_CAPTIONS');
  const target = { folderId: film.folderId, replaces: null, roomId: null };
  const fingerprint = await fingerprintOf(file, target);
  const captionsId = await uploadFile(file, { fingerprint, target, signal, onProgress: () => undefined });
  libraryChanged();
  await until(signal, async () => {
    const { documents } = await trpc.library.states.query({ documentIds: [captionsId] });
    return documents.every((document) => !isInWork(document)) || null;
  });
  await trpc.documents.addCaptions.mutate({ documentId: film.id, captionsId });
  return until(signal, async () => {
    const list = await trpc.documents.captions.query({ documentId: film.id });
    return list.some(({ fromDocumentId }) => fromDocumentId === captionsId) ? list : null;
  });
}

/** Why captions were not taken. */
export function refusalOfCaptions(error: unknown): CaptionsRefusal {
  if (error instanceof Refused || error instanceof UploadRefused) return { code: error.code, details: {} };
  return refusalOf(error);
}

async function until<T>(signal: AbortSignal, look: () => Promise<T | null>): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    signal.throwIfAborted();
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Refused('NO_LINES');
}

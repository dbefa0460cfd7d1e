import { trpc } from '@/components/trpc';
import { libraryChanged } from '../library-signal';
import { inOneTab, sentInSomeTab } from './one-tab';
import { fingerprintOf, uploadFile, type UploadTarget } from './upload-file';
import { browserMemory } from './upload-memory';
import { UploadStore } from './upload-store';
import { uploadsWanted } from './uploads-wanted';

let asked: Promise<string | null> | undefined;

/** Who is signed in; asked once a page. */
async function userId(): Promise<string | null> {
  asked ??= trpc.identity.session.query().then((session) => session.user?.id ?? null);
  return asked;
}

/** The uploads of this tab, wherever they were begun: one list for the library, courses and rooms. */
export const uploads = new UploadStore({
  send: uploadFile,
  fingerprintOf,
  memory: browserMemory(),
  userId,
  inOneTab,
  sentInSomeTab,
  withdraw: async (fingerprint, size) => {
    await trpc.library.withdraw.mutate({ fingerprint, size });
  },
  onDone: libraryChanged,
});

/** Sends files to a place of the library; they are seen at the page's edge, or in a room's Documents panel. */
export function sendFiles(files: Iterable<File>, target: UploadTarget): void {
  uploadsWanted.want();
  uploads.add(files, target);
}

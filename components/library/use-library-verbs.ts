import { useTranslations } from 'next-intl';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { refusalOf, trpc } from '@/components/trpc';
import { toast } from '@/components/ui/toast';
import { idsOf, type Item } from './items';
import { libraryChanged } from './library-signal';
import type { LibraryListing } from './listing';

/** What one does with files and folders. Each is seen at once; where the server says no, it says why and all is as it was. */
export function useLibraryVerbs(listing: LibraryListing) {
  const t = useTranslations('library');
  const sentenceOf = useRefusalSentence();

  async function guarded(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      await toast(sentenceOf(refusalOf(error)), { tone: 'error' });
      return false;
    } finally {
      libraryChanged();
    }
  }

  return {
    /** What is done otherwise: where it is refused, that is said. */
    guarded,

    createFolder: (name: string, parentId: string | null) =>
      guarded(() => trpc.library.createFolder.mutate({ name, parentId })),

    rename({ kind, id }: Item, name: string) {
      listing.showName(id, name);
      return guarded(() =>
        kind === 'folder'
          ? trpc.library.renameFolder.mutate({ folderId: id, name })
          : trpc.library.rename.mutate({ documentId: id, name }),
      );
    },

    move(ids: ReturnType<typeof idsOf>, to: string | null) {
      listing.takeOut(ids.documentIds, ids.folderIds);
      return guarded(() => trpc.library.move.mutate({ ...ids, to }));
    },

    async remove(items: readonly Item[]) {
      const ids = idsOf(items);
      listing.takeOut(ids.documentIds, ids.folderIds);
      if (!(await guarded(() => trpc.library.remove.mutate(ids)))) return;
      const [first] = items;
      await toast(t('deleted', { count: items.length, name: first?.name ?? '' }), {
        action: { label: t('undo'), run: () => void guarded(() => trpc.library.restore.mutate(ids)) },
      });
    },

    /** Works once more on a file that could not be shown. */
    retry: (documentId: string) => guarded(() => trpc.documents.retry.mutate({ documentId })),

    /** The browser saves it under its name, and the page stays. */
    async download(items: readonly Item[]) {
      for (const documentId of idsOf(items).documentIds) {
        try {
          const { url } = await trpc.library.download.query({ documentId });
          saveFrom(url);
        } catch (error) {
          await toast(sentenceOf(refusalOf(error)), { tone: 'error' });
        }
      }
    },
  };
}

export type LibraryVerbs = ReturnType<typeof useLibraryVerbs>;

/** An address that answers with an attachment leaves the page where it is; a frame of its own lets several come at once. */
function saveFrom(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.rel = 'noopener';
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}

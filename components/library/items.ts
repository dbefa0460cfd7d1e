import type { LibraryDocument, LibraryFolder, Listing } from './listing';

/** What stands in a list: folders first, then files. */
export type Item =
  | { kind: 'folder'; key: string; id: string; name: string; folder: LibraryFolder }
  | { kind: 'document'; key: string; id: string; name: string; document: LibraryDocument };

export function itemsOf({ folders, documents }: Pick<Listing, 'folders' | 'documents'>): Item[] {
  return [
    ...folders.map((folder): Item => {
      const { id, name } = folder;
      return { kind: 'folder', key: `f:${id}`, id, name, folder };
    }),
    ...documents.map((document): Item => {
      const { id, name } = document;
      return { kind: 'document', key: `d:${id}`, id, name, document };
    }),
  ];
}

export type ItemIds = { documentIds: string[]; folderIds: string[] };

export function idsOf(items: readonly Item[]): ItemIds {
  const idsOfKind = (kind: Item['kind']) => items.flatMap((item) => (item.kind === kind ? [item.id] : []));
  return { documentIds: idsOfKind('document'), folderIds: idsOfKind('folder') };
}

/** The name of an item on the page: where the keyboard stands. */
export function nameOf(key: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-key="${key}"] [data-name]`);
}

import { Suspense, useRef, useState } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { chooseFiles } from './choose-files';
import type { ItemAction, MenuAnchor } from './item-menu';
import { idsOf, type Item, nameOf } from './items';
import type { Question } from './listing';
import { useSelection } from './use-selection';
import type { LibraryVerbs } from './use-library-verbs';
import { sendFiles } from './uploads/uploads';

const ItemMenu = lazyPart(() => import('./item-menu'));
const ItemDialogs = lazyPart(() => import('./item-dialogs'));

/** A window that is open about some items. */
export type Asked =
  | { kind: 'move'; items: readonly Item[] }
  | { kind: 'share' | 'preview' | 'captions'; item: Extract<Item, { kind: 'document' }> };

type Options = {
  items: readonly Item[];
  verbs: LibraryVerbs;
  folderId: Question['folderId'];
  roomId: string | undefined;
  openFolder: (folderId: string) => void;
};

/** What is going on in a list: what is chosen, renamed, asked about, and the menu that is open. */
export function useItemWork({ items, verbs, folderId, roomId, openFolder }: Options) {
  const list = useRef<HTMLUListElement>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [newFolder, setNewFolder] = useState(false);
  const [menu, setMenu] = useState<{ key: string; anchor: MenuAnchor } | null>(null);
  const [asked, ask] = useState<Asked | null>(null);
  const selection = useSelection(list, items, {
    open,
    rename: (item) => setRenaming(item.key),
    remove: (chosen) => void verbs.remove(chosen),
  });

  function open(item: Item) {
    if (item.kind === 'folder') openFolder(item.id);
    else ask({ kind: 'preview', item });
  }

  async function replace(documentId: string) {
    const [file] = await chooseFiles({ multiple: false });
    if (file) sendFiles([file], { folderId: null, replaces: documentId, roomId: roomId ?? null });
  }

  function act(item: Item, action: ItemAction) {
    const together = selection.chosen.has(item.key) ? selection.chosenItems : [item];
    if (action === 'open') return open(item);
    if (action === 'choose') return selection.toggle(item.key);
    if (action === 'rename') return setRenaming(item.key);
    if (action === 'move') return ask({ kind: 'move', items: together });
    if (action === 'delete') return void verbs.remove(together);
    if (action === 'download') return void verbs.download(together);
    if (item.kind === 'folder') return;
    if (action === 'share') return ask({ kind: 'share', item });
    if (action === 'captions') return ask({ kind: 'captions', item });
    if (action === 'replace') return void replace(item.id);
    void verbs.retry(item.id);
  }

  const menuItem = menu && items.find(({ key }) => key === menu.key);
  return {
    list,
    selection,
    renaming,
    newFolder,
    ask,
    act,
    open,
    nameNewFolder: () => setNewFolder(true),
    createFolder(name: string | null) {
      setNewFolder(false);
      if (name) void verbs.createFolder(name, folderId);
    },
    rename(item: Item, name: string | null) {
      setRenaming(null);
      if (name && name !== item.name) void verbs.rename(item, name);
    },
    openMenu(item: Item, anchor: MenuAnchor) {
      selection.chooseFor(item.key);
      setMenu({ key: item.key, anchor });
    },
    dialogs: (
      <Suspense fallback={null}>
        {menu && menuItem && (
          <ItemMenu
            item={menuItem}
            anchor={menu.anchor}
            onAction={(action) => act(menuItem, action)}
            onClose={() => setMenu(null)}
          />
        )}
        {asked && (
          <ItemDialogs
            asked={asked}
            folderId={folderId}
            onDownload={(item) => void verbs.download([item])}
            onMove={(moved, to) => {
              ask(null);
              void verbs.move(idsOf(moved), to);
            }}
            onClose={() => {
              ask(null);
              nameOf((asked.kind === 'move' ? asked.items[0] : asked.item)?.key ?? '')?.focus();
            }}
          />
        )}
      </Suspense>
    ),
  };
}

export type ItemWork = ReturnType<typeof useItemWork>;

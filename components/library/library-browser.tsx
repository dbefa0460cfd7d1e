'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { Breadcrumbs } from './breadcrumbs';
import { sendDropped } from './drop-files';
import { EmptyLibrary } from './empty-library';
import { ItemList } from './item-list';
import { itemsOf } from './items';
import { ChosenBar, LibraryToolbar } from './library-toolbar';
import type { LibraryDocument, Sort } from './listing';
import { QuotaBar } from './quota-bar';
import { useDrop } from './use-drop';
import { useItemWork } from './use-item-work';
import { useLibrary } from './use-library';
import { useLibraryVerbs } from './use-library-verbs';
import { useLayout } from './use-layout';
import { sendFiles } from './uploads/uploads';

type Props = {
  folderId: string | null;
  onOpenFolder: (folderId: string | null) => void;
  /** A room's panel is narrow, and has one way to look at it. */
  compact?: boolean;
  /** It is the whole page: files can be dropped below its end too. */
  whole?: boolean;
  /** From within a room: who presents there may upload. */
  roomId?: string;
  /** What the place offers for a file, such as showing it to everyone. */
  actionFor?: (document: LibraryDocument) => ReactNode;
};

/** Somebody's library: the same in its own page, in a course and in a room. */
export function LibraryBrowser({
  folderId,
  onOpenFolder,
  compact = false,
  whole = false,
  roomId,
  actionFor,
}: Props) {
  const t = useTranslations('library');
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<Sort>('newest');
  const [layout, setLayout] = useLayout(compact);
  const library = useLibrary({ folderId, search, sort });
  const verbs = useLibraryVerbs(library.listing);
  const items = itemsOf(library);
  const target = { folderId, replaces: null, roomId: roomId ?? null };
  const openFolder = (id: string | null) => {
    setSearch('');
    onOpenFolder(id);
  };
  const work = useItemWork({ items, verbs, folderId, roomId, openFolder });
  const dropFiles = (data: DataTransfer, to: string | null) =>
    void verbs.guarded(() => sendDropped(data, { ...target, folderId: to }));
  const drop = useDrop({ onFiles: (data) => dropFiles(data, folderId) });
  const chosen = work.selection.chosenItems;
  const nothing = items.length === 0 && library.busy !== 'loading' && !library.refusal;
  return (
    <section
      aria-label={t('title')}
      {...drop.handlers}
      className={`flex flex-col ${compact ? 'min-h-full gap-3 p-3' : whole ? 'min-h-[60dvh] gap-4' : 'gap-4'} ${drop.over ? 'rounded-panel bg-accent/6 outline-2 outline-accent outline-dashed outline-offset-4' : ''}`}
    >
      <LibraryToolbar
        key={folderId}
        layout={layout}
        sort={sort}
        search={search}
        onUpload={(files) => sendFiles(files, target)}
        onNewFolder={work.nameNewFolder}
        onSearch={setSearch}
        onSort={setSort}
        onLayout={setLayout}
      />
      {(library.path.length > 0 || folderId !== null) && !search && (
        <Breadcrumbs
          path={library.path}
          onOpen={openFolder}
          onDropItems={(ids, to) => void verbs.move(ids, to)}
          onDropFiles={dropFiles}
        />
      )}
      {chosen.length > 0 && (
        <ChosenBar
          items={chosen}
          onMove={() => work.ask({ kind: 'move', items: chosen })}
          onDownload={() => void verbs.download(chosen)}
          onDelete={() => void verbs.remove(chosen)}
          onClear={work.selection.clear}
        />
      )}
      <Trouble {...library} onAgain={() => void library.listing.reload()} onTop={() => openFolder(null)} />
      {nothing && !work.newFolder && (
        <EmptyLibrary search={search} inFolder={folderId !== null} compact={compact} />
      )}
      {library.busy === 'loading' && items.length === 0 && <Progress label={t('loading')} className="p-2" />}
      <ItemList
        items={items}
        layout={layout}
        work={work}
        dropFiles={dropFiles}
        actionFor={actionFor}
        onMore={library.hasMore ? () => void library.listing.more() : null}
        onMove={(ids, to) => void verbs.move(ids, to)}
      />
      <QuotaBar className={compact ? 'mt-auto pt-2' : 'mt-auto pt-4 sm:max-w-72'} />
      {drop.over && (
        <p
          role="status"
          className="pointer-events-none sticky bottom-6 z-2 self-center rounded-full bg-accent px-4 py-2 font-medium text-on-accent text-sm shadow-float"
        >
          {t('drop')}
        </p>
      )}
      {work.dialogs}
    </section>
  );
}

type TroubleProps = Pick<ReturnType<typeof useLibrary>, 'refusal'> & {
  onAgain: () => void;
  onTop: () => void;
};

/** What went wrong with the list, and the way on. */
function Trouble({ refusal, onAgain, onTop }: TroubleProps) {
  const t = useTranslations('library');
  const sentenceOf = useRefusalSentence();
  if (!refusal) return null;
  const gone = refusal.code === 'NOT_FOUND';
  return (
    <Banner
      tone="warn"
      action={
        <Button size="small" onClick={gone ? onTop : onAgain}>
          {t(gone ? 'toTop' : 'again')}
        </Button>
      }
    >
      {gone ? t('folderGone') : sentenceOf(refusal)}
    </Banner>
  );
}

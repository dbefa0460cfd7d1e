import { FolderPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { idsOf, type Item, type ItemIds } from './items';
import { type Layout, LibraryItem } from './library-item';
import type { LibraryDocument } from './listing';
import { NameField } from './name-field';
import type { ItemWork } from './use-item-work';

type Props = {
  items: readonly Item[];
  layout: Layout;
  work: ItemWork;
  actionFor?: (document: LibraryDocument) => ReactNode;
  /** Reads the next files; null where all are listed. */
  onMore: (() => void) | null;
  onMove: (ids: ItemIds, to: string | null) => void;
  dropFiles: (data: DataTransfer, to: string | null) => void;
};

/** What trying once more may help against; for the rest there is another file. */
const PASSING = new Set(['INTERNAL', 'FILE_TOO_SLOW', 'STORAGE_FULL', 'CONVERTER_MISSING']);

const LIST: Record<Layout, string> = {
  list: 'flex flex-col divide-y divide-line',
  compact: 'flex flex-col gap-1',
  grid: 'grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-3',
};

/** The files and folders of a place. */
export function ItemList({ items, layout, work, actionFor, onMore, onMove, dropFiles }: Props) {
  const t = useTranslations('library');
  const { selection } = work;
  function actionOf(item: Item) {
    if (item.kind === 'folder') return undefined;
    if (item.document.status !== 'failed') return actionFor?.(item.document);
    const step = PASSING.has(item.document.failure ?? '') ? 'retry' : 'replace';
    return (
      <Button size="small" onClick={() => work.act(item, step)}>
        {t(`actions.${step}`)}
      </Button>
    );
  }
  return (
    <>
      <ul
        ref={work.list}
        aria-label={t('items')}
        className={items.length > 0 || work.newFolder ? LIST[layout] : 'hidden'}
      >
        {work.newFolder && (
          <li className="flex items-center gap-3 px-2 py-2">
            <FolderPlus size={22} aria-hidden className="shrink-0 text-accent" />
            <NameField label={t('folderName')} name={t('newFolderName')} onEnd={work.createFolder} />
          </li>
        )}
        {items.map((item) => (
          <LibraryItem
            key={item.key}
            item={item}
            layout={layout}
            chosen={selection.chosen.has(item.key)}
            choosing={selection.chosen.size > 0}
            tabbable={selection.at === item.key}
            renaming={work.renaming === item.key}
            dragged={() => idsOf(selection.chosen.has(item.key) ? selection.chosenItems : [item])}
            onOpen={() => work.open(item)}
            onRename={(name) => work.rename(item, name)}
            onToggle={() => selection.toggle(item.key)}
            onKeyDown={selection.onKeyDown}
            onPress={(event) => selection.onPress(event, item.key)}
            onMenu={(anchor) => work.openMenu(item, anchor)}
            onDropItems={(ids) => onMove(ids, item.id)}
            onDropFiles={(data) => dropFiles(data, item.id)}
            action={actionOf(item)}
          />
        ))}
      </ul>
      {onMore && <More key={items.length} onSeen={onMore} />}
    </>
  );
}

/** At the end of what is listed: when it comes into sight, the rest is asked for. */
function More({ onSeen }: { onSeen: () => void }) {
  const t = useTranslations('library');
  const place = useRef<HTMLParagraphElement>(null);
  const heard = useRef(onSeen);
  useEffect(() => {
    heard.current = onSeen;
  });
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    // Before it is seen: nobody waits at the end of a page.
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && heard.current(),
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <p ref={place} className="py-3 text-center text-ink-3 text-xs">
      {t('loadingMore')}
    </p>
  );
}

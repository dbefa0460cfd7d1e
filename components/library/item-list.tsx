import { FolderPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
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
export function ItemList(props: Props) {
  const { items, layout, work, onMore } = props;
  const t = useTranslations('library');
  const { selection } = work;
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
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
          <Row
            key={item.key}
            item={item}
            layout={layout}
            chosen={selection.chosen.has(item.key)}
            choosing={selection.chosen.size > 0}
            tabbable={selection.at === item.key}
            renaming={work.renaming === item.key}
            latest={latest}
          />
        ))}
      </ul>
      {onMore && <More key={items.length} onSeen={onMore} />}
    </>
  );
}

type RowProps = {
  item: Item;
  layout: Layout;
  chosen: boolean;
  choosing: boolean;
  tabbable: boolean;
  renaming: boolean;
  /** What the list was given last: for what is pressed, not for what is shown. */
  latest: RefObject<Props>;
};

/** One of thousands: rendered again only when something about itself changes. */
const Row = memo(function Row({ item, latest, ...look }: RowProps) {
  const work = () => latest.current.work;
  function dragged() {
    const { chosen, chosenItems } = work().selection;
    return idsOf(chosen.has(item.key) ? chosenItems : [item]);
  }
  return (
    <LibraryItem
      {...look}
      item={item}
      dragged={dragged}
      onOpen={() => work().open(item)}
      onRename={(name) => work().rename(item, name)}
      onToggle={() => work().selection.toggle(item.key)}
      onKeyDown={(event) => work().selection.onKeyDown(event)}
      onPress={(event) => work().selection.onPress(event, item.key)}
      onMenu={(anchor) => work().openMenu(item, anchor)}
      onDropItems={(ids) => latest.current.onMove(ids, item.id)}
      onDropFiles={(data) => latest.current.dropFiles(data, item.id)}
      action={item.kind === 'document' && <NextStep item={item} latest={latest} />}
    />
  );
}, isSameRow);

function isSameRow(a: RowProps, b: RowProps): boolean {
  const flags = ['layout', 'chosen', 'choosing', 'tabbable', 'renaming'] as const;
  return sourceOf(a.item) === sourceOf(b.item) && flags.every((flag) => a[flag] === b[flag]);
}

const sourceOf = (item: Item) => (item.kind === 'folder' ? item.folder : item.document);

type NextStepProps = { item: Extract<Item, { kind: 'document' }>; latest: RowProps['latest'] };

/** What can be done about a file that failed; else what the place offers for it. */
function NextStep({ item, latest }: NextStepProps) {
  const t = useTranslations('library.actions');
  const { status, failure } = item.document;
  if (status !== 'failed') return latest.current.actionFor?.(item.document) ?? null;
  const step = PASSING.has(failure ?? '') ? 'retry' : 'replace';
  return (
    <Button size="small" onClick={() => latest.current.work.act(item, step)}>
      {t(step === 'replace' ? 'replaceFailed' : step)}
    </Button>
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

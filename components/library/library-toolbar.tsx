import { Download, FolderInput, FolderPlus, LayoutGrid, List, Search, Trash2, Upload, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { controlClass } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import type { Item } from './items';
import type { Layout } from './library-item';
import type { Sort } from './listing';

type Props = {
  layout: Layout;
  sort: Sort;
  search: string;
  onUpload: (files: Iterable<File>) => void;
  onNewFolder: () => void;
  onSearch: (text: string) => void;
  onSort: (sort: Sort) => void;
  onLayout: (layout: Layout) => void;
};

/** What one does with the list as a whole. */
export function LibraryToolbar({ layout, sort, search, ...on }: Props) {
  const t = useTranslations('library');
  const compact = layout === 'compact';
  return (
    <div className="flex flex-wrap items-center gap-2">
      <UploadButton onUpload={on.onUpload} />
      {compact ? (
        <IconButton label={t('newFolder')} onClick={on.onNewFolder}>
          <FolderPlus size={18} aria-hidden />
        </IconButton>
      ) : (
        <Button icon={<FolderPlus size={16} aria-hidden />} onClick={on.onNewFolder}>
          {t('newFolder')}
        </Button>
      )}
      <div
        className={`flex items-center gap-2 ${compact ? 'w-full' : 'ml-auto min-w-0 flex-1 justify-end max-sm:w-full max-sm:flex-none'}`}
      >
        <SearchField
          text={search}
          onSearch={on.onSearch}
          className={compact ? 'flex-1' : 'min-w-32 max-w-64 flex-1 max-sm:max-w-none'}
        />
        <SortChoice sort={sort} onSort={on.onSort} />
        {!compact && (
          <div className="flex" role="group" aria-label={t('layout')}>
            <IconButton
              label={t('asList')}
              aria-pressed={layout === 'list'}
              onClick={() => on.onLayout('list')}
            >
              <List size={18} aria-hidden />
            </IconButton>
            <IconButton
              label={t('asGrid')}
              aria-pressed={layout === 'grid'}
              onClick={() => on.onLayout('grid')}
            >
              <LayoutGrid size={18} aria-hidden />
            </IconButton>
          </div>
        )}
      </div>
    </div>
  );
}

/** Chooses files of the computer. */
export function UploadButton({ onUpload }: Pick<Props, 'onUpload'>) {
  const t = useTranslations('library');
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('chooseFiles')}
        onChange={(event) => {
          onUpload([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button
        variant="primary"
        icon={<Upload size={16} aria-hidden />}
        onClick={() => picker.current?.click()}
      >
        {t('upload')}
      </Button>
    </>
  );
}

/** How long somebody rests in typing before it is looked for. */
const TYPED_MS = 250;

function SearchField({
  text,
  onSearch,
  className = '',
}: {
  text: string;
  onSearch: Props['onSearch'];
  className?: string;
}) {
  const t = useTranslations('library');
  const [draft, setDraft] = useState(text);
  const heard = useRef(onSearch);
  useEffect(() => {
    heard.current = onSearch;
  });
  useEffect(() => {
    const timer = setTimeout(() => heard.current(draft.trim()), TYPED_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return (
    <span className={`relative block min-w-0 ${className}`}>
      <Search size={16} aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 text-ink-3" />
      <input
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={draft}
        maxLength={200}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') setDraft('');
        }}
        className={`${controlClass} h-9 text-ellipsis pl-8`}
      />
    </span>
  );
}

const SORTS: readonly Sort[] = ['newest', 'name', 'largest'];

function SortChoice({ sort, onSort }: Pick<Props, 'sort' | 'onSort'>) {
  const t = useTranslations('library.sort');
  const change: ComponentProps<'select'>['onChange'] = ({ target }) => {
    const chosen = SORTS.find((one) => one === target.value);
    if (chosen) onSort(chosen);
  };
  return (
    <select
      aria-label={t('label')}
      value={sort}
      onChange={change}
      className={`${controlClass} h-9 w-auto! shrink-0 px-2!`}
    >
      {SORTS.map((one) => (
        <option key={one} value={one}>
          {t(one)}
        </option>
      ))}
    </select>
  );
}

type ChosenProps = {
  items: readonly Item[];
  onMove: () => void;
  onDownload: () => void;
  onDelete: () => void;
  onClear: () => void;
};

/** What one does with what is chosen. */
export function ChosenBar({ items, onMove, onDownload, onDelete, onClear }: ChosenProps) {
  const t = useTranslations('library');
  return (
    <div
      role="group"
      aria-label={t('chosen', { count: items.length })}
      className="flex min-h-11 flex-wrap items-center gap-1 rounded-panel bg-accent/10 py-1 pr-1 pl-3"
    >
      <p role="status" className="mr-auto font-medium text-sm">
        {t('chosen', { count: items.length })}
      </p>
      <Button size="small" variant="quiet" icon={<FolderInput size={15} aria-hidden />} onClick={onMove}>
        <span className="max-sm:sr-only">{t('actions.move')}</span>
      </Button>
      {items.some(({ kind }) => kind === 'document') && (
        <Button size="small" variant="quiet" icon={<Download size={15} aria-hidden />} onClick={onDownload}>
          <span className="max-sm:sr-only">{t('actions.download')}</span>
        </Button>
      )}
      <Button size="small" variant="quiet" icon={<Trash2 size={15} aria-hidden />} onClick={onDelete}>
        <span className="max-sm:sr-only">{t('actions.delete')}</span>
      </Button>
      <IconButton size="small" label={t('clearChosen')} onClick={onClear}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}

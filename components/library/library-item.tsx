import { Folder, MoreHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { useWhen } from '@/components/ui/when';
import { DocumentState } from './document-state';
import { FileIcon } from './file-icon';
import type { MenuAnchor } from './item-menu';
import type { Item, ItemIds } from './items';
import { Loudness } from './loudness';
import { NameField } from './name-field';
import { dragItems, useDrop } from './use-drop';

export type Layout = 'list' | 'grid' | 'compact';

type Props = {
  item: Item;
  layout: Layout;
  chosen: boolean;
  /** Something is chosen: the boxes are seen. */
  choosing: boolean;
  tabbable: boolean;
  renaming: boolean;
  /** What a drag of it takes along. */
  dragged: () => ItemIds;
  onOpen: () => void;
  onRename: (name: string | null) => void;
  onToggle: () => void;
  onPress: (event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onMenu: (anchor: MenuAnchor) => void;
  onDropItems: (ids: ItemIds) => void;
  onDropFiles: (data: DataTransfer) => void;
  action?: ReactNode;
};

/** Until something is chosen, a box is seen only under the pointer, and takes no place. */
const HIDDEN_BOX: Record<Layout, string> = {
  list: 'absolute -left-5 opacity-0 focus-visible:opacity-100 group-hover/item:opacity-100 max-lg:hidden',
  compact: 'hidden',
  grid: 'opacity-0 focus-visible:opacity-100 group-hover/item:opacity-100',
};
const CHECKBOX: Record<Layout, string> = { list: '', compact: 'mt-1', grid: 'absolute top-3.5 left-3.5 z-1' };
const BOX: Record<Layout, string> = {
  list: 'flex min-h-14 items-center gap-3 px-2 py-1.5',
  compact: 'flex items-start gap-2.5 px-2 py-2',
  grid: 'flex flex-col gap-2 p-2',
};

/** One file or folder: a list's line, a card, or a room's panel's. */
export function LibraryItem(props: Props) {
  const { item, layout, chosen, choosing, renaming, onMenu } = props;
  const t = useTranslations('library');
  // A file is no place to drop on: what is dropped there lands in the folder around it.
  const drop = useDrop({ onFiles: props.onDropFiles, onItems: props.onDropItems });
  const [dragging, setDragging] = useState(false);
  const look = chosen ? 'bg-accent/10' : 'hover:bg-ink/4';
  return (
    <li
      data-key={item.key}
      draggable={!renaming}
      onDragStart={(event) => {
        dragItems(event, props.dragged(), item.name);
        setDragging(true);
      }}
      onDragEnd={() => setDragging(false)}
      {...(item.kind === 'folder' ? drop.handlers : {})}
      onClick={props.onPress}
      onKeyDown={props.onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu({ x: event.clientX, y: event.clientY });
      }}
      className={`group/item relative ${layout === 'list' ? '' : 'rounded-control'} [content-visibility:auto] ${BOX[layout]} ${drop.over && item.kind === 'folder' ? 'bg-accent/14 outline-2 outline-accent' : look} ${dragging ? 'opacity-50' : ''}`}
      style={{ containIntrinsicSize: layout === 'grid' ? 'auto 200px' : 'auto 56px' }}
    >
      <input
        type="checkbox"
        checked={chosen}
        onChange={props.onToggle}
        tabIndex={props.tabbable && choosing ? 0 : -1}
        aria-label={t('choose', { name: item.name })}
        className={`size-4 shrink-0 accent-(--accent) ${CHECKBOX[layout]} ${choosing ? '' : HIDDEN_BOX[layout]}`}
      />
      <Thumbnail item={item} layout={layout} />
      <Facts {...props} />
    </li>
  );
}

function Facts({ item, layout, tabbable, renaming, onOpen, onRename, onMenu, action }: Props) {
  const t = useTranslations('library');
  const menu = (
    <IconButton
      size="small"
      label={t('actions.label', { name: item.name })}
      aria-haspopup="menu"
      tabIndex={tabbable ? 0 : -1}
      className="shrink-0"
      onClick={(event) => onMenu(event.currentTarget)}
    >
      <MoreHorizontal size={16} aria-hidden />
    </IconButton>
  );
  return (
    <>
      <div className={`min-w-0 ${layout === 'grid' ? 'w-full' : 'flex-1'}`}>
        <div className={`flex min-w-0 gap-1 ${layout === 'grid' ? 'items-start' : 'items-center'}`}>
          {renaming ? (
            <NameField label={t('name')} name={item.name} onEnd={onRename} />
          ) : (
            <button
              type="button"
              data-name
              tabIndex={tabbable ? 0 : -1}
              onClick={onOpen}
              title={item.name}
              className={`min-w-0 flex-1 rounded-control text-left font-medium text-sm hover:underline ${layout === 'grid' ? 'mt-0.5 line-clamp-2 wrap-anywhere' : 'truncate'}`}
            >
              <bdi>{item.name}</bdi>
            </button>
          )}
          {layout !== 'list' && menu}
        </div>
        {item.kind === 'document' && (
          <div className={`text-ink-3 text-xs ${layout === 'list' ? '' : 'pr-1'}`}>
            <DocumentState document={item.document} />
          </div>
        )}
        {action && <div className="pt-1.5 empty:hidden">{action}</div>}
      </div>
      {layout === 'list' && (
        <>
          {item.kind === 'document' && <Added at={item.document.createdAt} />}
          {menu}
        </>
      )}
    </>
  );
}

function Added({ at }: { at: number }) {
  const [now] = useState(Date.now);
  const when = useWhen(now);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      className="w-28 shrink-0 text-right text-ink-3 text-xs tabular-nums max-sm:hidden"
    >
      {when.day(at)}
    </time>
  );
}

const PICTURE: Record<Layout, string> = {
  list: 'size-10',
  compact: 'h-14 w-11',
  grid: 'aspect-4/3 w-full',
};

function Thumbnail({ item, layout }: { item: Item; layout: Layout }) {
  const box = `grid shrink-0 place-items-center overflow-hidden rounded-control ${PICTURE[layout]}`;
  const size = layout === 'grid' ? 40 : 22;
  if (item.kind === 'folder') {
    return (
      <span
        className={`${box} ${layout === 'grid' ? 'bg-surface-2' : ''} ${layout === 'compact' ? 'h-8!' : ''}`}
      >
        <Folder size={size} aria-hidden className="fill-accent/16 text-accent" />
      </span>
    );
  }
  const { thumbnail, mimeType, loudness } = item.document;
  return (
    <span className={`${box} border border-line ${thumbnail ? 'bg-white' : 'bg-surface-2'}`}>
      {thumbnail ? (
        // The picture comes from the files origin in the size that is needed: there is nothing for Next to make of it.
        // oxlint-disable-next-line nextjs/no-img-element
        <img
          src={thumbnail}
          alt=""
          loading="lazy"
          draggable={false}
          className={`size-full object-cover ${item.document.kind === 'media' ? '' : 'object-top'}`}
        />
      ) : loudness ? (
        <Loudness peaks={layout === 'grid' ? loudness : loudness.filter((_, place) => place % 4 === 0)} />
      ) : (
        <FileIcon mimeType={mimeType} size={size} />
      )}
    </span>
  );
}

'use client';

import { Menu } from '@base-ui/react/menu';
import {
  Captions,
  Download,
  FolderInput,
  FolderOpen,
  Eye,
  Link2,
  Pencil,
  Replace,
  RotateCcw,
  SquareCheck,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { createElement, useRef } from 'react';
import { type Item, nameOf } from './items';

export type ItemAction =
  | 'choose'
  | 'open'
  | 'download'
  | 'rename'
  | 'move'
  | 'replace'
  | 'share'
  | 'captions'
  | 'retry'
  | 'delete';
/** Where a menu opens: at a button, or where the pointer was. */
export type MenuAnchor = HTMLElement | { x: number; y: number };

const ICONS = {
  choose: SquareCheck,
  open: Eye,
  download: Download,
  rename: Pencil,
  move: FolderInput,
  replace: Replace,
  share: Link2,
  captions: Captions,
  retry: RotateCcw,
  delete: Trash2,
};

/** What opens a field or a window, which has the focus then. */
const TAKES_FOCUS: ReadonlySet<ItemAction> = new Set(['open', 'rename', 'move', 'share', 'captions']);

type Props = {
  item: Item;
  anchor: MenuAnchor;
  onAction: (action: ItemAction) => void;
  onClose: () => void;
};

/** What can be done with one file or folder. Loaded when it is first opened. */
export default function ItemMenu({ item, anchor, onAction, onClose }: Props) {
  const t = useTranslations('library.actions');
  const focusGoes = useRef(false);
  return (
    <Menu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Menu.Portal container={nameOf(item.key)?.closest('section')}>
        <Menu.Positioner
          anchor={asAnchor(anchor)}
          align="end"
          sideOffset={4}
          positionMethod="fixed"
          className="z-40"
        >
          <Menu.Popup
            finalFocus={() => (focusGoes.current ? false : nameOf(item.key))}
            aria-label={t('label', { name: item.name })}
            className="min-w-48 rounded-panel border border-line bg-surface p-1.5 text-ink text-sm shadow-float"
          >
            {actionsOf(item).map((action) => (
              <Menu.Item
                key={action}
                onClick={() => {
                  focusGoes.current = TAKES_FOCUS.has(action);
                  onAction(action);
                }}
                className={`flex h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 data-highlighted:bg-ink/6 ${action === 'delete' ? 'text-live' : ''}`}
              >
                {createElement(item.kind === 'folder' && action === 'open' ? FolderOpen : ICONS[action], {
                  size: 16,
                  'aria-hidden': true,
                  className: action === 'delete' ? '' : 'text-ink-3',
                })}
                {t(action)}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function actionsOf(item: Item): ItemAction[] {
  if (item.kind === 'folder') return ['open', 'rename', 'move', 'choose', 'delete'];
  const first = item.document.status === 'failed' ? 'retry' : 'open';
  const captions: ItemAction[] = item.document.kind === 'media' ? ['captions'] : [];
  return [first, 'download', 'rename', 'move', 'replace', ...captions, 'share', 'choose', 'delete'];
}

function asAnchor(anchor: MenuAnchor) {
  if (anchor instanceof HTMLElement) return anchor;
  const { x, y } = anchor;
  return { getBoundingClientRect: () => DOMRect.fromRect({ x, y, width: 0, height: 0 }) };
}

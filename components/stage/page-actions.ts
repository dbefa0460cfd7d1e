import {
  Expand,
  Fullscreen,
  type LucideIcon,
  MoveHorizontal,
  Pencil,
  RotateCw,
  Search,
  Shrink,
  TextCursor,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { OpenDocument } from '@/room/state';
import { fitsWidth, fitWidth, quarterTurn } from './page-geometry';
import type { FullScreen } from './use-full-screen';
import type { Sheet } from './use-sheet';
import type { StageView } from './use-stage-view';

/** What lies over the page: the search, all pages at a glance, or nothing. */
export type Opened = 'find' | 'picker' | null;

export type PageBarProps = {
  document: OpenDocument;
  view: StageView;
  sheet: Sheet;
  opened: Opened;
  /** Opens it, or closes it where it is open. */
  onOpen: (what: 'find' | 'picker') => void;
  /** Whether the pen is away for reading; null: it does not come into it. */
  reading: boolean | null;
  onRead: (reading: boolean) => void;
  /** The pen's tools have their place here. */
  reserved: boolean;
  /** Only where one is. */
  compact: boolean;
  fullScreen: FullScreen;
};

export type Action = {
  name: string;
  label: string;
  icon: LucideIcon;
  keys?: string;
  disabled?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  act: () => void;
};

/** What one can do with the shown page besides turning and zooming it. */
export function useActions({
  document,
  view,
  sheet,
  opened,
  onOpen,
  reading,
  onRead,
  fullScreen,
}: PageBarProps) {
  const t = useTranslations('stage.page');
  const { rotation = 0 } = document;
  const { viewport, mayMove, presenting, move, rotate } = view;
  const { stage, page, pages } = sheet;
  const width = stage && page ? fitWidth(page, stage, rotation) : null;
  const actions: Action[] = [];
  if (pages.kind === 'ready' && pages.document.hasPdf) {
    const expanded = opened === 'find';
    actions.push({
      name: 'find',
      label: t('find'),
      icon: Search,
      keys: 'Control+F',
      expanded,
      act: () => onOpen('find'),
    });
  }
  if (reading !== null) {
    actions.push({
      name: 'read',
      label: reading ? t('draw') : t('read'),
      icon: reading ? Pencil : TextCursor,
      act: () => onRead(!reading),
    });
  }
  if (presenting)
    actions.push({
      name: 'rotate',
      label: t('rotate'),
      icon: RotateCw,
      act: () => rotate(quarterTurn(rotation)),
    });
  if (mayMove) {
    const wide = fitsWidth(viewport, rotation);
    actions.push(
      {
        name: 'width',
        label: t('width'),
        icon: MoveHorizontal,
        disabled: !width || wide,
        act: () => move(width),
      },
      fitAction(t('fit'), view),
    );
  }
  if (fullScreen) actions.push(screenAction(t(fullScreen.on ? 'smallScreen' : 'fullScreen'), fullScreen));
  return actions;
}

/** What one can do with a blank board besides zooming it and drawing on it. */
export function useBoardActions(view: StageView, fullScreen: FullScreen): Action[] {
  const t = useTranslations('stage.page');
  const actions = view.mayMove ? [fitAction(t('fitBoard'), view)] : [];
  if (fullScreen) actions.push(screenAction(t(fullScreen.on ? 'smallScreen' : 'fullScreen'), fullScreen));
  return actions;
}

function fitAction(label: string, { viewport, move }: StageView): Action {
  return { name: 'fit', label, icon: Fullscreen, keys: '0', disabled: !viewport, act: () => move(null) };
}

function screenAction(label: string, { on, toggle }: NonNullable<FullScreen>): Action {
  return { name: 'screen', label, icon: on ? Shrink : Expand, keys: 'F', act: toggle };
}

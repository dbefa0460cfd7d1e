'use client';

import { Ellipsis, Minus, Plus } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { Action } from './page-actions';
import { ZOOM_STEP, zoomOf, zoomViewport } from './page-geometry';
import { StageButton } from './stage-button';
import type { StageView } from './use-stage-view';

type Props = { view: Pick<StageView, 'viewport' | 'mayMove' | 'move'>; actions: readonly Action[] };

/** What one can do with what is shown: as a row where there is room, in a menu where there is not. */
export function PageTools({ view, actions }: Props) {
  const t = useTranslations('stage.page');
  const format = useFormatter();
  const { viewport, mayMove, move } = view;
  return (
    <>
      <span className="contents max-sm:hidden">
        {actions.map((action) => (
          <ActionButton key={action.name} action={action} />
        ))}
        {mayMove && (
          <>
            <StageButton
              label={t('out')}
              keys="-"
              disabled={!viewport}
              onPress={() => move(zoomViewport(viewport, 1 / ZOOM_STEP))}
            >
              <Minus size={16} />
            </StageButton>
            <span className="min-w-[4.5ch] text-center">
              {format.number(zoomOf(viewport), { style: 'percent' })}
            </span>
            <StageButton label={t('in')} keys="+" onPress={() => move(zoomViewport(viewport, ZOOM_STEP))}>
              <Plus size={16} />
            </StageButton>
          </>
        )}
      </span>
      {actions.length > 0 && <MoreMenu actions={actions} />}
    </>
  );
}

function ActionButton({ action }: { action: Action }) {
  const { label, icon: Icon, act, keys, disabled, pressed, expanded } = action;
  return (
    <StageButton
      label={label}
      keys={keys}
      disabled={disabled}
      pressed={pressed}
      expanded={expanded}
      onPress={act}
    >
      <Icon size={16} />
    </StageButton>
  );
}

/** The same with words, for a narrow stage. Closes by choosing, by Escape and by pressing elsewhere. */
function MoreMenu({ actions }: { actions: readonly Action[] }) {
  const t = useTranslations('stage.page');
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const press = (event: PointerEvent) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) setOpen(false);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false);
    };
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('keydown', key);
    return () => {
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('keydown', key);
    };
  }, [open]);
  return (
    <div ref={box} className="relative sm:hidden">
      <StageButton label={t('more')} expanded={open} onPress={() => setOpen(!open)}>
        <Ellipsis size={18} />
      </StageButton>
      {open && (
        <ul
          aria-label={t('more')}
          className="absolute right-0 bottom-full z-20 mb-1 flex w-56 flex-col rounded-panel border border-line bg-surface p-1 text-ink text-sm shadow-float"
        >
          {actions.map(({ name, label, icon: Icon, disabled, act }) => (
            <li key={name}>
              <button
                type="button"
                disabled={disabled}
                onClick={() => {
                  setOpen(false);
                  act();
                }}
                className="flex h-10 w-full items-center gap-3 rounded-control px-3 text-left hover:bg-ink/6 disabled:opacity-45"
              >
                <Icon size={17} aria-hidden className="shrink-0 text-ink-2" />
                {label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

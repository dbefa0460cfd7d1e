'use client';

import { Bell as BellIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useRef } from 'react';
import { BellPanel } from './bell-panel';
import { useBell } from './use-bell';

/** What changed, behind a bell that counts what is new. The browser's own popover opens and closes it. */
export function Bell({ unread }: { unread: number }) {
  const t = useTranslations('bell');
  const panelId = useId();
  const panel = useRef<HTMLDivElement>(null);
  const bell = useBell(unread);
  return (
    <>
      <button
        type="button"
        popoverTarget={panelId}
        aria-label={t('open', { count: bell.unread })}
        title={t('title')}
        className="relative grid size-9 shrink-0 place-items-center rounded-control text-ink-2 hover:bg-ink/6 hover:text-ink"
      >
        <BellIcon size={18} aria-hidden />
        {bell.unread > 0 && (
          <span
            aria-hidden
            className="absolute top-0.5 right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 font-semibold text-[10px] text-on-accent leading-none tabular-nums"
          >
            {bell.unread > 99 ? '99+' : bell.unread}
          </span>
        )}
      </button>
      <div
        ref={panel}
        id={panelId}
        popover="auto"
        onToggle={(event) => event.newState === 'open' && void bell.open()}
        className="fixed inset-auto top-13 right-[max(1rem,calc((100vw-var(--page))/2+1.5rem))] m-0 max-h-[70dvh] w-[min(24rem,calc(100vw-2rem))] overflow-y-auto overscroll-contain rounded-panel border border-line bg-surface p-1.5 text-ink shadow-float"
      >
        <BellPanel news={bell.news} failed={bell.failed} onLeave={() => panel.current?.hidePopover()} />
      </div>
    </>
  );
}

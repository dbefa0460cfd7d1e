'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { UploadList, useUploadsSummary } from './upload-list';
import { uploads } from './uploads';
import { useUploads } from './use-uploads';

/** How long "all done" stays to be seen. */
const DONE_MS = 8_000;

/** The uploads at the edge of every page but a room's, which has its Documents panel for them. Loaded once there is one. */
export default function UploadTray() {
  const list = useUploads();
  const inRoom = usePathname().startsWith('/room/');
  useRestored();
  useCleared(list.length > 0 && list.every(({ state }) => state === 'done'));
  return inRoom || list.length === 0 ? null : <Tray />;
}

function Tray() {
  const t = useTranslations('library.uploads');
  const list = useUploads();
  const summary = useUploadsSummary(list);
  const [open, setOpen] = useState(true);
  const over = list.every(({ state }) => state === 'done');
  return (
    <section
      aria-label={t('title')}
      className="fixed right-4 bottom-4 z-30 flex w-[min(22rem,calc(100vw-2rem))] flex-col overflow-hidden rounded-panel border border-line bg-surface text-ink shadow-float"
    >
      <header className="flex h-11 items-center justify-between gap-2 bg-surface-2 pr-1.5 pl-3">
        <p role="status" className="min-w-0 truncate font-medium text-sm">
          {summary}
        </p>
        <span className="flex">
          <IconButton
            size="small"
            label={t(open ? 'fold' : 'unfold')}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? <ChevronDown size={16} aria-hidden /> : <ChevronUp size={16} aria-hidden />}
          </IconButton>
          {over && (
            <IconButton size="small" label={t('clear')} onClick={() => uploads.clearDone()}>
              <X size={16} aria-hidden />
            </IconButton>
          )}
        </span>
      </header>
      {open && <UploadList list={list} className="max-h-72 overflow-y-auto border-line border-t" />}
    </section>
  );
}

/** Takes up what a reload interrupted, and goes on when the line is back. */
function useRestored() {
  useEffect(() => {
    uploads.restore().catch((error: unknown) => console.warn('Unfinished uploads could not be read', error));
    window.addEventListener('online', uploads.online);
    return () => window.removeEventListener('online', uploads.online);
  }, []);
}

function useCleared(over: boolean) {
  useEffect(() => {
    if (!over) return undefined;
    const timer = setTimeout(() => uploads.clearDone(), DONE_MS);
    return () => clearTimeout(timer);
  }, [over]);
}

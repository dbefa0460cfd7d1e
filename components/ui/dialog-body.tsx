'use client';

import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { DialogProps } from './dialog';
import { IconButton } from './icon-button';

const WIDTHS = { small: 'max-w-sm', medium: 'max-w-lg', large: 'max-w-2xl' };

/** What `Dialog` loads. On a phone it is a sheet at the bottom, elsewhere a panel in the middle. */
export default function DialogBody({
  open,
  onOpenChange,
  title,
  description,
  children,
  actions,
  size = 'medium',
}: DialogProps) {
  const t = useTranslations('ui');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-stage/45 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          className={`fixed z-50 flex max-h-[min(88dvh,44rem)] w-full flex-col bg-surface text-ink shadow-float transition data-ending-style:opacity-0 data-starting-style:opacity-0 max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-panel max-sm:data-starting-style:translate-y-4 sm:top-1/2 sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-panel sm:border sm:border-line sm:data-starting-style:scale-98 ${WIDTHS[size]}`}
        >
          <header className="flex items-start justify-between gap-4 px-6 pt-5">
            <div className="flex flex-col gap-1">
              <Dialog.Title className="font-semibold text-base">{title}</Dialog.Title>
              {description && (
                <Dialog.Description className="text-ink-2 text-sm">{description}</Dialog.Description>
              )}
            </div>
            <Dialog.Close
              render={
                <IconButton label={t('close')} size="small" className="-mr-2">
                  <X size={16} />
                </IconButton>
              }
            />
          </header>
          <div className="min-h-0 overflow-y-auto px-6 py-4">{children}</div>
          {actions && (
            <footer className="flex justify-end gap-2 border-line border-t px-6 py-4">{actions}</footer>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { IconButton } from './icon-button';

type Props = { title: string; onClose: () => void; wide?: boolean; actions?: ReactNode; children: ReactNode };

/** A window over the page: the browser's own, which keeps the keyboard in it and gives it back. Open as long as it is rendered. */
export function Dialog({ title, onClose, wide = false, actions, children }: Props) {
  const t = useTranslations('ui');
  const titleId = useId();
  return (
    <dialog
      ref={(dialog) => {
        if (dialog && !dialog.open) dialog.showModal();
      }}
      aria-labelledby={titleId}
      onClose={onClose}
      // A press beside the window is one on the element itself.
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
      onKeyDown={(event) => event.stopPropagation()}
      className={`m-auto max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] rounded-panel border border-line bg-surface p-0 text-ink shadow-float backdrop:bg-black/40 ${wide ? 'max-w-3xl' : 'max-w-md'}`}
    >
      <div className="flex max-h-[calc(100dvh-2rem)] flex-col">
        <header className="flex min-h-13 items-center gap-2 border-line border-b py-2 pr-2 pl-4">
          <h2 id={titleId} className="min-w-0 flex-1 truncate font-semibold text-base" title={title}>
            {title}
          </h2>
          {actions}
          <IconButton label={t('close')} onClick={(event) => event.currentTarget.closest('dialog')?.close()}>
            <X size={18} aria-hidden />
          </IconButton>
        </header>
        <div
          className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4 -outline-offset-2"
          // What is long and holds nothing to press is scrolled by keys.
          {...(wide ? { role: 'region', 'aria-labelledby': titleId, tabIndex: 0 } : {})}
        >
          {children}
        </div>
      </div>
    </dialog>
  );
}

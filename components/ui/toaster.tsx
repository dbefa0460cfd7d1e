'use client';

import { useEffect } from 'react';
import { Toaster as Sonner } from 'sonner';
import { toasterState } from './toast';

/** What `Toasts` loads. */
export default function Toaster() {
  useEffect(() => toasterState.mounted(), []);
  return (
    <Sonner
      position="bottom-center"
      theme="system"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-panel border border-line bg-surface px-4 py-3 text-sm text-ink shadow-float',
          content: 'min-w-0 flex-1',
          icon: 'text-live',
          actionButton: 'shrink-0 rounded-control px-2 py-1 font-medium text-accent hover:bg-ink/6',
        },
      }}
    />
  );
}

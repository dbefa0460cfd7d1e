'use client';

import { useEffect } from 'react';
import { Toaster as Sonner } from 'sonner';
import { toasterState } from './toast';

/** A class has its controls at the bottom of the window: nothing may lie over them. */
const ABOVE_CONTROLS_PX = 76;

/** What `Toasts` loads. */
export default function Toaster() {
  useEffect(() => toasterState.mounted(), []);
  return (
    <Sonner
      position="bottom-center"
      offset={{ bottom: ABOVE_CONTROLS_PX }}
      mobileOffset={{ bottom: ABOVE_CONTROLS_PX }}
      theme="system"
      // sonner brings a font of its own.
      style={{ fontFamily: 'inherit' }}
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

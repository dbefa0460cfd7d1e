'use client';

import { lazy, type ReactNode, Suspense, useRef } from 'react';

const DialogBody = lazy(() => import('./dialog-body'));

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  size?: 'small' | 'medium' | 'large';
};

/** A modal dialog with a focus trap. Its code is fetched when it is opened for the first time. */
export function Dialog(props: DialogProps) {
  const wasOpened = useRef(false);
  if (props.open) wasOpened.current = true;
  if (!wasOpened.current) return null;
  return (
    <Suspense fallback={null}>
      <DialogBody {...props} />
    </Suspense>
  );
}

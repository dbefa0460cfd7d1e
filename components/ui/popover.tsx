'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from './icon-button';

const ABOVE =
  'inset-x-0 bottom-full mx-auto mb-2 flex w-max items-center gap-0.5 max-sm:max-w-full max-sm:flex-wrap max-sm:justify-center sm:right-auto sm:left-1/2 sm:-translate-x-1/2';
const SHEET = 'max-sm:fixed max-sm:inset-x-3 max-sm:top-auto max-sm:bottom-3 max-sm:w-auto';
const HANGING = 'top-full mt-1.5 flex w-64 flex-col';

type Props = {
  label: string;
  icon: ReactNode;
  pressed?: boolean;
  disabled?: boolean;
  className?: string;
  /** Where the button stands at the top: the panel hangs below it, as a column, to its right edge or to its left one. */
  hanging?: boolean | 'left';
  /** On a phone it lies at the bottom of the window instead, where it has room. */
  sheet?: boolean;
  /** Of the button itself. */
  look?: string;
  children: ReactNode;
};

/** A button that opens others, in a row above it unless it hangs. It closes by choosing, by Escape and by pressing elsewhere. */
export function Popover({
  label,
  icon,
  pressed,
  disabled = false,
  className = '',
  hanging = false,
  sheet = false,
  look = 'max-sm:w-7',
  children,
}: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const press = (event: PointerEvent) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) setOpen(false);
    };
    const choose = (event: MouseEvent) => {
      if (event.target instanceof Node && panel.current?.contains(event.target)) setOpen(false);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false);
    };
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('click', choose);
    document.addEventListener('keydown', key, true);
    return () => {
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('click', choose);
      document.removeEventListener('keydown', key, true);
    };
  }, [open]);
  return (
    <div ref={box} className={`${hanging ? 'relative' : 'sm:relative'} ${className}`}>
      <IconButton
        label={label}
        aria-expanded={open}
        aria-haspopup="true"
        aria-pressed={pressed}
        disabled={disabled}
        onClick={() => setOpen(!open)}
        className={look}
      >
        {icon}
      </IconButton>
      {open && (
        <fieldset
          ref={panel}
          aria-label={label}
          className={`absolute z-10 rounded-panel border border-line bg-surface p-1 text-ink shadow-float ${hanging ? `${HANGING} ${hanging === 'left' ? 'left-0' : 'right-0'}` : ABOVE} ${sheet ? SHEET : ''}`}
        >
          {children}
        </fieldset>
      )}
    </div>
  );
}

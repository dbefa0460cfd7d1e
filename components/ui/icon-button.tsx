import type { ComponentProps, ReactNode } from 'react';

type Props = Omit<ComponentProps<'button'>, 'aria-label' | 'children'> & {
  /** The accessible name, and the tooltip's text. */
  label: string;
  /** The key that does the same, shown in the tooltip. */
  shortcut?: string;
  children: ReactNode;
  size?: 'small' | 'medium' | 'large';
};

const SIZES = { small: 'size-7', medium: 'size-9', large: 'size-11' };

/** A button that is only an icon. Its name is read out, and shown on hover by the browser's own tooltip. */
export function IconButton({
  label,
  shortcut,
  size = 'medium',
  className = '',
  type = 'button',
  ...rest
}: Props) {
  return (
    <button
      type={type}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={shortcut ? `${label} (${shortcut})` : label}
      className={`inline-grid shrink-0 place-items-center rounded-control text-ink-2 transition-colors hover:bg-ink/6 hover:text-ink active:bg-ink/10 disabled:opacity-50 aria-pressed:bg-accent/14 aria-pressed:text-accent ${SIZES[size]} ${className}`}
      {...rest}
    />
  );
}

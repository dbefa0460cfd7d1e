import type { ReactNode } from 'react';

export type StageButtonProps = {
  label: string;
  keys?: string;
  disabled?: boolean;
  pressed?: boolean;
  /** What it opens is open. */
  expanded?: boolean;
  className?: string;
  onPress: () => void;
  children: ReactNode;
};

/** A button that is only an icon, on the dark stage. */
export function StageButton({
  label,
  keys,
  disabled = false,
  pressed,
  expanded,
  className = '',
  onPress,
  children,
}: StageButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={keys}
      aria-pressed={pressed}
      aria-expanded={expanded}
      title={keys?.length === 1 ? `${label} (${keys.toUpperCase()})` : label}
      disabled={disabled}
      onClick={onPress}
      className={`grid size-8 shrink-0 place-items-center rounded-control transition-colors hover:bg-white/10 hover:text-white disabled:opacity-35 disabled:hover:bg-transparent aria-[pressed=true]:bg-white/16 aria-[pressed=true]:text-white aria-[expanded=true]:bg-white/16 ${className}`}
    >
      {children}
    </button>
  );
}

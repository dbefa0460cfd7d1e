import { type ReactNode, useId } from 'react';
import { Tip } from './tip';

export type ControlTone = 'plain' | 'off' | 'on' | 'danger';

const TONES: Record<ControlTone, string> = {
  plain: 'text-ink hover:bg-ink/7 active:bg-ink/12',
  off: 'bg-live/12 text-live hover:bg-live/18',
  on: 'bg-accent/14 text-accent hover:bg-accent/20',
  danger: 'bg-live text-on-live hover:brightness-95 active:brightness-90',
};

type Props = {
  /** The accessible name: what pressing it does. */
  label: string;
  /** The word under the icon, on wide screens. Decorative: the name says it in full. */
  caption: string;
  icon: ReactNode;
  onPress: () => void;
  tone?: ControlTone;
  shortcut?: string;
  /** Why it cannot be pressed; null when it can. */
  blocked?: string | null;
  busy?: boolean;
  badge?: { count: number; text: string } | null;
  /** For what opens a panel. */
  expanded?: boolean;
  className?: string;
};

/** One control of the bottom bar. It keeps its place and width whatever its state. */
export function ControlButton(props: Props) {
  const {
    label,
    caption,
    icon,
    onPress,
    tone = 'plain',
    shortcut,
    blocked,
    busy,
    badge,
    expanded,
    className,
  } = props;
  const noteId = useId();
  const note = blocked ?? badge?.text;
  return (
    <span className={`group/tip relative ${className ?? ''}`}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={shortcut}
        aria-expanded={expanded}
        aria-busy={busy || undefined}
        aria-disabled={blocked ? true : undefined}
        aria-describedby={note ? noteId : undefined}
        onClick={() => {
          // Also while it is busy: who changes their mind is heard.
          if (!blocked) onPress();
        }}
        className={`relative grid h-12 w-10 place-items-center sm:w-12 rounded-panel transition-colors lg:w-[74px] lg:grid-rows-[1fr_auto] lg:pt-1 lg:pb-0.5 ${TONES[expanded ? 'on' : tone]} aria-disabled:cursor-not-allowed aria-disabled:bg-transparent aria-disabled:text-ink-3`}
      >
        <span aria-hidden className={busy ? 'animate-pulse' : ''}>
          {icon}
        </span>
        <span aria-hidden className="hidden font-medium text-[11px] leading-4 lg:block">
          {caption}
        </span>
        {badge && badge.count > 0 && (
          <span
            aria-hidden
            data-badge
            className="absolute top-0.5 right-0.5 grid h-[18px] min-w-[18px] place-items-center rounded-full bg-accent px-1 font-semibold text-[11px] text-on-accent tabular-nums lg:right-4"
          >
            {badge.count > 99 ? '99+' : badge.count}
          </span>
        )}
      </button>
      {note && (
        <span id={noteId} className="sr-only">
          {note}
        </span>
      )}
      <Tip text={blocked ?? label} shortcut={blocked ? undefined : shortcut} />
    </span>
  );
}

import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'accent' | 'live' | 'warn' | 'ok';

const TONES: Record<Tone, string> = {
  neutral: 'bg-ink/7 text-ink-2',
  accent: 'bg-accent/12 text-accent-strong',
  live: 'bg-live/12 text-live',
  warn: 'bg-warn/18 text-warn-ink',
  ok: 'bg-ok/15 text-ok-ink',
};

/** A short state in a word, such as "Live" (with `dot`) or "Cancelled". */
export function Badge({
  tone = 'neutral',
  dot = false,
  children,
}: {
  tone?: Tone;
  dot?: boolean;
  children: ReactNode;
}) {
  return (
    <span
      className={`inline-flex h-5 shrink-0 items-center gap-1.5 rounded-full px-2 font-medium text-[12px] leading-none ${TONES[tone]}`}
    >
      {dot && <span aria-hidden className="size-1.5 rounded-full bg-current" />}
      {children}
    </span>
  );
}

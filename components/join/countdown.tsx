'use client';

import { useTranslations } from 'next-intl';

/** The time until the start, as large figures. Not read out each second: the sentence beside it says when it starts. */
export function Countdown({ ms }: { ms: number }) {
  const t = useTranslations('join');
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const text = days > 0 ? t('days', { days, hours }) : seconds > 0 ? clock(seconds) : t('soon');
  return (
    <p role="timer" aria-live="off" className="font-semibold text-2xl tabular-nums tracking-tight">
      {text}
    </p>
  );
}

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

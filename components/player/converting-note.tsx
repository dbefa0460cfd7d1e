'use client';

import { useFormatter, useTranslations } from 'next-intl';

/** Where everybody is has not been converted yet. */
export function ConvertingNote({
  title,
  progress,
  ahead,
}: {
  title: string;
  /** 0 to 1; null: nobody knows. */
  progress: number | null;
  /** How many are converted before it; null: none waits. */
  ahead: number | null;
}) {
  const t = useTranslations('player.converting');
  const format = useFormatter();
  const percent = progress === null ? null : Math.floor(progress * 100);
  return (
    <div className="flex max-w-md flex-col items-center gap-3 p-6 text-center text-white/85">
      <p role="status">{t('text', { title })}</p>
      <div
        role="progressbar"
        aria-label={t('progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        className="h-1 w-56 overflow-hidden rounded-full bg-white/20"
      >
        <div
          className={`h-full rounded-full bg-white/90 transition-[width] ${percent === null ? 'animate-pulse' : ''}`}
          style={{ width: `${percent ?? 100}%` }}
        />
      </div>
      {ahead !== null && ahead > 0 && <p className="text-sm text-white/60">{t('ahead', { ahead })}</p>}
      {percent !== null && (
        <p className="text-white/60 text-xs tabular-nums">
          {format.number(percent / 100, { style: 'percent' })}
        </p>
      )}
    </div>
  );
}

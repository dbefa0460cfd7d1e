'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useRoomLog } from '@/components/room-log/use-room';

/** `7:05`, `1:02:09`. Whole seconds, never negative. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Server time, ms, renewed every second; null until the page runs in the browser, so that both sides render the same. */
export function useServerTime(): number | null {
  const log = useRoomLog();
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    const read = () => setNow(log.serverNow());
    read();
    const timer = setInterval(read, 1000);
    return () => clearInterval(timer);
  }, [log]);
  return now;
}

/** How long the lesson has been running. */
export function LessonClock({ startedAt }: { startedAt: number }) {
  const t = useTranslations('classroom.top');
  const now = useServerTime();
  return (
    <time aria-label={t('clock')} className="min-w-[4ch]">
      {now === null ? ' ' : clockText(now - startedAt)}
    </time>
  );
}

'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { useWhen } from '@/components/ui/when';
import type { AppRouter } from '@/server/router';
import type { Rule } from './series-rule';
import { useSeriesWords } from './series-words';

type Preview = inferRouterOutputs<AppRouter>['lessons']['previewSeries'];
type Overlaps = Preview['overlaps'];
export type SeriesWish = {
  courseId: string;
  startsAt: string;
  timeZone: string;
  durationMinutes: number;
  rule: Rule;
};

/** How long one has to stop typing before the series is asked for. */
const PAUSE_MS = 300;

/** What a series would be, asked again whenever it changes; null until it is known, and for what can be none. */
export function usePreview(wish: SeriesWish | null): Preview | null {
  const key = wish && JSON.stringify(wish);
  const [known, setKnown] = useState<{ key: string; preview: Preview } | null>(null);
  useEffect(() => {
    if (!key) return;
    let wanted = true;
    const timer = setTimeout(() => {
      trpc.lessons.previewSeries.query(JSON.parse(key) as SeriesWish).then(
        (preview) => wanted && setKnown({ key, preview }),
        // What is wrong with it is said when it is sent; half a date is no mistake yet.
        () => wanted && setKnown(null),
      );
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  return known && known.key === key ? known.preview : null;
}

type Props = { wish: SeriesWish; now: number };

/** A series in one line before it is made, and what to know about it. */
export function SeriesPreview({ wish, now }: Props) {
  const t = useTranslations('series');
  const words = useSeriesWords();
  const preview = usePreview(wish);
  return (
    <div aria-live="polite" className="flex min-h-5 flex-col gap-2 text-sm">
      {preview && (
        <>
          <p className="font-medium">{words.whole(wish.rule, preview.count, preview.last, wish.timeZone)}</p>
          {preview.adjusted.map(({ local, what }) => (
            <p key={local} className="text-ink-2">
              {t(`adjusted.${what}`, { day: words.dateOf(local.slice(0, 10)) })}
            </p>
          ))}
          <OverlapNotice overlaps={preview.overlaps} now={now} />
        </>
      )}
    </div>
  );
}

/** What else the teachers of a course teach at the same time. */
export function OverlapNotice({ overlaps, now }: { overlaps: Overlaps; now: number }) {
  const t = useTranslations('series');
  const when = useWhen(now);
  if (overlaps.length === 0) return null;
  return (
    <Banner tone="warn">
      <span className="flex flex-col gap-0.5">
        {overlaps.map(({ lessonId, title, teacherName, startsAt, durationMinutes }) => {
          const time = `${when.day(startsAt)}, ${when.span(startsAt, durationMinutes)}`;
          return (
            <span key={lessonId}>
              {title === null
                ? t('busy', { teacher: teacherName, time })
                : t('overlaps', { title, teacher: teacherName, time })}
            </span>
          );
        })}
      </span>
    </Banner>
  );
}

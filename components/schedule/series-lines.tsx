'use client';

import { Repeat } from 'lucide-react';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { useSeriesWords } from './series-words';
import type { LessonView, SeriesView } from './types';

type Props = { series: readonly SeriesView[]; lessons: readonly LessonView[] };

/** The series of a course that still go on, each in a line of plain words. */
export function SeriesLines({ series, lessons }: Props) {
  const words = useSeriesWords();
  const viewerZone = useViewerZone();
  if (series.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-ink-2 text-sm">
      {series.map(({ id, rule, count, until }) => {
        const lesson = lessons.find((one) => one.seriesId === id);
        return (
          <li key={id} className="flex items-baseline gap-2">
            <Repeat size={14} aria-hidden className="shrink-0 translate-y-0.5 text-ink-3" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {lesson && <span className="font-medium text-ink">{lesson.title} · </span>}
              {words.whole(rule, count, until, lesson?.timeZone ?? viewerZone)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

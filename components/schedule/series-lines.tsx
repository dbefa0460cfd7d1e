'use client';

import { Repeat } from 'lucide-react';
import { AddToMenu } from '@/components/calendar/add-to-menu';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { useSeriesWords } from './series-words';
import type { LessonView, MyCourse, SeriesView } from './types';

type Props = {
  series: readonly SeriesView[];
  lessons: readonly LessonView[];
  course: Pick<MyCourse, 'title' | 'roomSlug'>;
};

/** The series of a course that still go on, each in a line of plain words. */
export function SeriesLines({ series, lessons, course }: Props) {
  const words = useSeriesWords();
  const viewerZone = useViewerZone();
  if (series.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-ink-2 text-sm">
      {series.map(({ id, rule, count, until, add }) => {
        const lesson = lessons.find((one) => one.seriesId === id);
        return (
          <li key={id} className="flex items-center gap-2">
            <Repeat size={14} aria-hidden className="shrink-0 text-ink-3" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {lesson && <span className="font-medium text-ink">{lesson.title} · </span>}
              {words.whole(rule, count, until, lesson?.timeZone ?? viewerZone)}
            </span>
            {lesson && (
              <AddToMenu
                add={{ ...add, courseTitle: course.title }}
                way={`/room/${course.roomSlug}`}
                file={`/calendar/file/series/${lesson.id}.ics`}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

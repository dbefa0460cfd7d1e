'use client';

import { AddToMenu } from '@/components/calendar/add-to-menu';
import type { LessonView, MyCourse } from './types';

type Props = { lesson: LessonView; course: Pick<MyCourse, 'title' | 'roomSlug'> };

/** Puts a lesson that is still to come into somebody's own calendar. */
export function AddLesson({ lesson, course }: Props) {
  if (lesson.status !== 'scheduled') return null;
  const { id, title, startsAt, durationMinutes, seriesId } = lesson;
  return (
    <AddToMenu
      add={{ title, startsAt, durationMinutes, courseTitle: course.title, series: null }}
      way={`/room/${course.roomSlug}`}
      file={`/calendar/file/lesson/${id}.ics`}
      seriesFile={seriesId ? `/calendar/file/series/${id}.ics` : null}
    />
  );
}

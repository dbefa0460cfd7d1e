'use client';

import { useTranslations } from 'next-intl';
import { AddToMenu } from '@/components/calendar/add-to-menu';
import { useWhen } from '@/components/ui/when';
import type { CoursePageView } from './types';

type Lesson = CoursePageView['lessons'][number];
type Props = {
  lessons: readonly Lesson[];
  now: number;
  /** For somebody's own calendar; null where its files are not for this visitor. */
  course: { title: string; way: string } | null;
  /** The ids of those that are chosen; null: there is nothing to choose. */
  chosen: readonly string[] | null;
  onChange: (ids: string[]) => void;
};

/** The next lessons, to read or to choose from. */
export function LessonChoice({ lessons, now, course, chosen, onChange }: Props) {
  return (
    <ul className="flex flex-col gap-2">
      {lessons.map((lesson) => (
        <li key={lesson.id} className="relative flex items-start gap-2.5">
          {chosen ? (
            <>
              <input
                type="checkbox"
                id={`lesson-${lesson.id}`}
                checked={chosen.includes(lesson.id)}
                onChange={(event) =>
                  onChange(
                    event.target.checked ? [...chosen, lesson.id] : chosen.filter((id) => id !== lesson.id),
                  )
                }
                className="relative z-1 mt-0.5 size-4 shrink-0 accent-accent"
              />
              <label htmlFor={`lesson-${lesson.id}`} className="cursor-pointer after:absolute after:inset-0">
                <LessonLine lesson={lesson} now={now} />
              </label>
            </>
          ) : (
            <LessonLine lesson={lesson} now={now} />
          )}
          {course && lesson.status === 'scheduled' && (
            <span className="relative z-1 ml-auto has-aria-expanded:z-10">
              <AddToMenu
                add={{ ...lesson, courseTitle: course.title, series: null }}
                way={course.way}
                file={`/calendar/file/lesson/${lesson.id}.ics`}
              />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function LessonLine({ lesson, now }: { lesson: Lesson; now: number }) {
  const t = useTranslations('coursePage');
  const when = useWhen(now);
  return (
    <span className="flex min-w-0 flex-col text-sm">
      <span className="[overflow-wrap:anywhere]">{lesson.title}</span>
      <time dateTime={new Date(lesson.startsAt).toISOString()} className="text-ink-2 text-xs tabular-nums">
        {lesson.status === 'live' ? (
          <span className="font-medium text-live">{t('liveNow')}</span>
        ) : (
          <>
            {when.day(lesson.startsAt)}, {when.span(lesson.startsAt, lesson.durationMinutes)}
          </>
        )}
      </time>
    </span>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useWhen } from '@/components/ui/when';
import { ClassButton } from './class-button';
import { CourseList } from './course-list';
import { LessonRow } from './lesson-row';
import { NextLesson } from './next-lesson';
import type { CourseLine, LessonView } from './types';

type Props = { now: number; courses: readonly CourseLine[]; open: readonly LessonView[] };

/** The next lesson, the rest of today, then the courses. In the browser, because "today" is the viewer's. */
export function DashboardView({ now, courses, open }: Props) {
  const t = useTranslations('dashboard');
  const when = useWhen(now);
  const byId = new Map(courses.map((course) => [course.id, course]));
  const [next, ...later] = open.flatMap((lesson) => {
    const course = byId.get(lesson.courseId);
    return course ? [{ lesson, course }] : [];
  });
  const today = later.filter(({ lesson }) => lesson.status === 'live' || when.isToday(lesson.startsAt));
  return (
    <div className="flex flex-col gap-10">
      {next && <NextLesson lesson={next.lesson} course={next.course} now={now} wide />}
      {today.length > 0 && (
        <section aria-labelledby="today" className="flex flex-col gap-2">
          <h2 id="today" className="font-semibold text-base">
            {t('today')}
          </h2>
          <ul className="divide-y divide-line border-line border-y">
            {today.map(({ lesson, course }) => (
              <LessonRow key={lesson.id} lesson={lesson} now={now} course={course.title} hideDay>
                <ClassButton lesson={lesson} course={course} variant="secondary" />
              </LessonRow>
            ))}
          </ul>
        </section>
      )}
      <CourseList courses={courses} open={open} now={now} />
    </div>
  );
}

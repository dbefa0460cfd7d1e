'use client';

import { useTranslations } from 'next-intl';
import { ClassButton } from '@/components/schedule/class-button';
import { LessonRow } from '@/components/schedule/lesson-row';
import { NextLesson } from '@/components/schedule/next-lesson';
import { ButtonLink } from '@/components/ui/button';
import { useWhen } from '@/components/ui/when';
import { BookingsLine } from './bookings-line';
import { CourseRows } from './course-rows';
import { OwnRoom } from './own-room';
import { TodoList } from './todo-list';
import type { Home } from './types';

/** The next lesson, the rest of today, what is to be done, the courses. In the browser, because "today" is the viewer's. */
export function HomeView({ home }: { home: Home }) {
  const t = useTranslations('dashboard');
  const { now, next, courses, courseCount, teaches, room } = home;
  const when = useWhen(now);
  const today = home.today.filter(({ lesson }) => lesson.status === 'live' || when.isToday(lesson.startsAt));
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
          {home.todayGoesOnAt !== null && when.isToday(home.todayGoesOnAt) && (
            <div>
              <ButtonLink href="/calendar?view=agenda" prefetch={false}>
                {t('allOfToday')}
              </ButtonLink>
            </div>
          )}
        </section>
      )}
      <TodoList requests={home.requests} failed={home.failed} />
      <CourseRows courses={courses} courseCount={courseCount} now={now} />
      {(teaches || room) && <OwnRoom room={room} />}
      {(teaches || room || courses.some(({ isBooking }) => isBooking)) && <BookingsLine />}
    </div>
  );
}

'use client';

import { BookOpen, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { NewCourse } from '@/components/schedule/new-course';
import { trpc } from '@/components/trpc';
import { Avatar } from '@/components/ui/avatar';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkPending } from '@/components/ui/link-pending';
import { useCall } from '@/components/ui/use-call';
import { useWhen } from '@/components/ui/when';
import type { HomeCourse } from './types';

type Props = { courses: readonly HomeCourse[]; courseCount: number; now: number };

/** Courses as lines with their faces and next date, those that meet soonest first; the form that makes one stands above them. */
export function CourseRows({ courses, courseCount, now }: Props) {
  const t = useTranslations('dashboard');
  const call = useCall();
  const [more, setMore] = useState<readonly HomeCourse[]>([]);

  async function showAll() {
    const read = await call.run(() => trpc.home.moreCourses.query({ after: courses.length }));
    if (read) setMore(read.answer);
  }

  if (courses.length === 0) {
    return (
      <NewCourse
        label={t('createFirst')}
        variant="primary"
        closed={(button) => (
          <EmptyState icon={<BookOpen size={20} />} title={t('emptyTitle')} action={button}>
            {t('emptyText')}
          </EmptyState>
        )}
      />
    );
  }
  // A course that has moved up since stands in both.
  const shown = new Set(courses.map(({ id }) => id));
  const all = [...courses, ...more.filter(({ id }) => !shown.has(id))];
  return (
    <section aria-labelledby="courses" className="flex flex-col gap-2">
      <NewCourse
        label={t('newCourse')}
        closed={(button) => (
          <div className="flex items-center justify-between gap-4">
            <h2 id="courses" className="font-semibold text-base">
              {t('courses')}
            </h2>
            {button}
          </div>
        )}
      />
      <ul className="divide-y divide-line border-line border-y">
        {all.map((course) => (
          <CourseRow key={course.id} course={course} now={now} />
        ))}
      </ul>
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
      {all.length < courseCount && (
        <div>
          <Button busy={call.busy} onClick={() => void showAll()}>
            {t('showAll', { count: courseCount })}
          </Button>
        </div>
      )}
    </section>
  );
}

function CourseRow({ course, now }: { course: HomeCourse; now: number }) {
  const t = useTranslations('dashboard');
  const when = useWhen(now);
  const { next } = course;
  return (
    <li>
      <Link
        href={course.isBooking ? '/bookings' : `/courses/${course.id}`}
        prefetch={false}
        className="group -mx-2 flex items-center gap-4 rounded-control px-2 py-3 transition-colors hover:bg-ink/4"
      >
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="truncate font-medium">{course.title}</span>
          <span className="truncate text-ink-2 text-xs">
            {course.isBooking && next && <>{next.title} · </>}
            {course.role !== 'owner' && !course.isBooking && <>{t(`role.${course.role}`)} · </>}
            {next?.status === 'live' && <span className="font-medium text-live">{t('liveNow')}</span>}
            {next && next.status !== 'live' && (
              <time dateTime={new Date(next.startsAt).toISOString()}>
                {t('nextOn', { day: when.day(next.startsAt), time: when.time(next.startsAt) })}
              </time>
            )}
            {!next && t('nothingPlanned')}
          </span>
        </span>
        <LinkPending />
        <Faces course={course} />
        <ChevronRight
          size={16}
          aria-hidden
          className="shrink-0 text-ink-3 transition-transform group-hover:translate-x-0.5"
        />
      </Link>
    </li>
  );
}

function Faces({ course }: { course: HomeCourse }) {
  const t = useTranslations('dashboard');
  if (course.enrolled === 0) return null;
  const more = course.enrolled - course.faces.length;
  return (
    <span className="flex items-center gap-2 text-ink-3 text-xs max-sm:hidden">
      <span className="flex -space-x-1.5">
        {course.faces.map((face) => (
          <span key={face.id} title={face.name} className="rounded-full ring-2 ring-surface">
            <Avatar name={face.name} seed={face.id} size={24} />
          </span>
        ))}
      </span>
      {more > 0 && <span aria-hidden>+{more}</span>}
      <span className="sr-only">{t('people', { count: course.enrolled })}</span>
    </span>
  );
}

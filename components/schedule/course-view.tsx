'use client';

import { CalendarPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { AddLesson } from './add-lesson';
import { PastLessons, UpcomingLessons } from './lesson-list';
import { NextLesson } from './next-lesson';
import { LessonActions, RenameForm } from './lesson-actions';
import { PersonalLinks } from './personal-links';
import { ScheduleForm } from './schedule-form';
import { SeriesLines } from './series-lines';
import { type LessonView, type MyCourse, runsLessons, type SeriesView } from './types';

type Props = {
  course: MyCourse;
  now: number;
  upcoming: readonly LessonView[];
  past: readonly LessonView[];
  series: readonly SeriesView[];
};

/** A course's lessons: the next one with its button, those to come, those that are over. */
export function CourseView({ course, now, upcoming, past, series }: Props) {
  const t = useTranslations('course');
  const runs = runsLessons(course.role);
  const [scheduling, setScheduling] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const next = upcoming.find((lesson) => lesson.status !== 'cancelled');
  const later = upcoming.filter((lesson) => lesson !== next);
  const formOpen = scheduling || (runs && upcoming.length === 0);
  return (
    <div className="flex flex-col gap-8">
      {next && renaming && <RenameForm lesson={next} onDone={() => setRenaming(false)} />}
      {next && !renaming && (
        <NextLesson
          lesson={next}
          course={course}
          now={now}
          actions={
            <>
              <AddLesson lesson={next} course={course} />
              {runs && <LessonActions lesson={next} onRename={() => setRenaming(true)} />}
            </>
          }
        />
      )}
      {next && runs && <PersonalLinks lesson={next} />}
      <section aria-labelledby="upcoming" className="flex flex-col gap-3">
        <div className="flex min-h-9 items-center justify-between gap-4">
          <h2 id="upcoming" className="font-semibold text-base">
            {formOpen ? t('schedule') : t('upcoming')}
          </h2>
          {runs && !formOpen && (
            <Button icon={<CalendarPlus size={16} aria-hidden />} onClick={() => setScheduling(true)}>
              {t('schedule')}
            </Button>
          )}
        </div>
        {formOpen && (
          <Panel className="p-5">
            <ScheduleForm
              course={course}
              now={now}
              onClose={upcoming.length > 0 ? () => setScheduling(false) : null}
            />
          </Panel>
        )}
        <SeriesLines series={series} lessons={upcoming} course={course} />
        {later.length > 0 && <UpcomingLessons lessons={later} course={course} now={now} />}
        {later.length === 0 && !formOpen && <NothingLater hasNext={next !== undefined} />}
      </section>
      <PastLessons lessons={past} course={course} now={now} />
    </div>
  );
}

function NothingLater({ hasNext }: { hasNext: boolean }) {
  const t = useTranslations('course');
  if (hasNext) return <p className="text-ink-3 text-sm">{t('noneAfter')}</p>;
  return <EmptyState title={t('noneTitle')}>{t('noneText')}</EmptyState>;
}

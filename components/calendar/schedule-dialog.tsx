'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ScheduleForm } from '@/components/schedule/schedule-form';
import { Dialog } from '@/components/ui/dialog';
import { Field, Select } from '@/components/ui/field';
import type { TaughtCourse } from './types';

type Props = {
  courses: readonly TaughtCourse[];
  now: number;
  /** When it is to begin, ms since the epoch; null, or past: the next full hour. */
  at: number | null;
  minutes: number | null;
  onClose: () => void;
};

/** A new lesson of one of the courses that one runs. */
export function ScheduleDialog({ courses, now, at, minutes, onClose }: Props) {
  const t = useTranslations('calendar');
  const [courseId, setCourseId] = useState(courses[0]?.id);
  const course = courses.find(({ id }) => id === courseId);
  if (!course) return null;
  return (
    <Dialog title={t('new')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        {courses.length > 1 ? (
          <Field label={t('course')}>
            {(wiring) => (
              <Select {...wiring} value={course.id} onChange={(event) => setCourseId(event.target.value)}>
                {courses.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : (
          <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">{course.title}</p>
        )}
        <ScheduleForm
          key={course.id}
          course={course}
          now={now}
          first={at !== null && at > now ? { at, minutes } : null}
          onClose={onClose}
        />
      </div>
    </Dialog>
  );
}

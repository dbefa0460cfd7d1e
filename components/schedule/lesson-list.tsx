'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { AddLesson } from './add-lesson';
import { HeldLesson } from './attendance';
import { ClassButton } from './class-button';
import { LessonActions, RenameForm } from './lesson-actions';
import { LessonRow } from './lesson-row';
import { isSoon } from './soon';
import { type LessonView, type MyCourse, runsLessons } from './types';

type Props = { lessons: readonly LessonView[]; course: MyCourse; now: number };

/** Lessons to come, after the next one. Near its time a lesson can be started or joined from here too. */
export function UpcomingLessons({ lessons, course, now }: Props) {
  return (
    <ul className="divide-y divide-line border-line border-y">
      {lessons.map((lesson) => (
        <UpcomingLesson key={lesson.id} lesson={lesson} course={course} now={now} />
      ))}
    </ul>
  );
}

function UpcomingLesson({ lesson, course, now }: { lesson: LessonView; course: MyCourse; now: number }) {
  const [renaming, setRenaming] = useState(false);
  if (renaming) {
    return (
      <li className="flex py-2">
        <RenameForm lesson={lesson} onDone={() => setRenaming(false)} />
      </li>
    );
  }
  return (
    <LessonRow lesson={lesson} now={now}>
      <AddLesson lesson={lesson} course={course} />
      {lesson.link && <CopyLink lesson={lesson} link={lesson.link} />}
      {runsLessons(course.role) && <LessonActions lesson={lesson} onRename={() => setRenaming(true)} />}
      {isSoon(lesson, course.role, now) && (
        <ClassButton lesson={lesson} course={course} variant="secondary" />
      )}
    </LessonRow>
  );
}

function CopyLink({ lesson, link }: { lesson: LessonView; link: string }) {
  const t = useTranslations('lesson');
  return <CopyButton text={link} label={t('copyLinkOf', { title: lesson.title })} iconOnly />;
}

/** Lessons that are over, folded away. Those who run them see who was there. */
export function PastLessons({ lessons, course, now }: Props) {
  const t = useTranslations('course');
  if (lessons.length === 0) return null;
  return (
    <details className="group">
      <summary className="-mx-1 inline-flex list-none items-center gap-2 rounded-control px-1 py-1 font-semibold text-base">
        <span aria-hidden className="text-ink-3 transition-transform group-open:rotate-90">
          ›
        </span>
        {t('past')} <span className="font-normal text-ink-3 text-sm tabular-nums">{lessons.length}</span>
      </summary>
      <ul className="mt-2 divide-y divide-line border-line border-y">
        {lessons.map((lesson) =>
          lesson.status === 'ended' && runsLessons(course.role) ? (
            <HeldLesson key={lesson.id} lesson={lesson} now={now} />
          ) : (
            <LessonRow key={lesson.id} lesson={lesson} now={now} />
          ),
        )}
      </ul>
    </details>
  );
}

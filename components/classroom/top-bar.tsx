'use client';

import { CloudOff, Users } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Connection } from '@/components/room-log/types';
import { useClassroom } from './classroom-context';
import { presentPeople } from './face-order';
import { LessonClock } from './lesson-clock';
import { useRoom } from '@/components/room-log/use-room';

/** Where one is, for how long, whether one is connected, and how many are here. */
export function TopBar({ action }: { action?: ReactNode }) {
  const t = useTranslations('classroom.top');
  const { title } = useClassroom();
  const lesson = useRoom((view) => view.head.lesson);
  const connection = useRoom((view) => view.connection);
  const count = useRoom((view) => presentPeople(view.head).length);
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-line border-b bg-surface px-3 sm:px-4">
      <h1 className="min-w-0 truncate font-semibold text-sm">{lesson?.title ?? title}</h1>
      {lesson && lesson.title !== title && (
        <span className="min-w-0 shrink-[3] truncate text-ink-3 text-xs max-md:hidden">{title}</span>
      )}
      {lesson && (
        <span className="flex shrink-0 items-center gap-1.5 text-ink-2 text-xs">
          <LessonClock startedAt={lesson.startedAt} />
        </span>
      )}
      <ConnectionMark connection={connection} />
      <span className="flex-1" />
      {action}
      <span className="flex shrink-0 items-center gap-1.5 text-ink-2 text-xs tabular-nums">
        <Users size={15} aria-hidden />
        <span aria-hidden>{count}</span>
        <span className="sr-only">{t('here', { count })}</span>
      </span>
    </header>
  );
}

/** A calm dot while all is well; words as soon as it is not. */
function ConnectionMark({ connection }: { connection: Connection }) {
  const t = useTranslations('classroom.top.connection');
  if (connection.kind === 'reconnecting') {
    return (
      <span role="status" className="flex shrink-0 items-center gap-1.5 font-medium text-warn-ink text-xs">
        <CloudOff size={15} aria-hidden />
        {t('reconnecting')}
      </span>
    );
  }
  const live = connection.kind === 'live';
  return (
    <span
      role="status"
      data-connection={connection.kind}
      className="flex shrink-0 items-center"
      title={t(live ? 'live' : 'connecting')}
    >
      <span aria-hidden className={`size-2 rounded-full ${live ? 'bg-ok' : 'animate-pulse bg-control'}`} />
      <span className="sr-only">{t(live ? 'live' : 'connecting')}</span>
    </span>
  );
}

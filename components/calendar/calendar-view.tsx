'use client';

import { useLocale } from 'next-intl';
import { useRouter } from 'next/navigation';
import { Suspense, useCallback, useMemo, useOptimistic, useState, useTransition } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { LessonEdit } from '@/components/schedule/lesson-edit';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { dayIn } from '@/components/ui/zones';
import { useNarrow } from '@/components/classroom/use-narrow';
import { AgendaView } from './agenda-view';
import { CalendarBar } from './calendar-bar';
import { CalendarProvider, type Place } from './calendar-context';
import { CancelLesson } from './cancel-lesson';
import { MonthView } from './month-view';
import { MoveScope } from './move-scope';
import { ScheduleDialog } from './schedule-dialog';
import { firstWeekday } from '@/messages/locales';
import { daysOf } from './span';
import type { CalendarLesson, TaughtCourse } from './types';
import { useMoving } from './use-moving';
import { type Put, useSaveMove } from './use-save-move';
import { useViewKeys } from './use-view-keys';
import { WeekView } from './week-view';

const LessonPanel = lazyPart(() => import('./lesson-panel'));

type Props = {
  place: Place;
  /** A guess of the server, for its picture of the page. */
  phone: boolean;
  now: number;
  lessons: readonly CalendarLesson[];
  courses: readonly TaughtCourse[];
};

type Open =
  | { kind: 'panel'; lesson: CalendarLesson; at: HTMLElement }
  | { kind: 'edit' | 'cancel'; lesson: CalendarLesson }
  | { kind: 'new'; at: number | null; minutes: number | null };

/** All of somebody's lessons as a month, a week or an agenda. */
export function CalendarView({ place, phone, now, lessons, courses }: Props) {
  const zone = useViewerZone();
  const firstDay = firstWeekday(useLocale());
  const narrow = useNarrow(phone);
  const [shown, go, pending] = usePlace(place);
  const view = shown.view ?? (narrow ? 'agenda' : 'week');
  const date = shown.date ?? dayIn(zone, now);
  const [opened, setOpened] = useState<Open | null>(null);
  const { put, asked, drop, answer } = useSaveMove(now);
  const moves = useMoving({
    ...{ now, zone, view: view === 'agenda' ? null : view, onDrop: drop },
    onAt: (at) => {
      const day = dayIn(zone, at);
      if (!daysOf(view, date, firstDay).includes(day)) go({ view, date: day });
    },
  });
  const known = useMemo(() => withPut(lessons, put), [lessons, put]);
  const teaches = courses.length > 0;
  const make = () => setOpened({ kind: 'new', at: null, minutes: null });
  useViewKeys({
    view,
    date,
    go,
    onNew: teaches ? make : null,
    busy: moves.moving !== null || opened !== null,
  });
  const close = () => setOpened(null);
  const { said, ...moving } = moves;
  return (
    <CalendarProvider
      value={{
        ...{ now, zone, narrow, date, go, ...moving },
        open: (lesson, at) => setOpened({ kind: 'panel', lesson, at }),
        schedule: teaches ? (at, minutes) => setOpened({ kind: 'new', at, minutes }) : null,
      }}
    >
      <p role="status" aria-live="assertive" className="sr-only">
        {said}
      </p>
      <CalendarBar view={view} lessons={known} onNew={teaches ? make : null} pending={pending} />
      {view === 'month' && <MonthView lessons={known} />}
      {view === 'week' && <WeekView lessons={known} />}
      {view === 'agenda' && <AgendaView lessons={known} />}
      {opened?.kind === 'panel' && (
        <Suspense fallback={null}>
          <LessonPanel
            lesson={known.find(({ id }) => id === opened.lesson.id) ?? opened.lesson}
            anchor={opened.at}
            onClose={close}
            onChoose={(kind) => setOpened({ kind, lesson: opened.lesson })}
          />
        </Suspense>
      )}
      {opened?.kind === 'edit' && <LessonEdit lesson={opened.lesson} onClose={close} />}
      {opened?.kind === 'cancel' && <CancelLesson lesson={opened.lesson} onClose={close} />}
      {opened?.kind === 'new' && (
        <ScheduleDialog courses={courses} now={now} at={opened.at} minutes={opened.minutes} onClose={close} />
      )}
      {asked && <MoveScope put={asked} now={now} onAnswer={answer} />}
    </CalendarProvider>
  );
}

/** Where one is, and how one goes elsewhere: shown at once, and kept in the address. */
function usePlace(place: Place): [Place, (to: Place) => void, boolean] {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [shown, show] = useOptimistic(place);
  const go = useCallback(
    (to: Place) =>
      start(() => {
        show(to);
        const params = new URLSearchParams(
          Object.entries(to).filter((one): one is [string, string] => !!one[1]),
        );
        router.push(`/calendar${params.size > 0 ? `?${params.toString()}` : ''}`, { scroll: false });
      }),
    [router, show],
  );
  return [shown, go, pending];
}

/** A lesson that was just moved is shown where it was put, until it is known to have changed. */
function withPut(lessons: readonly CalendarLesson[], put: Put | null): readonly CalendarLesson[] {
  if (!put) return lessons;
  const { id, version } = put.lesson;
  return lessons.map((lesson) =>
    lesson.id === id && lesson.version === version ? { ...lesson, startsAt: put.to } : lesson,
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import type { Scope } from '@/components/schedule/lesson-scope';
import { wallClock } from '@/components/schedule/wall-clock';
import { refusalOf, trpc } from '@/components/trpc';
import { toast } from '@/components/ui/toast';
import { useWhen } from '@/components/ui/when';
import type { CalendarLesson } from './types';

/** A lesson and where it was put, ms since the epoch. */
export type Put = { lesson: CalendarLesson; to: number };

type Saved = Awaited<ReturnType<typeof trpc.lessons.edit.mutate>>;

/** Stores where lessons were put: of a series it asks which are meant; for ten seconds a word takes it back. */
export function useSaveMove(now: number) {
  const t = useTranslations('calendar.move');
  const s = useTranslations('schedule');
  const router = useRouter();
  const when = useWhen(now);
  const sentenceOf = useRefusalSentence();
  const [asked, setAsked] = useState<Put | null>(null);
  const [saved, setSaved] = useState<Put | null>(null);

  async function attempt<T>(call: () => Promise<T>): Promise<T | null> {
    try {
      return await call();
    } catch (error) {
      setSaved(null);
      const refusal = refusalOf(error);
      const key = `problem.${String(refusal.details.reason)}`;
      await toast(s.has(key) ? s(key) : sentenceOf(refusal), { tone: 'error' });
      return null;
    } finally {
      // Where it was refused because somebody else was faster, too: what they did is shown.
      router.refresh();
    }
  }

  async function save({ lesson, to }: Put, scope: Scope) {
    setAsked(null);
    setSaved({ lesson, to });
    const done = await attempt(() => trpc.lessons.edit.mutate(editOf(lesson, to, scope, lesson.version)));
    if (!done) return;
    const [overlap] = done.overlaps;
    const time = `${when.day(to)}, ${when.time(to)}`;
    const notes = [
      t('done', { title: lesson.title, time, count: done.changed }),
      done.adjusted && s(`adjusted.${done.adjusted}`),
      overlap &&
        (overlap.title === null
          ? s('busy', { teacher: overlap.teacherName })
          : s('overlaps', { title: overlap.title })),
    ];
    await toast(notes.filter(Boolean).join(' '), {
      action: { label: t('undo'), run: () => void undo(lesson, scope, done) },
    });
  }

  /** Puts it back, and the others of its series to where they were: one that had left the series was elsewhere than they. */
  async function undo(lesson: CalendarLesson, scope: Scope, { version, rest }: Saved) {
    setSaved(null);
    const back = editOf(lesson, lesson.startsAt, scope, version);
    await attempt(() => trpc.lessons.edit.mutate(rest ? { ...back, rest } : back));
  }

  return {
    asked,
    /** What is shown elsewhere than the page's data have it, until they say so themselves. */
    put: asked ?? saved,
    drop: (lesson: CalendarLesson, to: number) =>
      lesson.seriesId ? setAsked({ lesson, to }) : void save({ lesson, to }, 'this'),
    answer: (scope: Scope | null) => {
      if (asked && scope) void save(asked, scope);
      else setAsked(null);
    },
  };
}

function editOf(lesson: CalendarLesson, to: number, scope: Scope, version: number) {
  const { id: lessonId, title, timeZone, durationMinutes } = lesson;
  const { date, time } = wallClock(to, timeZone);
  return { lessonId, scope, version, title, timeZone, durationMinutes, startsAt: `${date}T${time}` };
}

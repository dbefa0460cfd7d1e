'use client';

import { useEffect, useRef } from 'react';
import { CancelDialog, useCancelLesson } from '@/components/schedule/lesson-actions';
import type { CalendarLesson } from './types';

type Props = { lesson: CalendarLesson; onClose: () => void };

/** Calls a lesson off: one of a series after asking which, any other at once; a word takes it back. */
export function CancelLesson({ lesson, onClose }: Props) {
  const { cancel } = useCancelLesson(lesson);
  const done = useRef(false);
  const asks = lesson.seriesId !== null;
  useEffect(() => {
    if (asks || done.current) return;
    done.current = true;
    onClose();
    void cancel();
  });
  return asks ? <CancelDialog title={lesson.title} onCancel={cancel} onClose={onClose} /> : null;
}

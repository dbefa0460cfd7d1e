'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useWhen } from '@/components/ui/when';
import type { Aim, Moving } from './calendar-context';
import { followPointer } from './follow-pointer';
import { shifted, shiftOfKey } from './moves';
import { type CalendarLesson, mayMove } from './types';

type Options = {
  now: number;
  zone: string;
  view: 'month' | 'week' | null;
  /** A lesson was let go somewhere else than where it was. */
  onDrop: (lesson: CalendarLesson, to: number) => void;
  /** A lesson that is moved by keys is somewhere now: the view follows it. */
  onAt: (at: number) => void;
};

/** Moving lessons by pointer and by keys. What happens is said as well, for those who do not see it. */
export function useMoving({ now, zone, view, onDrop, onAt }: Options) {
  const t = useTranslations('calendar.move');
  const when = useWhen(now);
  const [moving, setMoving] = useState<Moving | null>(null);
  const [said, say] = useState('');
  const aim = useRef<Aim | null>(null);
  const aimBy = useCallback((how: Aim | null) => {
    aim.current = how;
  }, []);
  const at = (instant: number) => `${when.day(instant)}, ${when.time(instant)}`;

  const refocus = useRefocus();

  function end({ lesson, to, by }: Moving, dropped: boolean) {
    setMoving(null);
    if (by === 'keys') refocus(lesson.id);
    const moves = dropped && to !== lesson.startsAt;
    say(moves ? t('dropped', { title: lesson.title, time: at(to) }) : t('back', { title: lesson.title }));
    if (moves) onDrop(lesson, to);
  }

  function grab(event: PointerEvent, lesson: CalendarLesson) {
    if (event.button !== 0 || !mayMove(lesson)) return;
    const locate = aim.current?.(lesson, event.clientX, event.clientY);
    if (!locate) return;
    let held: Moving = { lesson, to: lesson.startsAt, by: 'pointer' };
    followPointer(event, {
      begin: () => setMoving(held),
      move: (x, y) => {
        held = { ...held, to: locate(x, y) ?? held.to };
        setMoving(held);
      },
      end: (dropped) => end(held, dropped),
    });
  }

  function lift(lesson: CalendarLesson) {
    if (!view || !mayMove(lesson)) return;
    setMoving({ lesson, to: lesson.startsAt, by: 'keys' });
    say(t('lifted', { title: lesson.title, time: at(lesson.startsAt) }));
  }

  const lifted = moving?.by === 'keys' ? moving : null;
  useKeys(lifted, (event) => {
    if (!lifted || !view) return;
    const shift = shiftOfKey(event.key, view, event.shiftKey);
    if (!shift) return end(lifted, event.key !== 'Escape');
    const to = shifted(lifted.to, shift, zone);
    setMoving({ ...lifted, to });
    say(at(to));
    onAt(to);
  });
  return { moving, said, grab, lift, aimBy };
}

const KEYS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Enter', ' ', 'Escape', 'Tab']);

/** While something is lifted its keys are nobody else's; pressing anywhere puts it back. */
function useKeys(lifted: Moving | null, onKey: (event: { key: string; shiftKey: boolean }) => void) {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  const active = lifted !== null;
  useEffect(() => {
    if (!active) return undefined;
    const key = (event: KeyboardEvent) => {
      if (!KEYS.has(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      // Leaving it is putting it back.
      latest.current(event.key === 'Tab' ? { key: 'Escape', shiftKey: false } : event);
    };
    const press = () => latest.current({ key: 'Escape', shiftKey: false });
    document.addEventListener('keydown', key, true);
    document.addEventListener('pointerdown', press, true);
    return () => {
      document.removeEventListener('keydown', key, true);
      document.removeEventListener('pointerdown', press, true);
    };
  }, [active]);
}

/** Gives the keyboard back to a lesson that was moved by it, which stands elsewhere now; until somebody goes on to something else. */
function useRefocus(): (lessonId: string) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!wanted.current || !lost) return;
    document.querySelector<HTMLElement>(`[data-lesson="${wanted.current}"]`)?.focus();
  });
  useEffect(() => {
    const gone = ({ target }: Event) => {
      const same = target instanceof Element && target.closest(`[data-lesson="${wanted.current}"], dialog`);
      if (!same) wanted.current = null;
    };
    document.addEventListener('focusin', gone);
    document.addEventListener('pointerdown', gone);
    return () => {
      document.removeEventListener('focusin', gone);
      document.removeEventListener('pointerdown', gone);
    };
  }, []);
  return (lessonId) => {
    wanted.current = lessonId;
  };
}

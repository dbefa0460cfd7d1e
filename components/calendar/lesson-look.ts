import { GraduationCap, Hand, Presentation } from 'lucide-react';
import { endOf } from './on-days';
import { type CalendarLesson, partIn } from './types';

/** The sign of what somebody is in a lesson. */
export const SIGNS = { teach: Presentation, present: Hand, learn: GraduationCap } as const;

/** What one teaches is filled, what one learns is outlined; what is called off is struck through, what is over is paler. */
export function lookOf(lesson: CalendarLesson, now: number): string {
  if (lesson.status === 'cancelled')
    return 'border border-control/50 border-dashed bg-surface text-ink-3 line-through';
  const edge =
    lesson.status === 'live'
      ? 'border-live ring-1 ring-live'
      : partIn(lesson) === 'teach'
        ? 'border-accent'
        : 'border-control';
  const over = lesson.status === 'ended' || endOf(lesson) <= now;
  const fill =
    partIn(lesson) === 'teach'
      ? `border-l-[3px] ${over ? 'bg-lesson-over' : 'bg-lesson'}`
      : 'border border-l-[3px] bg-surface';
  return `${fill} ${edge} ${over ? 'text-ink-2' : 'text-ink'}`;
}

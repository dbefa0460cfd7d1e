'use client';

import { createContext, useContext } from 'react';
import type { View } from './span';
import type { CalendarLesson } from './types';

/** A lesson that is being moved: where it would begin, ms since the epoch. */
export type Moving = { lesson: CalendarLesson; to: number; by: 'pointer' | 'keys' };
export type Place = { view: View | null; date: string | null };
/**
 * Where a lesson that was taken at a place of the window would begin when it is let go at another one, in ms since the epoch; null: nowhere.
 * Null at once where it cannot be taken.
 */
export type Aim = (
  lesson: CalendarLesson,
  x: number,
  y: number,
) => ((x: number, y: number) => number | null) | null;

type Calendar = {
  /** The server's clock when the page was made, and the viewer's zone. */
  now: number;
  zone: string;
  narrow: boolean;
  /** The day that the view is about, as `2026-03-29`. */
  date: string;
  moving: Moving | null;
  go: (place: Place) => void;
  /** Shows a lesson's panel at the element that stands for it. */
  open: (lesson: CalendarLesson, at: HTMLElement) => void;
  /** Begins a drag, once it turns out to be one. */
  grab: (event: PointerEvent, lesson: CalendarLesson) => void;
  /** Picks a lesson up by the keyboard. */
  lift: (lesson: CalendarLesson) => void;
  /** How the view that is shown finds where a lesson would begin. */
  aimBy: (aim: Aim | null) => void;
  /** Opens the form for a new lesson; null: there is no course to schedule in. `minutes` null: as long as usual. */
  schedule: ((at: number, minutes: number | null) => void) | null;
};

const CalendarContext = createContext<Calendar | null>(null);
export const CalendarProvider = CalendarContext.Provider;

export function useCalendar(): Calendar {
  const calendar = useContext(CalendarContext);
  if (!calendar) throw new Error('Only inside of a calendar');
  return calendar;
}

'use client';

import { useEffect, useState } from 'react';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import type { FirstHours, FreeHour } from '../types';
import { type Month, spanOf } from './months';

type Ask = { slug: string; lengthMinutes: number; month: Month; lessonId: string | null };
type Known = { key: string; hours: readonly FreeHour[] | null; refusal: Refusal | null };

/** The free hours of a month; null while they are asked for. What came with the page is there at once. */
export function useFreeHours({ slug, lengthMinutes, month, lessonId }: Ask, first: FirstHours) {
  const [again, setAgain] = useState(0);
  const [known, setKnown] = useState<Known | null>(null);
  const { from, to } = spanOf(month);
  const key = `${lengthMinutes} ${month} ${again}`;
  const given = again === 0 && first.lengthMinutes === lengthMinutes && to <= first.to;

  useEffect(() => {
    if (given) return;
    let current = true;
    const ask = { slug, lengthMinutes, from, to, ...(lessonId ? { lessonId } : {}) };
    trpc.bookings.freeHours.query(ask).then(
      (hours) => current && setKnown({ key, hours, refusal: null }),
      (error: unknown) => current && setKnown({ key, hours: null, refusal: refusalOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [given, key, slug, lengthMinutes, from, to, lessonId]);

  const asked = known?.key === key ? known : null;
  return {
    hours: given ? first.hours : (asked?.hours ?? null),
    refusal: asked?.refusal ?? null,
    /** Asks anew: somebody may have been faster. */
    refresh: () => setAgain(again + 1),
  };
}

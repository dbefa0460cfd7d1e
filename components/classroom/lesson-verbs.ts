'use client';

import { useState } from 'react';
import type { Refusal } from '@/components/trpc';

type Verb = 'start' | 'end';

/** Starts and ends the lesson. The client of the API comes when it is first needed. */
export function useLessonVerbs() {
  const [busy, setBusy] = useState<Verb | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function run(verb: Verb, lessonId: string) {
    setBusy(verb);
    setRefusal(null);
    const { trpc, refusalOf } = await import('@/components/trpc');
    try {
      await trpc.lessons[verb].mutate({ lessonId });
    } catch (error) {
      setRefusal(refusalOf(error));
    }
    setBusy(null);
  }

  return {
    busy,
    refusal,
    start: (lessonId: string) => void run('start', lessonId),
    end: (lessonId: string) => void run('end', lessonId),
  };
}

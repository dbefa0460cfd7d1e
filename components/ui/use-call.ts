'use client';

import { useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { type Refusal, refusalOf } from '@/components/trpc';

/**
 * One call to the server from a form or a button: busy while it runs, and afterwards what was refused.
 * `run` resolves with the answer, or with null where there is a refusal to show.
 */
export function useCall() {
  const sentenceOf = useRefusalSentence();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function run<T>(call: () => Promise<T>): Promise<{ answer: T } | null> {
    setBusy(true);
    setRefusal(null);
    try {
      return { answer: await call() };
    } catch (error) {
      setRefusal(refusalOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  }

  const field = typeof refusal?.details.field === 'string' ? refusal.details.field : null;
  return {
    busy,
    run,
    clear: () => setRefusal(null),
    /** The field that was refused, and why; null where the refusal is about the whole. */
    field,
    reason: typeof refusal?.details.reason === 'string' ? refusal.details.reason : null,
    /** The sentence about the whole; null where one field is to blame. */
    sentence: refusal && !field ? sentenceOf(refusal) : null,
  };
}

/** A form's text field by name; empty where there is none. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

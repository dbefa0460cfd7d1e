'use client';

import { useRefusalSentence } from '@/components/refusal-sentence';
import { refusalOf } from '@/components/trpc';
import { toast } from './toast';

/**
 * One call to the server from a control beside which there is no place for a refusal: it is said in passing. Resolves with the answer, or with
 * null where there was a refusal. A form has `useCall`.
 */
export function useAttempt() {
  const sentenceOf = useRefusalSentence();
  return async function attempt<T>(call: () => Promise<T>): Promise<{ answer: T } | null> {
    try {
      return { answer: await call() };
    } catch (error) {
      await toast(sentenceOf(refusalOf(error)), { tone: 'error' });
      return null;
    }
  };
}

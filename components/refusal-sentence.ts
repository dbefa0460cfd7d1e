import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

/** What was refused: from `refusalOf` (tRPC), from a command's result, or a code that a page was given. */
export type RefusalLike = {
  code: string;
  details?: Readonly<Record<string, string | number>>;
  retryAfterMs?: number;
};

/** The sentence that tells a person what happened and what to do next: `const sentenceOf = useRefusalSentence()`. */
export function useRefusalSentence(): (refusal: RefusalLike) => string {
  const t = useTranslations('errors');
  return useCallback(
    ({ code, details, retryAfterMs }) => {
      const seconds = Number(details?.retryAfterSeconds ?? (retryAfterMs ?? 0) / 1000);
      const key = t.has(code) ? code : 'INTERNAL';
      return t(key, {
        minutes: Math.ceil(seconds / 60),
        maxMegabytes: 500,
        freeMegabytes: 0,
        email: '',
        ...details,
      });
    },
    [t],
  );
}

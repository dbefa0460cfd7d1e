import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

/** The sentence for something drawn that was not kept, by the code of the refusal. Only pages with a room have its words. */
export function useDrawingRefusalSentence(): (code: string) => string {
  const t = useTranslations('board.refused');
  return useCallback((code) => t(t.has(code) ? code : 'other'), [t]);
}

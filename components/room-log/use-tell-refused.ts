import { useCallback, useEffect, useRef } from 'react';
import { useDrawingRefusalSentence } from '@/components/drawing-refusal-sentence';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { toast } from '@/components/ui/toast';
import type { LateRefusal } from './types';

/**
 * What was drawn or pressed before a reload is in sight no more: where the room does not take it, a note says so. Once, for
 * many. Always the same function: another language does not open the room anew.
 */
export function useTellRefused(): (refusal: LateRefusal) => void {
  const ofDrawing = useDrawingRefusalSentence();
  const ofOther = useRefusalSentence();
  const latest = useRef({ ofDrawing, ofOther });
  useEffect(() => {
    latest.current = { ofDrawing, ofOther };
  });
  const told = useRef(new Set<string>());
  return useCallback(({ type, code }) => {
    const { ofDrawing, ofOther } = latest.current;
    const sentence = type === 'board.change' ? ofDrawing(code) : ofOther({ code });
    if (told.current.has(sentence)) return;
    told.current.add(sentence);
    void toast(sentence, { tone: 'error' });
  }, []);
}

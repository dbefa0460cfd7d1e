'use client';

import { useEffect } from 'react';
import { isTyping } from '@/components/ui/is-typing';
import { type BoardTools, TOOL_KEYS, type Tool } from './board-tools';

const TOOL_OF_KEY = new Map(
  Object.entries(TOOL_KEYS).map(([tool, key]) => [key.toLowerCase(), tool as Tool] as const),
);

/** The keys of the tools, wherever the focus is, except while somebody types. */
export function useToolKeys(tools: BoardTools | null) {
  useEffect(() => {
    if (!tools) return undefined;
    const down = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.altKey || document.querySelector('[role="dialog"]')) return;
      const key = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey) {
        if (key !== 'z' && key !== 'y') return;
        if (key === 'y' || event.shiftKey) tools.redo();
        else tools.undo();
        event.preventDefault();
        return;
      }
      if (event.repeat || event.shiftKey) return;
      const tool = TOOL_OF_KEY.get(key);
      if (tool) tools.pick(tool);
      else if (key === 'delete' || key === 'backspace') tools.removeSelected();
    };
    window.addEventListener('keydown', down);
    return () => window.removeEventListener('keydown', down);
  }, [tools]);
}

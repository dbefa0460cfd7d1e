'use client';

import { useEffect, useRef } from 'react';
import { isTyping } from '@/components/ui/is-typing';
import { useMedia } from './media/media-context';
import type { Controls } from './use-controls';

/** Whatever lies on a board has its keys from the board. */
function isOnBoard(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('.tl-container *');
}

/** Space on a button presses it: it must not open the microphone as well. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('button, a, summary, [role="button"], video');
}

/** M, V, H, C, and space held to speak. Never while somebody types, nor with a modifier. */
export function useShortcuts(controls: Controls, toggleChat: () => void) {
  const media = useMedia();
  const latest = useRef({ controls, toggleChat });
  useEffect(() => {
    latest.current = { controls, toggleChat };
  });

  useEffect(() => {
    let speaking = false;
    const quiet = () => {
      if (!speaking) return;
      speaking = false;
      void media.setDevice('microphone', false);
    };
    const down = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || isOnBoard(event.target)) return;
      const now = latest.current;
      if (event.code === 'Space' && !isPressable(event.target)) {
        event.preventDefault();
        if (event.repeat || now.controls.blocked.microphone || media.getView().mine.microphone.on) return;
        speaking = true;
        void media.setDevice('microphone', true);
        return;
      }
      if (event.repeat || event.shiftKey) return;
      const key = event.key.toLowerCase();
      if (key === 'm' && !now.controls.blocked.microphone) now.controls.toggle('microphone');
      else if (key === 'v' && !now.controls.blocked.camera) now.controls.toggle('camera');
      else if (key === 'h') now.controls.toggleHand();
      else if (key === 'c') {
        event.preventDefault();
        now.toggleChat();
      }
    };
    const up = (event: KeyboardEvent) => {
      if (event.code === 'Space') quiet();
    };
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', quiet);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', quiet);
    };
  }, [media]);
}

'use client';

import { useState } from 'react';
import type { PlayerSound } from './media-player';

const KEY = 'lectern.volume';

function readVolume(): number {
  const stored = Number(localStorage.getItem(KEY) ?? '1');
  return stored >= 0 && stored <= 1 ? stored : 1;
}

/** How loud media are here, and how that is changed. */
export type OwnSound = { value: PlayerSound; set: (sound: PlayerSound) => void };

/** One's own, and remembered. */
export function useSound(): OwnSound {
  const [value, setValue] = useState<PlayerSound>(() => ({ volume: readVolume(), muted: false }));
  const set = (sound: PlayerSound) => {
    setValue(sound);
    try {
      localStorage.setItem(KEY, String(sound.volume));
    } catch (error) {
      console.warn('The volume could not be remembered', error);
    }
  };
  return { value, set };
}

import { useState } from 'react';

function read(key: string): string {
  return typeof sessionStorage === 'undefined' ? '' : (sessionStorage.getItem(key) ?? '');
}

/** What one is writing in a room: another panel, or a reload of the tab, does not lose it. */
export function useDraft(roomId: string): [string, (draft: string) => void] {
  const key = `lectern.draft.${roomId}`;
  const [draft, setDraft] = useState(() => read(key));
  return [
    draft,
    (next) => {
      setDraft(next);
      try {
        if (next === '') sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, next);
      } catch (error) {
        console.warn('The draft could not be kept', error);
      }
    },
  ];
}

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Whether the page hears presses already: what was pressed while its code was on its way is lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

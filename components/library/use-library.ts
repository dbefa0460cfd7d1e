import { useEffect, useState, useSyncExternalStore } from 'react';
import { onLibraryChange } from './library-signal';
import { LibraryListing, type Listing, type Question } from './listing';

/** A change comes rarely alone: several files arrive, several are moved. */
const GATHER_MS = 120;

/** One list of the library: what it shows, kept true as long as it is on the screen. */
export function useLibrary({ folderId, search, sort }: Question): Listing & { listing: LibraryListing } {
  const [listing] = useState(() => new LibraryListing({ folderId, search, sort }));
  const state = useSyncExternalStore(listing.subscribe, listing.get, listing.get);
  useEffect(() => listing.open({ folderId, search, sort }), [listing, folderId, search, sort]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void listing.reload(), GATHER_MS);
    };
    // Somebody who comes back sees what other devices did, and pictures whose addresses have not ended.
    const back = () => {
      if (document.visibilityState === 'visible') soon();
    };
    const stop = onLibraryChange(soon);
    document.addEventListener('visibilitychange', back);
    return () => {
      clearTimeout(timer);
      stop();
      document.removeEventListener('visibilitychange', back);
    };
  }, [listing]);
  return { ...state, listing };
}

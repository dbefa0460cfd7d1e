import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { LibraryListing, type Listing, type Question } from './listing';
import { useLibraryNews } from './use-library-news';

/** One list of the library: what it shows, kept true as long as it is on the screen, and pictures whose addresses have not ended. */
export function useLibrary({ folderId, search, sort }: Question): Listing & { listing: LibraryListing } {
  const [listing] = useState(() => new LibraryListing({ folderId, search, sort }));
  const state = useSyncExternalStore(listing.subscribe, listing.get, listing.get);
  useEffect(() => listing.open({ folderId, search, sort }), [listing, folderId, search, sort]);
  useLibraryNews(useCallback(() => void listing.reload(), [listing]));
  return { ...state, listing };
}

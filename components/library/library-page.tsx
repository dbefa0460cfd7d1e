'use client';

import { useSearchParams } from 'next/navigation';
import { LibraryBrowser } from './library-browser';

/** The library's own page. The folder stands in the address, so that going back works; the page itself is not asked for again. */
export function LibraryPage() {
  const folderId = useSearchParams().get('folder');
  return (
    <LibraryBrowser
      whole
      folderId={folderId}
      onOpenFolder={(id) => window.history.pushState(null, '', id ? `/library?folder=${id}` : '/library')}
    />
  );
}

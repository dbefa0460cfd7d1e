import type { ReactNode } from 'react';
import { Wordmark } from './wordmark';

type Props = { home: '/' | '/dashboard'; nav?: ReactNode; children?: ReactNode };

/** The line at the top of every page outside of the classroom. `nav` stands beside the name, `children` at its right end. */
export function SiteHeader({ home, nav, children }: Props) {
  return (
    <header className="border-line border-b">
      <div className="mx-auto flex h-14 w-full max-w-(--page) items-center justify-between gap-2 px-4 sm:gap-4 sm:px-6">
        <Wordmark href={home} compact={nav !== undefined} />
        {nav}
        <div className="flex items-center gap-1 sm:gap-2">{children}</div>
      </div>
    </header>
  );
}

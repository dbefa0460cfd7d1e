import type { ReactNode } from 'react';
import { Wordmark } from './wordmark';

/** The line at the top of every page outside of the classroom. `children` stand at its right end. */
export function SiteHeader({ home, children }: { home: '/' | '/dashboard'; children?: ReactNode }) {
  return (
    <header className="border-line border-b">
      <div className="mx-auto flex h-14 w-full max-w-5xl items-center justify-between gap-4 px-4 sm:px-6">
        <Wordmark href={home} />
        <div className="flex items-center gap-1 sm:gap-2">{children}</div>
      </div>
    </header>
  );
}

import type { ReactNode } from 'react';
import { LanguageMenu } from './language-choice';
import { SiteHeader } from './site-header';
import { SiteNav } from './site-nav';

/** A page of somebody who is signed in: the header, and one column that the page fills. */
export function PageFrame({ menu, children }: { menu?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader home="/dashboard" nav={<SiteNav />}>
        {menu ?? <LanguageMenu />}
      </SiteHeader>
      <main className="mx-auto w-full max-w-5xl flex-1 px-4 pt-8 pb-16 sm:px-6 sm:pt-10">{children}</main>
    </div>
  );
}

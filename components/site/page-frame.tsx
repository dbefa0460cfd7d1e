import type { ReactNode } from 'react';
import { LanguageMenu } from './language-choice';
import { SiteHeader } from './site-header';
import { SiteNav } from './site-nav';

type Props = {
  menu?: ReactNode /** For what is broad by itself, such as a calendar. */;
  wide?: boolean;
  children: ReactNode;
};

/** A page of somebody who is signed in: the header, and one column that the page fills. */
export function PageFrame({ menu, wide = false, children }: Props) {
  return (
    <div className={`flex min-h-dvh flex-col ${wide ? '[--page:88rem]' : ''}`}>
      <SiteHeader home="/dashboard" nav={<SiteNav />}>
        {menu ?? <LanguageMenu />}
      </SiteHeader>
      <main
        className={`mx-auto w-full max-w-(--page) flex-1 px-4 sm:px-6 ${wide ? 'pt-5 pb-6' : 'pt-8 pb-16 sm:pt-10'}`}
      >
        {children}
      </main>
    </div>
  );
}

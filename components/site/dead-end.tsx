import type { ReactNode } from 'react';
import { LanguageMenu } from './language-choice';
import { SiteHeader } from './site-header';

/** A page that cannot show what was asked for: what happened, and the way on. */
export function DeadEnd({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action: ReactNode;
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader home="/">
        <LanguageMenu />
      </SiteHeader>
      <main className="mx-auto flex w-full max-w-5xl flex-1 flex-col items-start gap-4 px-4 pt-16 sm:px-6">
        <h1 className="font-semibold text-xl">{title}</h1>
        <div className="max-w-prose text-base text-ink-2">{children}</div>
        <div className="flex flex-wrap gap-2 pt-2">{action}</div>
      </main>
    </div>
  );
}

import type { ReactNode } from 'react';
import { LanguageMenu } from '@/components/site/language-choice';
import { Wordmark } from '@/components/site/wordmark';

/** One calm column: the title, a form, and the way to the other form. */
export function AuthPage({
  title,
  children,
  other,
}: {
  title: string;
  children: ReactNode;
  other: ReactNode;
}) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-sm flex-col px-5 py-8 sm:pt-[14vh]">
      <header className="flex items-center justify-between">
        <Wordmark href="/" />
        <LanguageMenu />
      </header>
      <main className="mt-10 flex flex-col gap-6">
        <h1 className="font-semibold text-xl">{title}</h1>
        {children}
        <p className="text-ink-2 text-sm">{other}</p>
      </main>
    </div>
  );
}

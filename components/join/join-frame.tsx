import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LanguageMenu } from '@/components/site/language-choice';
import { Wordmark } from '@/components/site/wordmark';

type Props = { door: { title: string; courseTitle: string; teacherName: string }; children: ReactNode };

/** One column: which class, with whom, and what there is to do. */
export function JoinFrame({ door, children }: Props) {
  const t = useTranslations('join');
  return (
    <JoinColumn>
      <div className="flex flex-col gap-1.5">
        <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{door.title}</h1>
        <p className="text-ink-2 [overflow-wrap:anywhere]">
          {door.courseTitle} · {t('with', { teacher: door.teacherName })}
        </p>
      </div>
      {children}
    </JoinColumn>
  );
}

export function JoinColumn({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-5 py-8 sm:pt-[14vh]">
      <header className="flex items-center justify-between">
        <Wordmark href="/" />
        <LanguageMenu />
      </header>
      <main className="mt-10 flex flex-col gap-6">{children}</main>
    </div>
  );
}

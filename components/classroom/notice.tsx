import type { ReactNode } from 'react';

type Props = { eyebrow?: string; title: string; children?: ReactNode; actions?: ReactNode };

/** A whole page with one thing to say: what is the case, and what comes next. */
export function Notice({ eyebrow, title, children, actions }: Props) {
  return (
    <main className="grid min-h-dvh items-center bg-surface px-6 py-12">
      <div className="mx-auto flex w-full max-w-xl flex-col items-start gap-5">
        {eyebrow && <p className="text-ink-2 text-sm">{eyebrow}</p>}
        <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
        {children && <div className="flex flex-col gap-2 text-base text-ink-2">{children}</div>}
        {actions && <div className="flex flex-wrap gap-2.5 pt-1">{actions}</div>}
      </div>
    </main>
  );
}

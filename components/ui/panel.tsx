import type { ComponentProps, ReactNode } from 'react';

/** A bordered area of the page. */
export function Panel({ className = '', ...rest }: ComponentProps<'div'>) {
  return <div className={`rounded-panel border border-line bg-surface ${className}`} {...rest} />;
}

type SideProps = {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
};

/** A side panel or sheet: a title line, what scrolls, and what stays at the bottom. Its place is the parent's matter. */
export function Sheet({ title, aside, children, footer, className = '' }: SideProps) {
  return (
    <section aria-label={title} className={`flex min-h-0 flex-col bg-surface text-ink ${className}`}>
      <header className="flex h-12 shrink-0 items-center justify-between gap-2 border-line border-b pr-2 pl-4">
        <h2 className="truncate font-semibold text-sm">{title}</h2>
        {aside}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">{children}</div>
      {footer && <footer className="shrink-0 border-line border-t p-3">{footer}</footer>}
    </section>
  );
}

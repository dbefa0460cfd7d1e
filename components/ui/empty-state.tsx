import type { ReactNode } from 'react';

type Props = {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** Nothing here yet: what belongs here, and the one action that fills it. */
export function EmptyState({ icon, title, children, action, className = '' }: Props) {
  return (
    <div
      className={`flex flex-col items-start gap-3 rounded-panel border border-line border-dashed p-6 ${className}`}
    >
      {icon && <span className="text-ink-3">{icon}</span>}
      <div className="flex flex-col gap-1">
        <p className="font-medium text-ink">{title}</p>
        {children && <p className="max-w-prose text-ink-2 text-sm">{children}</p>}
      </div>
      {action}
    </div>
  );
}

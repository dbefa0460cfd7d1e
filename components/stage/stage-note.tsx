import type { ReactNode } from 'react';

/** A sentence in the middle of the dark stage. */
export function StageNote({
  icon,
  title,
  children,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="grid min-h-0 flex-1 place-content-center justify-items-center gap-3 p-6 text-center text-white/85">
      {icon && <span className="text-white/50">{icon}</span>}
      <p className="max-w-md text-base">{title}</p>
      {children}
    </div>
  );
}

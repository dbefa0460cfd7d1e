import type { ComponentProps } from 'react';

/** A bordered area of the page. */
export function Panel({ className = '', ...rest }: ComponentProps<'div'>) {
  return <div className={`rounded-panel border border-line bg-surface ${className}`} {...rest} />;
}

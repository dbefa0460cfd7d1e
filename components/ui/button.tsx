import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { Spinner } from './spinner';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong active:bg-accent-strong',
  secondary: 'border border-line bg-surface text-ink hover:border-control hover:bg-surface-2',
  quiet: 'text-ink-2 hover:bg-ink/6 hover:text-ink active:bg-ink/10',
  danger:
    'border border-live/50 text-live hover:bg-live hover:text-on-live active:bg-live active:text-on-live',
};
const SIZES: Record<ButtonSize, string> = {
  small: 'h-8 gap-1.5 px-3 text-xs',
  medium: 'h-9 gap-2 px-4 text-sm',
  large: 'h-11 gap-2 px-5 text-base',
};

/** The classes of a button, for what must look like one and is not. */
export function buttonClass(
  variant: ButtonVariant = 'secondary',
  size: ButtonSize = 'medium',
  className = '',
) {
  return `inline-flex shrink-0 select-none items-center justify-center rounded-control font-medium whitespace-nowrap transition-colors disabled:opacity-55 ${VARIANTS[variant]} ${SIZES[size]} ${className}`;
}

type Look = { variant?: ButtonVariant; size?: ButtonSize; icon?: ReactNode };

/**
 * A button that says what it does. While `busy` it cannot be pressed again, keeps its width and name, and turns a wheel
 * where its icon was.
 */
export function Button({
  variant,
  size,
  icon,
  busy = false,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & Look & { busy?: boolean }) {
  return (
    <button
      type={type}
      className={buttonClass(variant, size, `relative ${className ?? ''}`)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy && icon ? <Spinner /> : icon}
      {busy && !icon && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
      <span className={busy && !icon ? 'opacity-0' : undefined}>{children}</span>
    </button>
  );
}

/** A link that looks like a button: for going somewhere. */
export function ButtonLink({
  variant,
  size,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & Look) {
  return (
    <Link className={buttonClass(variant, size, className)} {...rest}>
      {icon}
      {children}
    </Link>
  );
}

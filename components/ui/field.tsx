import { ChevronDown } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';

/** What `Field` hands to the control inside it, so that label, hint and error are read out with it. */
export type FieldWiring = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true };

type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** What is wrong and what to do about it; shown instead of the hint. */
  error?: string | null;
  /** Shown at the label's right end, such as a counter or "optional". */
  aside?: ReactNode;
  /** Hides the label from the eye, not from a screen reader. */
  hideLabel?: boolean;
  className?: string;
  children: (wiring: FieldWiring) => ReactNode;
};

/** A labelled control with its hint or error: `<Field label="Title">{(wiring) => <Input {...wiring} name="title" />}</Field>`. */
export function Field({
  label,
  hint,
  error,
  aside,
  hideLabel = false,
  className = '',
  children,
}: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={`flex min-w-0 flex-col gap-1.5 ${className}`}>
      <div className={hideLabel ? 'sr-only' : 'flex items-baseline justify-between gap-3'}>
        <label htmlFor={id} className="font-medium text-ink text-sm">
          {label}
        </label>
        {aside && <span className="text-ink-3 text-xs tabular-nums">{aside}</span>}
      </div>
      {children({
        id,
        ...(note ? { 'aria-describedby': noteId } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {note && (
        <p
          id={noteId}
          role={error ? 'alert' : undefined}
          className={`text-xs ${error ? 'text-live' : 'text-ink-3'}`}
        >
          {note}
        </p>
      )}
    </div>
  );
}

/** The look of everything that one types into or chooses from. */
export const controlClass =
  'w-full min-w-0 rounded-control border border-control/70 bg-surface px-3 text-ink text-sm transition-colors placeholder:text-ink-3 hover:border-control focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-live';

export function Input({ className = '', ...rest }: ComponentProps<'input'>) {
  return <input className={`${controlClass} h-9 ${className}`} {...rest} />;
}

export function Textarea({ className = '', rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea rows={rows} className={`${controlClass} resize-y py-2 leading-[1.45] ${className}`} {...rest} />
  );
}

/** The browser's own choice list, in our clothes: it is the best one on a phone. */
export function Select({ className = '', children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className="relative block min-w-0">
      <select className={`${controlClass} h-9 appearance-none truncate pr-9 ${className}`} {...rest}>
        {children}
      </select>
      <ChevronDown
        aria-hidden
        size={16}
        className="pointer-events-none absolute top-2.5 right-2.5 text-ink-3"
      />
    </span>
  );
}

import { useFormatter } from 'next-intl';
import { Spinner } from './spinner';

/** A wait, said in a sentence. With `value` (0 to 1) there is a bar, otherwise a wheel. */
export function Progress({
  label,
  value,
  className = '',
}: {
  label: string;
  value?: number;
  className?: string;
}) {
  const format = useFormatter();
  if (value === undefined) {
    return (
      <p role="status" className={`flex items-center gap-2.5 text-ink-2 text-sm ${className}`}>
        <Spinner />
        {label}
      </p>
    );
  }
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <div className="flex justify-between gap-3 text-ink-2 text-xs">
        <span className="truncate">{label}</span>
        <span className="tabular-nums">{format.number(percent / 100, { style: 'percent' })}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1 overflow-hidden rounded-full bg-line"
      >
        <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { refusalOf, trpc } from '@/components/trpc';
import { useFileSize } from './file-size';
import { onLibraryChange } from './library-signal';

/** From here on the bar says that space runs out. */
const NEARLY = 0.9;

/** How full somebody's library is. */
export function QuotaBar({ className = '' }: { className?: string }) {
  const t = useTranslations('library');
  const sizeOf = useFileSize();
  const usage = useUsage();
  if (!usage) return null;
  const share = Math.min(1, usage.used / usage.quota);
  const label = t('quota', { used: sizeOf(usage.used), quota: sizeOf(usage.quota) });
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <p className="text-ink-3 text-xs tabular-nums">{label}</p>
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="h-1 overflow-hidden rounded-full bg-line"
      >
        <div
          className={`h-full rounded-full ${share > NEARLY ? 'bg-live' : 'bg-accent'}`}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      {share > NEARLY && <p className="text-ink-2 text-xs">{t('quotaNearly')}</p>}
    </div>
  );
}

function useUsage() {
  const [usage, setUsage] = useState<{ used: number; quota: number } | null>(null);
  useEffect(() => {
    const read = () => {
      trpc.library.usage.query().then(setUsage, (error: unknown) => {
        // The list above it says what is wrong; the bar waits for the next change.
        console.warn('The library did not say how full it is:', refusalOf(error).code);
      });
    };
    read();
    return onLibraryChange(read);
  }, []);
  return usage;
}

import { CircleAlert, Info, Radio } from 'lucide-react';
import type { ReactNode } from 'react';

export type BannerTone = 'info' | 'warn' | 'live';

const LOOKS: Record<BannerTone, { box: string; icon: ReactNode }> = {
  info: { box: 'border-line bg-surface-2 text-ink', icon: <Info size={16} className="text-accent" /> },
  warn: {
    box: 'border-warn/50 bg-warn/14 text-ink',
    icon: <CircleAlert size={16} className="text-warn-ink" />,
  },
  live: { box: 'border-live/40 bg-live/10 text-ink', icon: <Radio size={16} className="text-live" /> },
};

type Props = {
  tone?: BannerTone;
  children: ReactNode;
  action?: ReactNode;
  className?: string /** Read out at once, not at the next pause. */;
  urgent?: boolean;
};

/** One line over the page: what is the case, what still works, and the next step. */
export function Banner({ tone = 'info', children, action, urgent = false, className = '' }: Props) {
  const look = LOOKS[tone];
  return (
    <div
      role={urgent ? 'alert' : 'status'}
      className={`flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 rounded-panel border px-3 py-2 text-sm ${look.box} ${className}`}
    >
      <span aria-hidden>{look.icon}</span>
      <div className="min-w-0 flex-1 basis-48">{children}</div>
      {action}
    </div>
  );
}

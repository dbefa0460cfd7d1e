'use client';

import { MonitorUp, MonitorX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useScreenShare } from '@/components/classroom/use-screen-share';
import { Button } from '@/components/ui/button';

/** What cannot be played by its address: a tab or the screen, shared with its sound. */
export function ShareSound() {
  const t = useTranslations('media.share');
  const tb = useTranslations('classroom.bar.blocked');
  const { blocked, sharing, toggle } = useScreenShare();
  return (
    <section aria-label={t('title')} className="flex flex-col items-start gap-1.5 px-1">
      <Button
        size="small"
        icon={sharing ? <MonitorX size={16} aria-hidden /> : <MonitorUp size={16} aria-hidden />}
        disabled={blocked !== null}
        onClick={toggle}
      >
        {t(sharing ? 'stop' : 'start')}
      </Button>
      <p className="text-ink-3 text-xs">{blocked ? tb(blocked) : t('hint')}</p>
    </section>
  );
}

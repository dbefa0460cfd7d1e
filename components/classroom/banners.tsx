'use client';

import { Volume2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useLasting } from '@/components/ui/use-lasting';
import { DeviceProblem } from './device-problem';
import { KnockBanner } from './door-panel';
import { useMedia, useMediaView } from './media/media-context';
import { useRoom } from '@/components/room-log/use-room';

/** A short gap is nobody's business; what lasts gets its sentence. */
const PATIENCE_MS = 1500;

/** What does not work now, what goes on, and what one may do: above the stage, never over it. */
export function Banners() {
  const t = useTranslations('classroom.banners');
  const media = useMedia();
  const status = useMediaView((view) => view.status.kind);
  const soundBlocked = useMediaView((view) => view.soundBlocked);
  const away = useLasting(status === 'away', PATIENCE_MS);
  const reconnecting = useLasting(
    useRoom((view) => view.connection.kind === 'reconnecting'),
    PATIENCE_MS,
  );
  return (
    <div className="flex shrink-0 flex-col gap-1.5 border-line border-b bg-surface p-1.5 empty:hidden">
      <KnockBanner />
      {reconnecting && <Banner tone="warn">{t('reconnecting')}</Banner>}
      {away && <Banner tone="warn">{t('mediaAway')}</Banner>}
      {status === 'elsewhere' && (
        <Banner
          action={
            <Button size="small" variant="primary" onClick={() => media.takeHere()}>
              {t('useHere')}
            </Button>
          }
        >
          {t('elsewhere')}
        </Banner>
      )}
      {soundBlocked && (
        <Banner
          action={
            <Button
              size="small"
              variant="primary"
              icon={<Volume2 size={16} />}
              onClick={() => void media.unblockSound()}
            >
              {t('tapForSound')}
            </Button>
          }
        >
          {t('soundBlocked')}
        </Banner>
      )}
      <DeviceBanners />
    </div>
  );
}

function DeviceBanners() {
  const t = useTranslations('classroom.banners');
  const media = useMedia();
  const microphone = useMediaView((view) => view.mine.microphone.problem);
  const camera = useMediaView((view) => view.mine.camera.problem);
  return (['microphone', 'camera'] as const).map((source) => {
    const problem = source === 'microphone' ? microphone : camera;
    if (!problem) return null;
    return (
      <Banner
        key={source}
        tone="warn"
        action={
          <Button size="small" onClick={() => void media.setDevice(source, true)}>
            {t('tryAgain')}
          </Button>
        }
      >
        <DeviceProblem source={source} problem={problem} />
      </Banner>
    );
  });
}

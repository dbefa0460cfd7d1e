import { useTranslations } from 'next-intl';
import { Progress } from '@/components/ui/progress';
import { PageFrame } from './page-frame';

/** What stands there while a page's data is on its way. The sentence waits 300 ms: a quick page never shows it. */
export function PageSkeleton() {
  const t = useTranslations('ui');
  return (
    <PageFrame>
      <div className="lectern-late">
        <Progress label={t('loading')} />
      </div>
    </PageFrame>
  );
}

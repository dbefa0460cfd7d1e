import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { isUnderWay, type Upload } from './upload';
import { UploadRow } from './upload-row';
import { uploads } from './uploads';

/** As many lines are shown at once: somebody may drop ten thousand files. */
const MOST = 50;

/** What is on its way, and what was not taken. Of many, those whose turn it is; the rest is counted. */
export function UploadList({ list, className = '' }: { list: readonly Upload[]; className?: string }) {
  const t = useTranslations('library.uploads');
  const open = list.length > MOST ? list.filter(({ state }) => state !== 'done') : list;
  const later = open.slice(MOST);
  return (
    <ul aria-label={t('title')} className={`divide-y divide-line ${className}`}>
      {open.slice(0, MOST).map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
      {later.length > 0 && (
        <li className="flex items-center justify-between gap-2 py-1.5 pr-1.5 pl-3 text-ink-2 text-xs tabular-nums">
          {t('more', { count: later.length })}
          <Button size="small" variant="quiet" onClick={() => uploads.dismissAll(later.map(({ id }) => id))}>
            {t('stopMore')}
          </Button>
        </li>
      )}
    </ul>
  );
}

/** One line for all of them. */
export function useUploadsSummary(list: readonly Upload[]): string {
  const t = useTranslations('library.uploads');
  const underWay = list.filter(isUnderWay).length;
  if (underWay > 0) return t('underWay', { count: underWay });
  const open = list.filter(({ state }) => state !== 'done').length;
  return open > 0 ? t('open', { count: open }) : t('allDone', { count: list.length });
}

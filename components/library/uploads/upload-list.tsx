import { useTranslations } from 'next-intl';
import { isUnderWay, type Upload } from './upload';
import { UploadRow } from './upload-row';

/** What is on its way, and what was not taken. */
export function UploadList({ list, className = '' }: { list: readonly Upload[]; className?: string }) {
  const t = useTranslations('library.uploads');
  return (
    <ul aria-label={t('title')} className={`divide-y divide-line ${className}`}>
      {list.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
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

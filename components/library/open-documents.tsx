import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRoom } from '@/components/room-log/use-room';
import { EmptyState } from '@/components/ui/empty-state';

/** What is open in the room, for those who have no library of their own here. */
export function OpenDocuments({ mayPresent }: { mayPresent: boolean }) {
  const t = useTranslations('documents');
  const documents = useRoom((view) => view.head.documents);
  const stage = useRoom((view) => view.head.stage);
  if (documents.length === 0) {
    return (
      <div className="p-3">
        <EmptyState icon={<FileText size={28} aria-hidden />} title={t('none.title')}>
          {mayPresent ? t('none.guest') : t('none.text')}
        </EmptyState>
      </div>
    );
  }
  return (
    <ul aria-label={t('open')} className="flex flex-col gap-1 p-3">
      {documents.map((document) => (
        <li key={document.id} className="flex items-center gap-3 rounded-control p-2">
          <FileText size={20} aria-hidden className="shrink-0 text-ink-3" />
          <div className="min-w-0">
            <p className="truncate font-medium text-sm">{document.title}</p>
            <p className="text-ink-3 text-xs tabular-nums">
              {stage.kind === 'document' && stage.documentId === document.id
                ? t('onPage', { page: document.page, pages: document.pageCount })
                : t('pages', { pages: document.pageCount })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

import { FolderOpen, SearchX, Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';

type Props = { search: string; inFolder: boolean; compact: boolean };

/** Nothing to list: what belongs here and how it comes. */
export function EmptyLibrary({ search, inFolder, compact }: Props) {
  const t = useTranslations('library.empty');
  const kind = search ? 'search' : inFolder ? 'folder' : 'all';
  const icons = { search: SearchX, folder: FolderOpen, all: Upload };
  const Icon = icons[kind];
  return (
    <EmptyState
      icon={<Icon size={28} aria-hidden />}
      title={t(`${kind}.title`, { search })}
      className={compact ? '' : 'py-12'}
    >
      {t(`${kind}.text`)}
    </EmptyState>
  );
}

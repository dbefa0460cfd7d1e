import { ChevronRight, Library } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import type { ItemIds } from './items';
import type { LibraryFolder } from './listing';
import { useDrop } from './use-drop';

type Props = {
  path: readonly LibraryFolder[];
  onOpen: (folderId: string | null) => void;
  onDropItems: (ids: ItemIds, to: string | null) => void;
  onDropFiles: (data: DataTransfer, to: string | null) => void;
};

/** Where one is; each step is a place to go back to, and to drop things on. */
export function Breadcrumbs({ path, ...rest }: Props) {
  const t = useTranslations('library');
  const last = path.at(-1);
  return (
    <nav aria-label={t('path')} className="flex min-w-0 flex-wrap items-center gap-0.5 text-sm">
      <Step {...rest} id={null} name={t('top')} here={!last} />
      {path.map(({ id, name }) => (
        <Fragment key={id}>
          <ChevronRight size={14} aria-hidden className="shrink-0 text-ink-3" />
          <Step {...rest} id={id} name={name} here={id === last?.id} />
        </Fragment>
      ))}
    </nav>
  );
}

type StepProps = Omit<Props, 'path'> & { id: string | null; name: string; here: boolean };

function Step({ id, name, here, onOpen, onDropItems, onDropFiles }: StepProps) {
  const drop = useDrop({
    onItems: (ids) => onDropItems(ids, id),
    onFiles: (data) => onDropFiles(data, id),
  });
  return (
    <button
      type="button"
      aria-current={here ? 'page' : undefined}
      onClick={() => onOpen(id)}
      {...(here ? {} : drop.handlers)}
      className={`inline-flex min-w-0 max-w-56 items-center gap-1.5 rounded-control px-1.5 py-1 hover:bg-ink/6 ${here ? 'font-medium text-ink' : 'text-ink-2'} ${drop.over ? 'bg-accent/14 outline-2 outline-accent' : ''}`}
    >
      {id === null && <Library size={15} aria-hidden className="shrink-0" />}
      <span className="truncate">{name}</span>
    </button>
  );
}

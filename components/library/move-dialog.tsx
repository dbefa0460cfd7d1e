import { Folder, Library } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Progress } from '@/components/ui/progress';
import type { Item } from './items';

type Row = { id: string | null; name: string; depth: number };
type FolderRow = Awaited<ReturnType<typeof trpc.library.folders.query>>[number];

type Props = {
  items: readonly Item[];
  from: string | null;
  onMove: (to: string | null) => void;
  onClose: () => void;
};

/** Chooses the folder that something goes to. */
export function MoveDialog({ items, from, onMove, onClose }: Props) {
  const t = useTranslations('library.move');
  const sentenceOf = useRefusalSentence();
  const { rows, refusal } = useFolderRows(items);
  const [to, setTo] = useState<string | null | undefined>(undefined);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (to !== undefined) onMove(to);
  }
  return (
    <Dialog title={t('title', { count: items.length, name: items[0]?.name ?? '' })} onClose={onClose}>
      {refusal && <p role="alert">{sentenceOf(refusal)}</p>}
      {!rows && !refusal && <Progress label={t('loading')} />}
      {rows && (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <fieldset className="flex max-h-[50dvh] flex-col overflow-y-auto">
            <legend className="sr-only">{t('where')}</legend>
            {rows.map(({ id, name, depth }) => (
              <label
                key={id ?? 'top'}
                style={{ paddingInlineStart: `${8 + depth * 20}px` }}
                className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-control pr-2 text-sm hover:bg-ink/5 has-checked:bg-accent/12 has-disabled:opacity-50 has-focus-visible:outline-2 has-focus-visible:outline-accent"
              >
                <input
                  type="radio"
                  name="to"
                  className="sr-only"
                  disabled={id === from}
                  checked={to === id}
                  onChange={() => setTo(id)}
                />
                {id === null ? (
                  <Library size={16} aria-hidden className="shrink-0 text-ink-3" />
                ) : (
                  <Folder size={16} aria-hidden className="shrink-0 text-ink-3" />
                )}
                <span className="truncate">{id === null ? t('top') : name}</span>
                {id === from && <span className="text-ink-3 text-xs">{t('here')}</span>}
              </label>
            ))}
          </fieldset>
          {rows.length === 1 && <p className="text-ink-3 text-sm">{t('none')}</p>}
          <Button type="submit" variant="primary" disabled={to === undefined} className="self-end">
            {t('submit')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}

function useFolderRows(items: readonly Item[]) {
  const [folders, setFolders] = useState<FolderRow[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    trpc.library.folders.query().then(setFolders, (error: unknown) => setRefusal(refusalOf(error)));
  }, []);
  const moved = new Set(items.map(({ id }) => id));
  const rows = folders && [{ id: null, name: '', depth: 0 }, ...rowsBelow(folders, null, 1, moved)];
  return { rows, refusal };
}

/** Folders in their order, each below its own; what is moved cannot go into itself. */
function rowsBelow(
  folders: readonly FolderRow[],
  parentId: string | null,
  depth: number,
  moved: ReadonlySet<string>,
): Row[] {
  return folders
    .filter((folder) => folder.parentId === parentId && !moved.has(folder.id))
    .flatMap(({ id, name }) => [{ id, name, depth }, ...rowsBelow(folders, id, depth + 1, moved)]);
}

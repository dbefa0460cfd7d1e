import { Eye, FileText, Pencil, Trash2 } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { refusalOf } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Progress } from '@/components/ui/progress';
import { toast } from '@/components/ui/toast';
import { type LibraryDocument, library } from './library-store';

/** One document of the library: what it looks like, and the one button that shows it. */
export function DocumentRow({ document }: { document: LibraryDocument }) {
  const t = useTranslations('documents');
  const format = useFormatter();
  const sentenceOf = useRefusalSentence();
  const log = useRoomLog();
  const titleId = useId();
  const shown = useRoom(
    ({ head: { stage } }) => stage.kind === 'document' && stage.documentId === document.id,
  );
  const [busy, setBusy] = useState(false);
  const [renaming, setRenaming] = useState(false);

  async function show() {
    setBusy(true);
    const result = await log.send({ type: 'document.open', payload: { documentId: document.id } });
    setBusy(false);
    if (!result.ok) await toast(sentenceOf(result), { tone: 'error' });
  }

  async function remove() {
    await guarded(() => library.setDeleted(document.id, true));
    await toast(t('deleted', { name: document.name }), {
      action: {
        label: t('undo'),
        run: () => void guarded(() => library.setDeleted(document.id, false)),
      },
    });
  }

  async function guarded(work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      await toast(sentenceOf(refusalOf(error)), { tone: 'error' });
    }
  }

  const large = document.bytes >= 1_000_000;
  const size = format.number(document.bytes / (large ? 1_000_000 : 1_000), {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  });
  return (
    <li className="flex gap-3 rounded-control p-2 hover:bg-surface-2">
      <Thumbnail address={document.thumbnail} />
      <div className="flex min-w-0 flex-1 flex-col justify-between gap-1">
        <div className="flex items-start gap-0.5">
          <div className="min-w-0 flex-1">
            {renaming ? (
              <RenameField
                name={document.name}
                onEnd={(name) => {
                  setRenaming(false);
                  if (name && name !== document.name) void guarded(() => library.rename(document.id, name));
                }}
              />
            ) : (
              <p id={titleId} className="truncate font-medium text-sm" title={document.name}>
                {document.name}
              </p>
            )}
            <p className="truncate text-ink-3 text-xs tabular-nums">
              {document.pageCount > 0 ? t('facts', { pages: document.pageCount, size }) : size}
            </p>
          </div>
          <IconButton
            size="small"
            label={t('rename', { name: document.name })}
            onClick={() => setRenaming(true)}
          >
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton size="small" label={t('delete', { name: document.name })} onClick={() => void remove()}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
        {document.status !== 'ready' || document.kind !== 'pages' ? (
          <DocumentState document={document} />
        ) : shown ? (
          <span className="inline-flex h-8 items-center gap-1.5 font-medium text-accent text-xs">
            <Eye size={15} aria-hidden />
            {t('shown')}
          </span>
        ) : (
          <Button
            size="small"
            busy={busy}
            onClick={() => void show()}
            aria-describedby={titleId}
            className="self-start"
          >
            {t('show')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Why a document cannot be shown, or not yet. */
function DocumentState({ document }: { document: LibraryDocument }) {
  const t = useTranslations('documents');
  const sentenceOf = useRefusalSentence();
  const { status, failure, pagesDone, pagesTotal } = document;
  if (status === 'failed') {
    return (
      <p role="alert" className="text-live text-xs">
        {sentenceOf({ code: failure ?? 'INTERNAL' })}
      </p>
    );
  }
  if (status === 'ready') return <p className="text-ink-3 text-xs">{t('notShown')}</p>;
  const drawing = pagesDone !== null && pagesTotal !== null;
  return drawing ? (
    <Progress label={t('drawing', { done: pagesDone, total: pagesTotal })} value={pagesDone / pagesTotal} />
  ) : (
    <Progress label={t(status)} />
  );
}

function Thumbnail({ address }: { address: string | null }) {
  return (
    <div className="grid h-20 w-16 shrink-0 place-items-center overflow-hidden rounded-control border border-line bg-white">
      {address ? (
        // The picture comes from the files origin in the size that is needed: there is nothing for Next to make of it.
        // oxlint-disable-next-line nextjs/no-img-element
        <img src={address} alt="" loading="lazy" className="size-full object-cover object-top" />
      ) : (
        <FileText size={22} aria-hidden className="text-ink-3" />
      )}
    </div>
  );
}

function RenameField({ name, onEnd }: { name: string; onEnd: (name: string | null) => void }) {
  const t = useTranslations('documents');
  const [draft, setDraft] = useState(name);
  return (
    <input
      // The field takes the place of the name that was pressed: there is nothing else to focus.
      ref={(field) => field?.focus()}
      aria-label={t('name')}
      value={draft}
      maxLength={255}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => onEnd(draft.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onEnd(draft.trim());
        if (event.key === 'Escape') onEnd(null);
        event.stopPropagation();
      }}
      className="h-7 w-full rounded-control border border-line bg-surface px-1.5 text-sm"
    />
  );
}

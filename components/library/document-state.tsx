import { CircleAlert, Info, Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { formatMediaTime } from '@/components/player/media-time';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { Spinner } from '@/components/ui/spinner';
import { useFileSize } from './file-size';
import { isInWork, type LibraryDocument } from './listing';

/** How a file stands, in one line: in line, being worked on, failed and why, or what it is. */
export function DocumentState({ document }: { document: LibraryDocument }) {
  const sizeOf = useFileSize();
  const t = useTranslations('library.state');
  const sentenceOf = useRefusalSentence();
  const { status, kind, pageCount, bytes, notes, shared, foundOn } = document;
  if (isInWork(document)) return <InWork document={document} />;
  if (status === 'failed') {
    return (
      <span className="flex min-w-0 items-start gap-1.5 text-ink-2">
        <CircleAlert size={14} aria-hidden className="mt-0.5 shrink-0 text-live" />
        {sentenceOf({ code: document.failure ?? 'INTERNAL' })}
      </span>
    );
  }
  const { video, durationMs } = document;
  const facts =
    kind === 'pages'
      ? t('pages', { pages: pageCount })
      : kind === 'media' && video !== null
        ? t(video ? 'film' : 'sound')
        : t(kind);
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1">
      <span className="tabular-nums">
        {facts}
        {durationMs !== null && ` · ${formatMediaTime(durationMs)}`} · {sizeOf(bytes)}
      </span>
      {foundOn !== null && <span>· {t('foundOn', { page: foundOn })}</span>}
      {shared && (
        <span className="inline-flex items-center gap-1">
          · <Link2 size={13} aria-hidden /> {t('shared')}
        </span>
      )}
      {document.failure && (
        <span className="inline-flex w-full items-start gap-1 text-ink-2">
          <CircleAlert size={13} aria-hidden className="mt-0.5 shrink-0 text-live" />
          {t('notReplaced', { reason: sentenceOf({ code: document.failure }) })}
        </span>
      )}
      {notes.map((note) => (
        <span key={note} className="inline-flex w-full items-start gap-1 text-warn-ink">
          <Info size={13} aria-hidden className="mt-0.75 shrink-0" />
          {t.has(`notes.${note}`) ? t(`notes.${note}`) : t('notes.other')}
        </span>
      ))}
    </span>
  );
}

function InWork({ document: { status, kind, pagesDone, pagesTotal, ahead } }: { document: LibraryDocument }) {
  const t = useTranslations('library.state');
  const words =
    status === 'converting' && pagesDone !== null && pagesTotal !== null
      ? kind === 'media'
        ? t('convertingShare', { share: pagesDone / Math.max(1, pagesTotal) })
        : t('convertingPage', { page: Math.min(pagesDone + 1, pagesTotal), pages: pagesTotal })
      : ahead !== null && ahead > 0
        ? t('inLine', { ahead })
        : t(status === 'checking' ? 'checking' : 'converting');
  return (
    <span className="flex items-start gap-1.5 text-ink-2 tabular-nums">
      <span className="mt-0.5 shrink-0">
        <Spinner size={13} />
      </span>
      {words}
    </span>
  );
}

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Progress } from '@/components/ui/progress';
import { DocumentState } from './document-state';
import { FileIcon } from './file-icon';
import type { LibraryDocument } from './listing';

type Props = { document: LibraryDocument; onDownload: () => void; onClose: () => void };
type Pages = Awaited<ReturnType<typeof trpc.library.pages.query>>['pages'];

/** A look into a document: its pages below each other. */
export function PreviewDialog({ document, onDownload, onClose }: Props) {
  const t = useTranslations('library');
  return (
    <Dialog
      wide
      title={document.name}
      onClose={onClose}
      actions={
        <Button size="small" icon={<Download size={15} aria-hidden />} onClick={onDownload}>
          {t('actions.download')}
        </Button>
      }
    >
      <div className="mb-4 text-ink-3 text-xs">
        <DocumentState document={document} />
      </div>
      {document.kind === 'pages' && document.status === 'ready' ? (
        <PagesOf documentId={document.id} />
      ) : (
        <div className="grid min-h-48 place-items-center rounded-panel bg-surface-2 p-6">
          <div className="flex flex-col items-center gap-3 text-center">
            <FileIcon mimeType={document.mimeType} size={40} />
            <p className="max-w-prose text-ink-2 text-sm">{t('preview.none')}</p>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function PagesOf({ documentId }: { documentId: string }) {
  const t = useTranslations('library.preview');
  const sentenceOf = useRefusalSentence();
  const [pages, setPages] = useState<Pages | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    trpc.library.pages
      .query({ documentId })
      .then(({ pages }) => setPages(pages))
      .catch((error: unknown) => setRefusal(refusalOf(error)));
  }, [documentId]);
  if (refusal) return <p role="alert">{sentenceOf(refusal)}</p>;
  if (!pages) return <Progress label={t('loading')} />;
  return (
    <ol className="flex flex-col gap-4">
      {pages.map(({ width, height, picture }, index) => (
        <li
          // Pages have no other name than their place.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          style={{ aspectRatio: `${width} / ${height}`, containIntrinsicSize: 'auto 800px' }}
          className="overflow-hidden rounded-control border border-line bg-white [content-visibility:auto]"
        >
          {picture ? (
            // The picture comes from the files origin in its size: there is nothing for Next to make of it.
            // oxlint-disable-next-line nextjs/no-img-element
            <img src={picture} alt={t('page', { page: index + 1 })} loading="lazy" className="size-full" />
          ) : (
            <span className="grid size-full place-items-center text-neutral-500 text-sm">
              {t('drawing', { page: index + 1 })}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

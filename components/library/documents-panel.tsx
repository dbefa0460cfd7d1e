'use client';

import { FileText, Upload as UploadIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type DragEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Progress } from '@/components/ui/progress';
import { DocumentRow } from './document-row';
import { type Library, library } from './library-store';
import { OpenDocuments } from './open-documents';
import { UploadRow } from './upload-row';

export type DocumentsPanelProps = {
  roomId: string;
  /** Staff and presenters with an account have a library; others see what is open in the room. */
  mayPresent: boolean;
  hasAccount: boolean;
};

/** The content of the room's Documents panel. Loaded when it is first opened. */
export function DocumentsPanel({ roomId, mayPresent, hasAccount }: DocumentsPanelProps) {
  if (!mayPresent || !hasAccount) return <OpenDocuments mayPresent={mayPresent} />;
  return <OwnLibrary roomId={roomId} />;
}

function OwnLibrary({ roomId }: { roomId: string }) {
  const t = useTranslations('documents');
  const sentenceOf = useRefusalSentence();
  const { documents, uploads, refusal } = useSyncExternalStore(library.subscribe, library.get, library.get);
  const picker = useRef<HTMLInputElement>(null);
  const drop = useDrop((files) => library.upload(files, roomId));
  useEffect(() => {
    void library.load();
  }, []);
  useUnfinished(documents);
  const uploadButton = (
    <Button
      variant="primary"
      icon={<UploadIcon size={16} aria-hidden />}
      onClick={() => picker.current?.click()}
    >
      {t('upload')}
    </Button>
  );
  const empty = documents?.length === 0 && uploads.length === 0;
  return (
    <div
      className={`flex min-h-full flex-col gap-3 p-3 ${drop.over ? 'bg-accent/8' : ''}`}
      {...drop.handlers}
    >
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('choose')}
        onChange={(event) => {
          library.upload(event.target.files ?? [], roomId);
          event.target.value = '';
        }}
      />
      {empty ? (
        <EmptyState icon={<FileText size={28} aria-hidden />} title={t('empty.title')} action={uploadButton}>
          {t('empty.text')}
        </EmptyState>
      ) : (
        <div className="flex items-center justify-between gap-3">
          {uploadButton}
          <span className="text-right text-ink-3 text-xs text-balance">{t('limits')}</span>
        </div>
      )}
      {refusal && (
        <div role="alert" className="flex flex-col items-start gap-2 text-sm">
          <p>{sentenceOf(refusal)}</p>
          <Button size="small" onClick={() => void library.load()}>
            {t('again')}
          </Button>
        </div>
      )}
      {uploads.length > 0 && (
        <ul aria-label={t('uploads')} className="flex flex-col gap-2">
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} onDismiss={() => library.dismiss(upload.id)} />
          ))}
        </ul>
      )}
      {!documents && !refusal && <Progress label={t('loading')} className="p-1" />}
      {documents && documents.length > 0 && (
        <ul aria-label={t('library')} className="flex flex-col gap-1">
          {documents.map((document) => (
            <DocumentRow key={document.id} document={document} />
          ))}
        </ul>
      )}
      {drop.over && <p className="text-accent text-sm">{t('drop')}</p>}
    </div>
  );
}

const IN_WORK_MS = 700;
const THUMBNAIL_MS = 4_000;
const THUMBNAIL_TRIES = 15;

/** What is in work is asked for until it is done; a first page that takes long to draw gets its picture when it is made. */
function useUnfinished(documents: Library['documents']) {
  const tries = useRef(0);
  useEffect(() => {
    const inWork = documents?.some(({ status }) => status === 'checking' || status === 'converting');
    const missing = documents?.some(({ kind, status, thumbnail }) => {
      return kind === 'pages' && status === 'ready' && !thumbnail;
    });
    if (!inWork && !(missing && tries.current < THUMBNAIL_TRIES)) return undefined;
    if (!inWork) tries.current += 1;
    const timer = setTimeout(() => void library.load(), inWork ? IN_WORK_MS : THUMBNAIL_MS);
    return () => clearTimeout(timer);
  }, [documents]);
}

/** Files dropped on the panel. Entering a child leaves the parent, so the depth is counted. */
function useDrop(onFiles: (files: Iterable<File>) => void) {
  const [depth, setDepth] = useState(0);
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const handlers = {
    onDragEnter: (event: DragEvent) => {
      if (holdsFiles(event)) setDepth((at) => at + 1);
    },
    onDragLeave: (event: DragEvent) => {
      if (holdsFiles(event)) setDepth((at) => Math.max(0, at - 1));
    },
    onDragOver: (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setDepth(0);
      onFiles(event.dataTransfer.files);
    },
  };
  return { over: depth > 0, handlers };
}

'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useAsk } from '@/components/room-log/use-ask';
import { useRoom } from '@/components/room-log/use-room';
import { Button } from '@/components/ui/button';
import { ClosedBoards } from './closed-boards';
import { LibraryBrowser } from './library-browser';
import type { LibraryDocument } from './listing';
import { OpenDocuments } from './open-documents';
import { UploadList } from './uploads/upload-list';
import { useUploads } from './uploads/use-uploads';

export type DocumentsPanelProps = {
  roomId: string;
  /** Staff and presenters with an account have a library; others see what is open in the room. */
  mayPresent: boolean;
  hasAccount: boolean;
};

/** The content of the room's Documents panel. Loaded when it is first opened. */
export function DocumentsPanel({ roomId, mayPresent, hasAccount }: DocumentsPanelProps) {
  return (
    <>
      {mayPresent && <ClosedBoards roomId={roomId} />}
      {mayPresent && hasAccount ? <OwnLibrary roomId={roomId} /> : <OpenDocuments mayPresent={mayPresent} />}
    </>
  );
}

/** Which folder was open last in this tab: the panel is shut and opened again often. */
let lastFolder: string | null = null;

function OwnLibrary({ roomId }: { roomId: string }) {
  const [folderId, setFolderId] = useState(lastFolder);
  useEffect(() => {
    lastFolder = folderId;
  }, [folderId]);
  const list = useUploads().filter(({ state }) => state !== 'done');
  return (
    <>
      {list.length > 0 && <UploadList list={list} className="border-line border-b" />}
      <LibraryBrowser
        compact
        folderId={folderId}
        onOpenFolder={setFolderId}
        roomId={roomId}
        actionFor={(document) => <ShowButton document={document} />}
      />
    </>
  );
}

/** The one button that shows a file to the class. */
function ShowButton({ document }: { document: LibraryDocument }) {
  const t = useTranslations('documents');
  const ask = useAsk();
  const [busy, setBusy] = useState(false);
  const shown = useRoom(
    ({ head: { stage } }) => stage.kind === 'document' && stage.documentId === document.id,
  );
  if (document.status !== 'ready' || document.kind !== 'pages') return null;
  async function show() {
    setBusy(true);
    const body = { type: 'document.open', payload: { documentId: document.id } } as const;
    await ask(body, { TOO_LARGE: t('full') });
    setBusy(false);
  }
  return shown ? (
    <span className="inline-flex h-8 items-center gap-1.5 font-medium text-accent text-xs">
      <Eye size={15} aria-hidden />
      {t('shown')}
    </span>
  ) : (
    <Button size="small" busy={busy} onClick={() => void show()}>
      {t('show')}
    </Button>
  );
}

'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Suspense } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { ChatPanel } from '@/components/chat/chat-panel';
import { IconButton } from '@/components/ui/icon-button';
import { mayAct, mayPresent } from '@/room/policy';
import { useClassroom } from './classroom-context';
import type { PanelName } from './panels';
import { PeoplePanel } from './people-panel';
import { useRoom } from '@/components/room-log/use-room';
import { useMe } from '@/components/room-log/use-room';

const DocumentsPanel = lazyPart(async () => ({
  default: (await import('@/components/library/documents-panel')).DocumentsPanel,
}));

const MediaPanel = lazyPart(async () => ({
  default: (await import('@/components/player/media-panel')).MediaPanel,
}));

/** The one panel that is open: a column on the right, and on a phone the place under the stage. */
export function SidePanel({
  panel,
  onPanel,
  onClose,
}: {
  panel: PanelName;
  onPanel: (panel: PanelName) => void;
  onClose: () => void;
}) {
  const t = useTranslations('classroom.bar');
  const tp = useTranslations('classroom.panel');
  return (
    <aside
      aria-label={t(panel)}
      className="flex min-h-0 w-full flex-1 flex-col border-line bg-surface text-ink max-md:border-t md:w-[300px] md:flex-none md:border-l"
    >
      <header className="flex h-11 shrink-0 items-center justify-between border-line border-b pr-1.5 pl-4">
        {panel === 'documents' || panel === 'media' ? (
          <Things panel={panel} onPanel={onPanel} />
        ) : (
          <h2 className="font-semibold text-sm">{t(panel)}</h2>
        )}
        <IconButton label={tp('close')} size="small" onClick={onClose}>
          <X size={17} aria-hidden />
        </IconButton>
      </header>
      <div className={`min-h-0 flex-1 ${panel === 'chat' ? '' : 'overflow-y-auto overscroll-contain'}`}>
        <Content panel={panel} />
      </div>
    </aside>
  );
}

/** Documents and media: on a phone the bar has a place for one of them, and the other is a tap away. */
function Things({ panel, onPanel }: { panel: PanelName; onPanel: (panel: PanelName) => void }) {
  const t = useTranslations('classroom.bar');
  return (
    <h2 className="flex items-baseline gap-4 text-sm">
      {(['documents', 'media'] as const).map((name) =>
        name === panel ? (
          <span key={name} className="font-semibold">
            {t(name)}
          </span>
        ) : (
          <button
            key={name}
            type="button"
            onClick={() => onPanel(name)}
            className="-m-2 p-2 text-ink-2 hover:text-ink sm:hidden"
          >
            {t(name)}
          </button>
        ),
      )}
    </h2>
  );
}

function Content({ panel }: { panel: PanelName }) {
  const { roomId, hasAccount } = useClassroom();
  const t = useTranslations('ui');
  const { person: me } = useMe();
  const lesson = useRoom((view) => view.head.lesson);
  switch (panel) {
    case 'chat':
      return <ChatPanel roomId={roomId} me={me} live={mayAct({ lesson }, me)} />;
    case 'people':
      return <PeoplePanel />;
    case 'documents':
      return (
        <Suspense fallback={<p className="p-4 text-ink-2 text-sm">{t('loading')}</p>}>
          <DocumentsPanel roomId={roomId} mayPresent={mayPresent(me)} hasAccount={hasAccount} />
        </Suspense>
      );
    case 'media':
      return (
        <Suspense fallback={<p className="p-4 text-ink-2 text-sm">{t('loading')}</p>}>
          <MediaPanel mayPresent={mayPresent(me)} />
        </Suspense>
      );
  }
}

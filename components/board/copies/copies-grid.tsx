'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useClassroom } from '@/components/classroom/classroom-context';
import type { RoomLog } from '@/components/room-log/types';
import { useRoom } from '@/components/room-log/use-room';
import { useDocumentPages } from '@/components/stage/document-pages';
import type { PageGeometry } from '@/components/stage/page-geometry';
import { IconButton } from '@/components/ui/icon-button';
import { pageOfBoard } from '@/room/boards';
import { mayHaveCopy } from '@/room/policy';
import { MarksPicture } from '../marks-picture';
import { lookAt } from './copies-view';
import { useCopy } from './use-copies';

type Props = { log: RoomLog; boardId: string; geometry: PageGeometry };

/** Everybody's copy of the page side by side, as it is being drawn on. */
export function CopiesGrid(props: Props) {
  const t = useTranslations('layers');
  const people = useRoom((view) =>
    Object.values(view.head.people).filter((person) => mayHaveCopy(person) && !person.removed),
  );
  const sorted = people.toSorted((a, b) => a.name.localeCompare(b.name));
  // Of a page that is higher than wide, three rows of a class are seen at once.
  const upright = props.geometry.height > props.geometry.width;
  return (
    <section
      aria-label={t('grid')}
      className="pointer-events-auto absolute inset-0 z-10 flex flex-col bg-[oklch(17%_.01_265)] text-white"
    >
      <header className="flex h-12 shrink-0 items-center gap-2 px-3">
        <h2 className="min-w-0 flex-1 truncate font-medium text-sm">
          {t('gridTitle', { count: people.length })}
        </h2>
        <IconButton
          label={t('closeGrid')}
          onClick={() => lookAt({ gridOpen: false })}
          className="text-white! hover:bg-white/10!"
        >
          <X size={18} />
        </IconButton>
      </header>
      {people.length === 0 && <p className="px-3 text-sm text-white/70">{t('nobody')}</p>}
      <ul
        className={`grid min-h-0 flex-1 auto-rows-min gap-3 overflow-y-auto overscroll-contain p-3 pt-0 ${upright ? 'grid-cols-[repeat(auto-fill,minmax(min(9rem,45%),1fr))]' : 'grid-cols-[repeat(auto-fill,minmax(min(13rem,45%),1fr))]'}`}
      >
        {sorted.map(({ id, name, connections }) => (
          <Thumbnail key={id} {...props} participantId={id} name={name} here={connections.length > 0} />
        ))}
      </ul>
    </section>
  );
}

type ThumbnailProps = Props & { participantId: string; name: string; here: boolean };

function Thumbnail({ log, boardId, geometry, participantId, name, here }: ThumbnailProps) {
  const t = useTranslations('layers');
  const records = useCopy(log, boardId, participantId);
  const count = records?.filter(({ typeName }) => typeName === 'shape').length ?? 0;
  return (
    <li>
      <button
        type="button"
        aria-label={t('open', { name })}
        onClick={() => lookAt({ opened: participantId, gridOpen: false })}
        className="flex w-full flex-col gap-1.5 rounded-panel p-1.5 text-left hover:bg-white/8"
      >
        <span
          className="relative block w-full overflow-hidden rounded-sm bg-white"
          style={{ aspectRatio: `${geometry.width} / ${geometry.height}` }}
        >
          <PagePicture boardId={boardId} />
          <MarksPicture data-copy={participantId} records={records} width={geometry.width} />
        </span>
        <span className="flex w-full items-baseline gap-2 px-0.5 text-xs">
          <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
          <span className="shrink-0 text-white/65 tabular-nums">
            {here ? t('marks', { count }) : t('away')}
          </span>
        </span>
      </button>
    </li>
  );
}

/** The page that all copies are of; a blank board has none. */
function PagePicture({ boardId }: { boardId: string }) {
  const of = pageOfBoard(boardId);
  return of ? <DocumentPicture documentId={of.documentId} page={of.page} /> : null;
}

function DocumentPicture({ documentId, page }: { documentId: string; page: number }) {
  const { roomId } = useClassroom();
  const pages = useDocumentPages(roomId, documentId, page);
  const picture = pages.kind === 'ready' ? pages.document.pageAt(page)?.picture : null;
  // A signed address of the files origin: Next's own images would fetch it by the server.
  // oxlint-disable-next-line nextjs/no-img-element
  return picture ? <img src={picture} alt="" className="absolute inset-0 size-full" /> : null;
}

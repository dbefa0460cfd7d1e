'use client';

import { Suspense, useCallback, useRef, useState } from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { useMe, useRoom } from '@/components/room-log/use-room';
import { pageBoardId } from '@/room/boards';
import { copiesOf, mayHaveCopy } from '@/room/policy';
import type { OpenDocument } from '@/room/state';
import type { Marked } from './find-words';
import { LookingAround } from './looking-around';
import type { Opened } from './page-actions';
import { PageBar } from './page-bar';
import { ZOOM_STEP, zoomViewport } from './page-geometry';
import { StageBoard } from './stage-board';
import { StageDocument } from './stage-document';
import type { FullScreen } from './use-full-screen';
import { usePageKeys } from './use-page-keys';
import { useSheet } from './use-sheet';
import type { StageView } from './use-stage-view';

const FindBar = lazyPart(async () => ({ default: (await import('./find-bar')).FindBar }));
const PagePicker = lazyPart(async () => ({ default: (await import('./page-picker')).PagePicker }));

type Props = {
  roomId: string;
  view: StageView;
  document: OpenDocument;
  compact: boolean;
  fullScreen: FullScreen;
};

/** A document with all that one does with it: its page and the marks on it, its bar, its pages at a glance, finding words. */
export function DocumentOnStage({ roomId, view, document, compact, fullScreen }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const sheet = useSheet(frame, roomId, document, view.viewport);
  const [opened, setOpened] = useState<Opened>(null);
  const [marked, setMarked] = useState<Marked | null>(null);
  // Who may draw puts the pen away to select text and to follow links.
  const [reading, setReading] = useState(false);
  const penAway = reading || compact;
  const boardId = pageBoardId(document.id, document.page);
  const { person: me, rights } = useMe();
  const hasCopy = useRoom(({ head }) => mayHaveCopy(me) && copiesOf(head, boardId) === 'open');
  const canDraw = rights.draw || hasCopy;
  const draws = canDraw && !penAway;
  const hasPdf = sheet.pages.kind === 'ready' && sheet.pages.document.hasPdf;
  const open = (what: Opened) => setOpened(opened === what ? null : what);
  const closeFind = useCallback(() => {
    setOpened(null);
    setMarked(null);
  }, []);

  usePageKeys({
    turn: {
      step: (pages) => view.turn(document.page + pages),
      toEnd: (end) => view.turn(end === 'first' ? 1 : document.pageCount),
    },
    zoom: (direction) =>
      view.move(direction === 0 ? null : zoomViewport(view.viewport, ZOOM_STEP ** direction)),
    find: hasPdf && !compact ? () => setOpened('find') : null,
    fullScreen: () => fullScreen?.toggle(),
  });

  return (
    <>
      {/* On a phone the search has a place of its own: it would lie on what it finds. */}
      <div className={`relative min-h-0 flex-1 overflow-hidden ${opened === 'find' ? 'max-sm:pt-14' : ''}`}>
        <StageDocument
          ref={frame}
          roomId={roomId}
          document={document}
          sheet={sheet}
          view={view}
          readable={!draws}
          reading={reading}
          marked={opened === 'find' ? marked : null}
          renderOverlay={(geometry, above) => (
            <StageBoard
              boardId={boardId}
              geometry={geometry}
              above={above}
              mayDraw={rights.draw}
              penAway={penAway}
            />
          )}
        />
        <LookingAround view={view} />
        <Suspense>
          {opened === 'find' && (
            <FindBar
              roomId={roomId}
              document={document}
              onTurn={view.turn}
              onMark={setMarked}
              onClose={closeFind}
            />
          )}
          {opened === 'picker' && sheet.pages.kind === 'ready' && (
            <PagePicker
              document={document}
              pages={sheet.pages.document}
              onLook={sheet.pages.look}
              onPick={view.turn}
              onClose={() => setOpened(null)}
            />
          )}
        </Suspense>
      </div>
      <PageBar
        document={document}
        view={view}
        sheet={sheet}
        opened={opened}
        onOpen={open}
        reading={canDraw && hasPdf && !compact ? reading : null}
        onRead={setReading}
        reserved={draws}
        compact={compact}
        fullScreen={fullScreen}
      />
    </>
  );
}

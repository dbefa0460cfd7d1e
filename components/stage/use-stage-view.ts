'use client';

import { useEffect, useMemo, useState } from 'react';
import { useMe, useRoom, useRoomLog } from '@/components/room-log/use-room';
import { mayLookAround } from '@/room/policy';
import type { OpenDocument, RoomState, Rotation, Stage, Viewport } from '@/room/state';
import { fitsWidth, opposite, rotatePart } from './page-geometry';
import { createThrottle } from './throttle';

/** The presenter's view goes to everyone five times a second at most (DESIGN L9). */
const SEND_EVERY_MS = 200;
const SETTLE_MS = 600;

/** What somebody looks at by themselves. */
type Looked = { stage: Stage; page: number; viewport: Viewport | null };

export type StageView = {
  presenting: boolean;
  /** Whether this viewer may turn pages, zoom and change tabs: for everyone who presents, else for oneself. */
  mayMove: boolean;
  /** They do not look at what the presenter shows. */
  looking: boolean;
  stage: Stage;
  /** The document on this viewer's stage, with the page that they look at. */
  document: OpenDocument | null;
  /** The part of the page that they look at; null: the whole page. */
  viewport: Viewport | null;
  show(stage: Stage): void;
  /** A page that is not there is not turned to. */
  turn(page: number): void;
  move(viewport: Viewport | null): void;
  /** For everyone: presenters alone. */
  rotate(rotation: Rotation): void;
  /** Back to what the presenter shows. */
  follow(): void;
};

/** What this viewer's stage shows, and how they change it: a presenter moves everyone, somebody else looks around alone. */
export function useStageView(): StageView {
  const { mayPresent: presenting } = useMe();
  const head = useSharedStage();
  const [looked, setLooked] = useState<Looked | null>(null);
  const mayMove = presenting || mayLookAround(head);
  const looking = !presenting && mayMove && looked && isOpen(head, looked.stage) ? looked : null;
  // Once it is not possible any more it is over, and does not come back by itself.
  if (looked && !looking) setLooked(null);

  const stage = looking?.stage ?? head.stage;
  const open = documentOn(head, stage);
  const document = open && looking ? { ...open, page: Math.min(looking.page, open.pageCount) } : open;
  const pageKey = pageKeyOf(stage, document);
  const [draft, setDraft] = useDraft();
  const leading = presenting && draft?.pageKey === pageKey ? draft.viewport : head.viewport;
  const shown = { stage, document, viewport: looking ? looking.viewport : leading };
  const forAll = usePresenterVerbs(shown, (viewport) => setDraft({ pageKey, viewport }));
  return {
    presenting,
    mayMove,
    looking: looking !== null,
    ...shown,
    ...(presenting ? forAll : verbsOfOne(head, shown, mayMove, setLooked)),
    follow: () => setLooked(null),
  };
}

type Shared = Pick<RoomState, 'documents' | 'boards' | 'stage' | 'viewport' | 'lookAround'>;
type Shown = Pick<StageView, 'stage' | 'document' | 'viewport'>;
type Verbs = Pick<StageView, 'show' | 'turn' | 'move' | 'rotate'>;

function useSharedStage(): Shared {
  return useRoom(({ head: { documents, boards, stage, viewport, lookAround } }) => ({
    documents,
    boards,
    stage,
    viewport,
    lookAround,
  }));
}

/** What a presenter does, everyone follows. `lead` shows it here before the log has it. */
function usePresenterVerbs(
  { stage, document, viewport }: Shown,
  lead: (viewport: Viewport | null) => void,
): Verbs {
  const log = useRoomLog();
  const moves = useMoves();
  return {
    show: (next) => void log.send({ type: 'stage.show', payload: { stage: next } }),
    turn(page) {
      if (!document || !isOtherPage(document, page)) return;
      // What was still to be said of the page before is not about this one.
      moves.cancel();
      const first = widthOfNext(viewport, document.rotation);
      const payload = { documentId: document.id, page, ...(first && { viewport: first }) };
      void log.send({ type: 'page.turn', payload });
    },
    move(next) {
      if (!canMoveOn(stage)) return;
      lead(next);
      moves.push(next);
    },
    rotate(rotation) {
      if (document)
        void log.send({ type: 'document.rotate', payload: { documentId: document.id, rotation } });
    },
  };
}

/** What somebody does who does not present is seen by them alone, and where they may not look around, not at all. */
function verbsOfOne(
  head: Shared,
  { stage, document, viewport }: Shown,
  may: boolean,
  setLooked: (looked: Looked | null) => void,
): Verbs {
  const look = (change: Partial<Looked>) => {
    if (may) setLooked({ stage, page: document?.page ?? 1, viewport, ...change });
  };
  return {
    show(next) {
      if (isSameTab(stage, next)) return;
      if (isSameTab(head.stage, next)) return setLooked(null);
      const page = documentOn(head, next)?.page ?? 1;
      if (isOpen(head, next)) look({ stage: next, page, viewport: partOf(head, next) });
    },
    turn(page) {
      if (document && isOtherPage(document, page))
        look({ page, viewport: widthOfNext(viewport, document.rotation) });
    },
    move(next) {
      if (canMoveOn(stage)) look({ viewport: next });
    },
    rotate: () => undefined,
  };
}

function isOtherPage({ page, pageCount }: OpenDocument, wanted: number): boolean {
  return wanted >= 1 && wanted <= pageCount && wanted !== page;
}

/** Who reads a page's whole width begins the next one at its top. */
function widthOfNext(viewport: Viewport | null, rotation: Rotation = 0): Viewport | null {
  if (!viewport || !fitsWidth(viewport, rotation)) return null;
  return rotatePart({ ...rotatePart(viewport, rotation), x: 0, y: 0 }, opposite(rotation));
}

type Draft = { pageKey: string; viewport: Viewport | null };

/** One's own gesture leads the log by a moment; after it, the log is right. */
function useDraft() {
  const [draft, setDraft] = useState<Draft | null>(null);
  useEffect(() => {
    if (!draft) return undefined;
    const timer = setTimeout(() => setDraft(null), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return [draft, setDraft] as const;
}

function useMoves() {
  const log = useRoomLog();
  const throttle = useMemo(
    () =>
      createThrottle<Viewport | null>(SEND_EVERY_MS, (viewport) => {
        void log.send({ type: 'viewport.move', payload: { viewport } });
      }),
    [log],
  );
  useEffect(() => () => throttle.cancel(), [throttle]);
  return throttle;
}

function documentOn({ documents }: Pick<RoomState, 'documents'>, stage: Stage): OpenDocument | null {
  if (stage.kind !== 'document') return null;
  return documents.find(({ id }) => id === stage.documentId) ?? null;
}

/** What has a part that can be looked at alone: a page, or a blank board. */
function canMoveOn({ kind }: Stage): boolean {
  return kind === 'document' || kind === 'board';
}

/** The part that the presenter looked at last. */
function partOf(head: Shared, stage: Stage): Viewport | null {
  const board = stage.kind === 'board' && head.boards.find(({ id }) => id === stage.boardId);
  return (board || documentOn(head, stage))?.viewport ?? null;
}

function pageKeyOf(stage: Stage, document: OpenDocument | null): string {
  if (document) return `${document.id}/${document.page}`;
  return stage.kind === 'board' ? stage.boardId : '';
}

function isSameTab(one: Stage, other: Stage): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isOpen({ documents, boards }: Pick<RoomState, 'documents' | 'boards'>, stage: Stage): boolean {
  if (stage.kind === 'document') return documents.some(({ id }) => id === stage.documentId);
  return stage.kind === 'board' && boards.some(({ id }) => id === stage.boardId);
}

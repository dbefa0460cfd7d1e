'use client';

import { Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import {
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { lazyPart } from '@/components/ui/lazy-part';
import { useDataChannel } from '@/components/classroom/media/data-channel';
import type { RoomLog } from '@/components/room-log/types';
import { useDrawingRefusalSentence } from '@/components/drawing-refusal-sentence';
import { useLasting } from '@/components/ui/use-lasting';
import type { PageGeometry } from '@/components/stage/page-geometry';
import type { BoardRecord, Layer } from '@/room/boards';
import { BoardSession } from './board-session';
import type { BoardTools } from './board-tools';
import { FirstMarks } from './first-marks';
import { LiveOverlay } from './live-overlay';
import { StrokeClock } from './stroke-clock';
import { ToolsPortal } from './tools-slot';

/** What draws a board: large, so it comes when there is something to draw. */
export const loadTldraw = () => import('./tldraw/tldraw-canvas');
const TldrawCanvas = lazyPart(async () => ({ default: (await loadTldraw()).TldrawCanvas }));
const ToolRow = lazyPart(async () => ({ default: (await import('./tool-row')).ToolRow }));

export type BoardLayerProps = {
  log: RoomLog;
  boardId: string;
  layer: Layer;
  /** Where the page lies; page units are the board's coordinates. */
  geometry: PageGeometry;
  /** Puts what is to be read where it stands upright however the page lies. */
  upright: (children: ReactNode) => ReactNode;
  /** Without the right to draw the board lets every gesture through to what lies below. */
  canDraw: boolean;
};

/**
 * One layer of a board over its page: the marks that stand in the log, and those that others are making now. tldraw is
 * fetched when there is something to show or one may draw, else when the browser has nothing to do.
 */
export function BoardLayer({ log, boardId, layer, geometry, upright, canDraw }: BoardLayerProps) {
  const channel = useDataChannel();
  const [refusal, setRefusal] = useState<string | null>(null);
  const board = useBoard(log, boardId, layer, setRefusal);
  const [tools, setTools] = useState<BoardTools | null>(null);
  const hasMarks = useHasMarks(board?.session ?? null);
  const [mounted, setMounted] = useState(false);
  useWhenIdle(loadTldraw);
  if (!mounted && (canDraw || hasMarks)) setMounted(true);
  if (!board) return null;
  return (
    <div className="pointer-events-none absolute inset-0" data-board={boardId} data-layer={layer}>
      <FirstMarks session={board.session} geometry={geometry} />
      {mounted && (
        <Suspense>
          <div className="contents *:pointer-events-auto *:not-data-[drawable=true]:pointer-events-none">
            <TldrawCanvas
              log={log}
              session={board.session}
              clock={board.clock}
              channel={channel}
              geometry={geometry}
              canDraw={canDraw}
              onTools={setTools}
            />
          </div>
        </Suspense>
      )}
      <LiveOverlay log={log} session={board.session} channel={channel} geometry={geometry} />
      {canDraw && (
        <ToolsPortal>
          <Suspense>
            <ToolRow tools={tools} />
          </Suspense>
        </ToolsPortal>
      )}
      {upright(<Notes session={board.session} refusal={refusal} onOver={() => setRefusal(null)} />)}
    </div>
  );
}

type Board = { session: BoardSession; clock: StrokeClock };

function useBoard(
  log: RoomLog,
  boardId: string,
  layer: Layer,
  onRefused: (code: string) => void,
): Board | null {
  const [board, setBoard] = useState<Board | null>(null);
  // Before paint: the marks of one page are never seen on another.
  useLayoutEffect(() => {
    const clock = new StrokeClock();
    const now = () => performance.now();
    const timingOf = (record: BoardRecord) => clock.timingOf(record, now());
    const forgetTiming = (record: BoardRecord) => clock.forget(record);
    const session = new BoardSession({ log, boardId, layer, now, timingOf, forgetTiming, onRefused });
    void session.open();
    // A session is opened and closed, so it cannot be made while rendering.
    setBoard({ session, clock });
    const stop = log.onHide(() => session.handOver());
    return () => {
      stop();
      // What shows the board lets go of it first, and may have a last stroke to hand over.
      setTimeout(() => session.close(), 0);
    };
  }, [log, boardId, layer, onRefused]);
  return board;
}

function useHasMarks(session: BoardSession | null): boolean {
  return useSyncExternalStore(
    (listener) => session?.subscribe(listener) ?? (() => undefined),
    () => Boolean(session && !session.isEmpty()),
    () => false,
  );
}

function useWhenIdle(task: () => Promise<unknown>) {
  useEffect(() => {
    if (typeof requestIdleCallback !== 'function') return undefined;
    const handle = requestIdleCallback(() => void task());
    return () => cancelIdleCallback(handle);
  }, [task]);
}

/** A mark that is taken at once never said that it was not; ms. */
const PATIENCE_MS = 2500;

/** What the board has to say about one's own marks: that they were not kept, for a few seconds, or not sent yet. */
function Notes({
  session,
  refusal,
  onOver,
}: {
  session: BoardSession;
  refusal: string | null;
  onOver: () => void;
}) {
  const t = useTranslations('board');
  const sentenceOf = useDrawingRefusalSentence();
  useEffect(() => {
    if (!refusal) return undefined;
    const timer = setTimeout(onOver, 5000);
    return () => clearTimeout(timer);
  }, [refusal, onOver]);
  const unsent = useUnsent(session);
  const look =
    'flex items-center gap-1.5 rounded-control bg-surface px-3 py-1.5 text-ink text-sm shadow-float';
  return (
    <output className="absolute inset-x-0 top-3 flex max-sm:top-14 flex-col items-center gap-1.5 px-3">
      {refusal && <p className={look}>{sentenceOf(refusal)}</p>}
      {unsent > 0 && (
        <p className={look}>
          <Clock size={15} aria-hidden className="shrink-0 text-ink-3" />
          {t('unsent', { count: unsent })}
        </p>
      )}
    </output>
  );
}

/** How many of one's own marks wait, once that lasts; 0 while all goes its way. */
function useUnsent(session: BoardSession): number {
  const subscribe = useCallback((listener: () => void) => session.subscribe(listener), [session]);
  const records = useSyncExternalStore(subscribe, () => session.unsent?.records ?? 0);
  const flight = useSyncExternalStore(subscribe, () => session.unsent?.flight ?? null);
  return useLasting(flight, PATIENCE_MS) ? records : 0;
}

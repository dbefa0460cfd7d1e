'use client';

import { useEffect, useRef, useState } from 'react';
import type { DataChannel } from '@/components/classroom/media/data-channel';
import type { RoomLog } from '@/components/room-log/types';
import type { PageGeometry } from '@/components/stage/page-geometry';
import type { BoardRecord } from '@/room/boards';
import { rightsOf } from '@/room/policy';
import type { BoardSession } from './board-session';
import { inkOf } from './ink';
import { decodeCursor, decodeStroke } from './live-packets';
import { CURSOR_TOPIC, STROKE_TOPIC } from './live-sender';
import { type LiveStroke, LiveStrokes } from './live-strokes';
import { paintStroke } from './paint-stroke';

type Props = { log: RoomLog; session: BoardSession; channel: DataChannel; geometry: PageGeometry };

/** What others are doing on this board right now: strokes while the pen is down, and cursors. Needs no tldraw. */
export function LiveOverlay(props: Props) {
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      <StrokesCanvas {...props} />
      <Cursors {...props} />
    </div>
  );
}

/** The sender's word for it does not count: only who may draw is shown drawing. */
function mayDraw(log: RoomLog, participantId: string): boolean {
  const { head } = log.getView();
  const person = head.people[participantId];
  return person !== undefined && rightsOf(head, person).draw;
}

function StrokesCanvas({ log, session, channel, geometry }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const place = useRef(geometry);
  const redraw = useRef<() => void>(() => undefined);
  const { onMessage } = channel;

  useEffect(() => {
    const strokes = new LiveStrokes();
    const painter = createPainter(strokes, () => ({ canvas: canvas.current, geometry: place.current }));
    redraw.current = painter.request;
    // Until the committed shape can be shown, its preview stays.
    let unseen: BoardRecord[] = [];
    const commit = (records: readonly BoardRecord[]) => {
      for (const record of records) strokes.commit(record, performance.now());
      painter.request();
    };
    const stops = [
      onMessage(STROKE_TOPIC, (bytes, from) => {
        const packet = decodeStroke(bytes);
        if (packet?.boardId !== session.boardId || !mayDraw(log, from)) return;
        if (strokes.receive(packet, from, performance.now())) painter.request();
      }),
      session.onRecords((put, removed) => {
        if (session.hasDisplay) commit(put);
        else unseen.push(...put);
        for (const id of removed) strokes.remove(id);
        painter.request();
      }),
      log.subscribe(() => {
        if (strokes.keepOnlyOf((author) => mayDraw(log, author))) painter.request();
      }),
      session.subscribe(() => {
        if (!session.hasDisplay || unseen.length === 0) return;
        commit(unseen);
        unseen = [];
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      painter.stop();
    };
  }, [session, onMessage, log]);

  useEffect(() => {
    place.current = geometry;
    redraw.current();
  }, [geometry]);

  return <canvas ref={canvas} data-live-strokes="" className="size-full" />;
}

/** Paints at most once a frame, and again when a stroke's time is over. */
function createPainter(
  strokes: LiveStrokes,
  get: () => { canvas: HTMLCanvasElement | null; geometry: PageGeometry },
) {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const paint = () => {
    frame = 0;
    const { canvas, geometry } = get();
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio].map(Math.round);
    if (canvas.width !== width) canvas.width = width ?? 0;
    if (canvas.height !== height) canvas.height = height ?? 0;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const scale = geometry.scale * ratio;
    context.setTransform(scale, 0, 0, scale, geometry.offsetX * ratio, geometry.offsetY * ratio);
    const now = performance.now();
    const current = strokes.current(now);
    for (const stroke of current) paintLive(context, stroke);
    canvas.dataset.strokes = String(current.length);
    const next = strokes.nextChange();
    if (timer) clearTimeout(timer);
    timer = next === null ? null : setTimeout(request, Math.max(20, next - now));
  };
  const request = () => {
    frame ||= requestAnimationFrame(paint);
  };
  return {
    request,
    stop() {
      cancelAnimationFrame(frame);
      if (timer) clearTimeout(timer);
    },
  };
}

function paintLive(context: CanvasRenderingContext2D, stroke: LiveStroke) {
  const { kind, color, size, scale, x, y } = stroke;
  const points = stroke.points
    .slice(stroke.committed)
    .map((point) => point && { x: x + point.x, y: y + point.y });
  paintStroke(context, inkOf(kind, color, size, scale), points);
}

/** A cursor that has not moved is taken off after this time, ms. */
const CURSOR_STAYS_MS = 4000;
type Cursor = { participantId: string; name: string; x: number; y: number };

function Cursors({ log, session, channel, geometry }: Props) {
  const [cursors, setCursors] = useState<readonly Cursor[]>([]);
  const { onMessage } = channel;
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const take = (participantId: string, cursor: Cursor | null) => {
      clearTimeout(timers.get(participantId));
      if (cursor)
        timers.set(
          participantId,
          setTimeout(() => take(participantId, null), CURSOR_STAYS_MS),
        );
      setCursors((before) => {
        const others = before.filter((one) => one.participantId !== participantId);
        return cursor ? [...others, cursor] : others;
      });
    };
    const stop = onMessage(CURSOR_TOPIC, (bytes, from) => {
      const packet = decodeCursor(bytes);
      const name = log.getView().head.people[from]?.name;
      if (packet?.boardId !== session.boardId || !name || !mayDraw(log, from)) return;
      take(from, packet.at && { participantId: from, name, ...packet.at });
    });
    return () => {
      stop();
      for (const timer of timers.values()) clearTimeout(timer);
      setCursors([]);
    };
  }, [session, onMessage, log]);
  return cursors.map(({ participantId, name, x, y }) => (
    <div
      key={participantId}
      data-cursor={participantId}
      className="absolute top-0 left-0 transition-transform duration-75 ease-linear motion-reduce:transition-none"
      style={{
        transform: `translate(${geometry.offsetX + x * geometry.scale}px, ${geometry.offsetY + y * geometry.scale}px)`,
      }}
    >
      <svg width="14" height="18" viewBox="0 0 14 18" className="fill-accent stroke-white">
        <path d="M1 1v13l3.5-3 2.2 5.3 2.2-1-2.2-5H12z" strokeLinejoin="round" />
      </svg>
      <span className="ml-2 block w-max max-w-32 truncate rounded-control bg-accent px-1.5 text-on-accent text-xs">
        {name}
      </span>
    </div>
  ));
}

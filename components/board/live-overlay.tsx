'use client';

import { useEffect, useRef, useState } from 'react';
import type { DataChannel } from '@/components/classroom/media/data-channel';
import type { RoomLog } from '@/components/room-log/types';
import type { PageGeometry } from '@/components/stage/page-geometry';
import type { BoardRecord } from '@/room/boards';
import { mayDraw as mayDrawIn } from '@/room/policy';
import type { BoardSession } from './board-session';
import { inkOf } from './ink';
import { LaserTrails } from './laser-trails';
import { decodeCursor, decodeLaser, decodeStroke } from './live-packets';
import { CURSOR_TOPIC, LASER_TOPIC, STROKE_TOPIC } from './live-sender';
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
function mayDraw(log: RoomLog, session: BoardSession, participantId: string): boolean {
  const { head } = log.getView();
  const person = head.people[participantId];
  return person !== undefined && mayDrawIn(head, person, session);
}

function isOf(packet: { boardId: string; layer: string } | null, session: BoardSession): boolean {
  return packet?.boardId === session.boardId && packet.layer === session.layer;
}

function StrokesCanvas({ log, session, channel, geometry }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const place = useRef(geometry);
  const redraw = useRef<() => void>(() => undefined);
  const { onMessage } = channel;

  useEffect(() => {
    const strokes = new LiveStrokes();
    const lasers = new LaserTrails();
    const painter = createPainter({ strokes, lasers }, () => ({
      canvas: canvas.current,
      geometry: place.current,
    }));
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
        if (!packet || !isOf(packet, session) || !mayDraw(log, session, from)) return;
        if (strokes.receive(packet, from, performance.now())) painter.request();
      }),
      onMessage(LASER_TOPIC, (bytes, from) => {
        const packet = decodeLaser(bytes);
        if (!packet || !isOf(packet, session) || !mayDraw(log, session, from)) return;
        lasers.receive(packet.points, from, performance.now());
        painter.request();
      }),
      session.onRecords((put, removed) => {
        if (session.hasDisplay) commit(put);
        else unseen.push(...put);
        for (const id of removed) strokes.remove(id);
        painter.request();
      }),
      log.subscribe(() => {
        if (strokes.keepOnlyOf((author) => mayDraw(log, session, author))) painter.request();
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
  { strokes, lasers }: { strokes: LiveStrokes; lasers: LaserTrails },
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
    const shining = lasers.fade(now);
    if (shining) lasers.paint(context, now, geometry.scale);
    canvas.dataset.laser = String(shining);
    if (shining) request();
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

/** A cursor that has not moved fades after this time, ms, and is taken off when it has. */
const CURSOR_STAYS_MS = 3000;
const CURSOR_FADES_MS = 700;
type Cursor = { participantId: string; name: string; x: number; y: number; fading?: true };

function Cursors({ log, session, channel, geometry }: Props) {
  const [cursors, setCursors] = useState<readonly Cursor[]>([]);
  const { onMessage } = channel;
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const take = (participantId: string, cursor: Cursor | null) => {
      clearTimeout(timers.get(participantId));
      if (cursor) {
        const next = cursor.fading ? null : ({ ...cursor, fading: true } as const);
        const wait = cursor.fading ? CURSOR_FADES_MS : CURSOR_STAYS_MS;
        timers.set(
          participantId,
          setTimeout(() => take(participantId, next), wait),
        );
      }
      setCursors((before) => {
        const others = before.filter((one) => one.participantId !== participantId);
        return cursor ? [...others, cursor] : others;
      });
    };
    const stop = onMessage(CURSOR_TOPIC, (bytes, from) => {
      const packet = decodeCursor(bytes);
      const name = log.getView().head.people[from]?.name;
      if (!packet || !isOf(packet, session) || !name || !mayDraw(log, session, from)) return;
      take(from, packet.at && { participantId: from, name, ...packet.at });
    });
    return () => {
      stop();
      for (const timer of timers.values()) clearTimeout(timer);
      setCursors([]);
    };
  }, [session, onMessage, log]);
  return cursors.map(({ participantId, name, x, y, fading }) => (
    <div
      key={participantId}
      data-cursor={participantId}
      className={`absolute top-0 left-0 ease-linear motion-reduce:transition-none ${fading ? 'opacity-0 transition-opacity duration-700' : 'transition-transform duration-75'}`}
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

import { type RefObject, useEffect, useRef } from 'react';
import type { Viewport } from '@/room/state';
import {
  opposite,
  type PageGeometry,
  panViewport,
  pointOnTable,
  rotatePoint,
  zoomOf,
  zoomViewport,
} from './page-geometry';

/** A wheel's step of 100 zooms by a quarter. */
const WHEEL_ZOOM = 0.0022;
const LINE_PX = 16;

type Moving = {
  geometry: PageGeometry | null;
  viewport: Viewport | null;
  onMove?: (viewport: Viewport | null) => void;
};

/**
 * Zooms by Ctrl and wheel or by two fingers, and moves a zoomed page by wheel, two fingers, or, where nothing above takes the
 * pointer, by dragging. Listens before what lies on the page, so that a pen does not draw what was meant as a pinch.
 */
export function usePageGestures(frame: RefObject<HTMLElement | null>, moving: Moving): void {
  const latest = useRef(moving);
  const told = useRef(moving.onMove);
  useEffect(() => {
    latest.current = moving;
    told.current = moving.onMove;
  });
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const stopping = new AbortController();
    const options = { capture: true, passive: false, signal: stopping.signal };
    // Several moves may come before the next rendering: each goes on from the one before it.
    const onMove = (viewport: Viewport | null) => {
      latest.current = { ...latest.current, viewport };
      told.current?.(viewport);
    };
    const now = () => ({ ...latest.current, onMove: told.current && onMove });
    element.addEventListener('wheel', (event) => onWheel(event, element, now()), options);
    listenToPinch(element, now, options);
    listenToDrag(element, now, stopping.signal);
    return () => stopping.abort();
  }, [frame]);
}

function onWheel(event: WheelEvent, frame: HTMLElement, { geometry, viewport, onMove }: Moving): void {
  if (!geometry || !onMove) return;
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
  if (event.ctrlKey || event.metaKey) {
    take(event);
    onMove(
      zoomViewport(viewport, Math.exp(-event.deltaY * unit * WHEEL_ZOOM), pointOf(event, frame, geometry)),
    );
  } else if (viewport) {
    take(event);
    const [dx, dy] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
    onMove(moveBy(viewport, geometry, dx * unit, dy * unit));
  }
}

function take(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/** Fractions of the page under a pointer. */
function pointOf(at: { clientX: number; clientY: number }, frame: HTMLElement, geometry: PageGeometry) {
  const box = frame.getBoundingClientRect();
  const on = pointOnTable({ x: at.clientX - box.left, y: at.clientY - box.top }, box, geometry.rotation);
  return {
    x: clamp01((on.x - geometry.offsetX) / (geometry.width * geometry.scale)),
    y: clamp01((on.y - geometry.offsetY) / (geometry.height * geometry.scale)),
  };
}

function moveBy(
  viewport: Viewport | null,
  { width, height, scale, rotation = 0 }: PageGeometry,
  dx: number,
  dy: number,
) {
  const { x, y } = rotatePoint({ x: dx, y: dy }, opposite(rotation));
  return panViewport(viewport, x / (width * scale), y / (height * scale));
}

type Pinch = { distance: number; x: number; y: number; viewport: Viewport | null; geometry: PageGeometry };

function listenToPinch(frame: HTMLElement, now: () => Moving, options: AddEventListenerOptions): void {
  let start: Pinch | null = null;
  frame.addEventListener(
    'touchstart',
    (event) => {
      const { geometry, viewport, onMove } = now();
      if (event.touches.length !== 2 || !geometry || !onMove) return;
      take(event);
      start = { ...middle(event.touches), viewport, geometry };
    },
    options,
  );
  frame.addEventListener(
    'touchmove',
    (event) => {
      if (!start || event.touches.length !== 2) return;
      take(event);
      const at = middle(event.touches);
      const about = pointOf({ clientX: start.x, clientY: start.y }, frame, start.geometry);
      const zoomed = zoomViewport(start.viewport, at.distance / start.distance, about);
      const factor = zoomOf(zoomed) / zoomOf(start.viewport);
      const geometry = { ...start.geometry, scale: start.geometry.scale * factor };
      now().onMove?.(moveBy(zoomed, geometry, start.x - at.x, start.y - at.y));
    },
    options,
  );
  const end = (event: TouchEvent) => {
    if (event.touches.length < 2) start = null;
  };
  frame.addEventListener('touchend', end, options);
  frame.addEventListener('touchcancel', end, options);
}

function middle(touches: TouchList) {
  const [a, b] = [touches[0], touches[1]];
  if (!a || !b) return { distance: 1, x: 0, y: 0 };
  return {
    distance: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
  };
}

/** One finger or the mouse, where the board lets it through: that is, for somebody who does not draw. */
function listenToDrag(frame: HTMLElement, now: () => Moving, signal: AbortSignal): void {
  let last: { id: number; x: number; y: number } | null = null;
  frame.addEventListener(
    'pointerdown',
    (event) => {
      const { viewport, onMove } = now();
      if (!viewport || !onMove || event.defaultPrevented || event.button !== 0 || event.target !== frame)
        return;
      last = { id: event.pointerId, x: event.clientX, y: event.clientY };
      frame.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  frame.addEventListener(
    'pointermove',
    (event) => {
      const { geometry, viewport, onMove } = now();
      if (!last || last.id !== event.pointerId || !geometry || !onMove) return;
      onMove(moveBy(viewport, geometry, last.x - event.clientX, last.y - event.clientY));
      last = { id: event.pointerId, x: event.clientX, y: event.clientY };
    },
    { signal },
  );
  const end = () => {
    last = null;
  };
  frame.addEventListener('pointerup', end, { signal });
  frame.addEventListener('pointercancel', end, { signal });
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

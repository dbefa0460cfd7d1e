import type { Viewport } from '@/room/state';

/**
 * Where a page lies on the stage. Page units are PDF points; a page point (x, y) is at CSS pixel
 * `(offsetX + x × scale, offsetY + y × scale)` from the stage's top left corner.
 */
export type PageGeometry = {
  /** Page size in page units. */
  width: number;
  height: number;
  /** CSS pixels a page unit. */
  scale: number;
  offsetX: number;
  offsetY: number;
};

export type Size = { width: number; height: number };

/** Free pixels around a page that is shown whole. */
const MARGIN = 12;
export const MAX_ZOOM = 8;
const WHOLE: Viewport = { x: 0, y: 0, width: 1, height: 1 };

/** Places a page on a stage so that the viewport (null: the whole page) is seen in full, as large as possible, in the middle. */
export function placePage(page: Size, stage: Size, viewport: Viewport | null): PageGeometry {
  const part = viewport ?? WHOLE;
  const margin = viewport ? 0 : MARGIN;
  const scale = Math.max(
    0.01,
    Math.min(
      (stage.width - 2 * margin) / (part.width * page.width),
      (stage.height - 2 * margin) / (part.height * page.height),
    ),
  );
  return {
    width: page.width,
    height: page.height,
    scale,
    offsetX: place(stage.width, page.width * scale, part.x + part.width / 2),
    offsetY: place(stage.height, page.height * scale, part.y + part.height / 2),
  };
}

/** A page that fits is centred; one that does not has no gap at its ends. */
function place(room: number, length: number, centre: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, room / 2 - centre * length));
}

/** Zoom of a viewport in relation to the whole page: 1 is fit. */
export function zoomOf(viewport: Viewport | null): number {
  return viewport ? 1 / Math.max(viewport.width, viewport.height) : 1;
}

/** Zooms by a factor about a point of the page (fractions; the viewport's middle if not given). Null when all is seen. */
export function zoomViewport(
  viewport: Viewport | null,
  factor: number,
  about?: { x: number; y: number },
): Viewport | null {
  const from = viewport ?? WHOLE;
  const zoom = Math.min(MAX_ZOOM, zoomOf(viewport) * factor);
  if (zoom <= 1.001) return null;
  const size = 1 / zoom;
  const at = about ?? { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  // The point keeps its place within the part that is seen.
  return {
    x: clamp(at.x - ((at.x - from.x) / from.width) * size, 1 - size),
    y: clamp(at.y - ((at.y - from.y) / from.height) * size, 1 - size),
    width: size,
    height: size,
  };
}

/** Moves a viewport by fractions of the page. The whole page does not move. */
export function panViewport(viewport: Viewport | null, dx: number, dy: number): Viewport | null {
  if (!viewport) return null;
  return {
    ...viewport,
    x: clamp(viewport.x + dx, 1 - viewport.width),
    y: clamp(viewport.y + dy, 1 - viewport.height),
  };
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, max), Math.max(0, value));
}

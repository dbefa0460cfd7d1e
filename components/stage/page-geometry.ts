import type { Rotation, Viewport } from '@/room/state';

/**
 * Where a page lies on its table: the box that is rotated as a whole, so that what is on it (picture, text, marks) need not know
 * of the rotation. Page units are PDF points; a page point (x, y) is at CSS pixel `(offsetX + x × scale, offsetY + y × scale)`
 * from the table's top left corner. Without a rotation the table is the stage.
 */
export type PageGeometry = {
  /** Page size in page units. */
  width: number;
  height: number;
  /** CSS pixels a page unit. */
  scale: number;
  offsetX: number;
  offsetY: number;
  /** Degrees clockwise by which the table is rotated about its middle; absent: 0. */
  rotation?: Rotation;
};

export type Size = { width: number; height: number };
export type Box = Size & { left: number; top: number };
type Point = { x: number; y: number };

/** Free pixels around a page that is shown whole. */
const MARGIN = 12;
export const MAX_ZOOM = 8;
/** What a press on a button or a key comes to. */
export const ZOOM_STEP = 1.25;
const WHOLE: Viewport = { x: 0, y: 0, width: 1, height: 1 };

/** Places a page on a stage so that the viewport (null: the whole page) is seen in full, as large as possible, in the middle. */
export function placePage(
  page: Size,
  stage: Size,
  viewport: Viewport | null,
  rotation: Rotation = 0,
): PageGeometry {
  const seen = rotateSize(page, rotation);
  const part = viewport ? rotatePart(viewport, rotation) : WHOLE;
  const margin = viewport ? 0 : Math.min(MARGIN, stage.width / 40, stage.height / 40);
  const scale = Math.max(
    // A page of 200 inches on a watch: never nothing, never turned inside out.
    0.001,
    Math.min(
      (stage.width - 2 * margin) / (part.width * seen.width),
      (stage.height - 2 * margin) / (part.height * seen.height),
    ),
  );
  const left = place(stage.width, seen.width * scale, part.x + part.width / 2);
  const top = place(stage.height, seen.height * scale, part.y + part.height / 2);
  const table = tableOn(stage, rotation);
  // From the middle of the stage to the middle of the page, as it is on the table before that is rotated.
  const middle = rotatePoint(
    {
      x: left + (seen.width * scale) / 2 - stage.width / 2,
      y: top + (seen.height * scale) / 2 - stage.height / 2,
    },
    opposite(rotation),
  );
  return {
    width: page.width,
    height: page.height,
    scale,
    offsetX: table.width / 2 + middle.x - (page.width * scale) / 2,
    offsetY: table.height / 2 + middle.y - (page.height * scale) / 2,
    ...(rotation !== 0 && { rotation }),
  };
}

/** The table's box on the stage before it is rotated: the stage itself, or a square about it that is the same however it is rotated. */
export function tableOn(stage: Size, rotation: Rotation = 0): Box {
  // Field by field: a DOMRect, whose fields are its class's, leaves nothing to be spread.
  if (rotation === 0) return { left: 0, top: 0, width: stage.width, height: stage.height };
  const side = Math.max(stage.width, stage.height);
  return { left: (stage.width - side) / 2, top: (stage.height - side) / 2, width: side, height: side };
}

/** The part of the table that is seen on the stage, in the table's own pixels. */
export function seenOfTable(stage: Size, rotation: Rotation = 0): Box {
  const table = tableOn(stage, rotation);
  const seen = rotateSize(stage, rotation);
  return { left: (table.width - seen.width) / 2, top: (table.height - seen.height) / 2, ...seen };
}

/** A point of the stage (CSS pixels from its top left corner) in the table's own pixels. */
export function pointOnTable(at: Point, stage: Size, rotation: Rotation = 0): Point {
  const table = tableOn(stage, rotation);
  const from = rotatePoint({ x: at.x - stage.width / 2, y: at.y - stage.height / 2 }, opposite(rotation));
  return { x: table.width / 2 + from.x, y: table.height / 2 + from.y };
}

/** A page that fits is centred; one that does not has no gap at its ends. */
function place(room: number, length: number, centre: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(0, Math.max(room - length, room / 2 - centre * length));
}

export function opposite(rotation: Rotation): Rotation {
  return rotation === 90 ? 270 : rotation === 270 ? 90 : rotation;
}

/** What a rotation comes to after another quarter turn clockwise. */
export function quarterTurn(rotation: Rotation): Rotation {
  const after = { 0: 90, 90: 180, 180: 270, 270: 0 } as const;
  return after[rotation];
}

/** A vector after a clockwise rotation; y points down. */
export function rotatePoint({ x, y }: Point, rotation: Rotation): Point {
  switch (rotation) {
    case 0:
      return { x, y };
    case 90:
      return { x: -y, y: x };
    case 180:
      return { x: -x, y: -y };
    case 270:
      return { x: y, y: -x };
  }
}

export function rotateSize({ width, height }: Size, rotation: Rotation): Size {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** A part of a page, in fractions, as a part of the page as it lies after a rotation. */
export function rotatePart(part: Viewport, rotation: Rotation): Viewport {
  const middle = rotatePoint(
    { x: part.x + part.width / 2 - 0.5, y: part.y + part.height / 2 - 0.5 },
    rotation,
  );
  const size = rotateSize(part, rotation);
  return { x: middle.x + 0.5 - size.width / 2, y: middle.y + 0.5 - size.height / 2, ...size };
}

/** Zoom of a viewport in relation to the whole page: 1 is fit. */
export function zoomOf(viewport: Viewport | null): number {
  return viewport ? 1 / Math.min(viewport.width, viewport.height) : 1;
}

/**
 * The part of a page that fills the stage's width, from the top of the page as it lies; null where the whole page is no smaller.
 */
export function fitWidth(page: Size, stage: Size, rotation: Rotation = 0): Viewport | null {
  const seen = rotateSize(page, rotation);
  const height = (stage.height / stage.width) * (seen.width / seen.height);
  if (height >= 1) return null;
  return rotatePart({ x: 0, y: 0, width: 1, height: Math.max(height, 1 / MAX_ZOOM) }, opposite(rotation));
}

/** Whether a viewport has the page's whole width and not its whole height, as the page lies. */
export function fitsWidth(viewport: Viewport | null, rotation: Rotation = 0): boolean {
  if (!viewport) return false;
  const { width, height } = rotatePart(viewport, rotation);
  return width > 0.999 && height < 0.999;
}

/** Zooms by a factor about a point of the page (fractions; the viewport's middle if not given). Null when all is seen. */
export function zoomViewport(viewport: Viewport | null, factor: number, about?: Point): Viewport | null {
  const from = viewport ?? WHOLE;
  const nearer = Math.min(MAX_ZOOM, zoomOf(viewport) * factor) / zoomOf(viewport);
  const [width, height] = [Math.min(1, from.width / nearer), Math.min(1, from.height / nearer)];
  if (Math.min(width, height) > 0.999) return null;
  const at = about ?? { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  // The point keeps its place within the part that is seen.
  return {
    x: clamp(at.x - ((at.x - from.x) / from.width) * width, 1 - width),
    y: clamp(at.y - ((at.y - from.y) / from.height) * height, 1 - height),
    width,
    height,
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

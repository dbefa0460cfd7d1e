import type { Box, PageGeometry } from './page-geometry';

/** A part of a page in page units, and how finely it is drawn. */
export type PageRegion = {
  x: number;
  y: number;
  width: number;
  height: number /** Pixels a page unit. */;
  scale: number;
};

/** More pixels than this are not drawn at once: 24 MB of canvas, which phones allow. */
export const MAX_PIXELS = 6_000_000;
/** A page of more pixels than this is drawn as far as it is seen: what is copied and handed on decides how soon it is sharp. */
export const WHOLE_PIXELS = 2_000_000;

/**
 * What to draw for a page where it lies now: the whole page at the screen's resolution, or, when that is too many pixels, the part
 * that is seen: `seen` is that of the table.
 */
export function regionToDraw(geometry: PageGeometry, seen: Box, pixelRatio: number): PageRegion | null {
  const scale = geometry.scale * pixelRatio;
  if (geometry.width * geometry.height * scale * scale <= WHOLE_PIXELS) {
    return { x: 0, y: 0, width: geometry.width, height: geometry.height, scale };
  }
  const left = Math.max(0, (seen.left - geometry.offsetX) / geometry.scale);
  const top = Math.max(0, (seen.top - geometry.offsetY) / geometry.scale);
  const right = Math.min(geometry.width, (seen.left + seen.width - geometry.offsetX) / geometry.scale);
  const bottom = Math.min(geometry.height, (seen.top + seen.height - geometry.offsetY) / geometry.scale);
  if (right <= left || bottom <= top) return null;
  const [width, height] = [right - left, bottom - top];
  // A wall of screens: coarser rather than nothing.
  const capped = Math.min(scale, Math.sqrt(MAX_PIXELS / (width * height)));
  return { x: left, y: top, width, height, scale: capped };
}

/** Where a region of a page lies on its table: as a transform, so that a gesture moves what is drawn and draws nothing anew. */
export function placeRegion(region: Omit<PageRegion, 'scale'>, { offsetX, offsetY, scale }: PageGeometry) {
  return {
    left: 0,
    top: 0,
    width: region.width,
    height: region.height,
    transformOrigin: '0 0',
    transform: `translate(${offsetX + region.x * scale}px, ${offsetY + region.y * scale}px) scale(${scale})`,
  };
}

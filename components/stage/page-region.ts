import type { PageGeometry, Size } from './page-geometry';

/** A part of a page in page units, and how finely it is drawn. */
export type PageRegion = {
  x: number;
  y: number;
  width: number;
  height: number /** Pixels a page unit. */;
  scale: number;
};

/** More pixels than this are not drawn at once: 64 MB of canvas, what phones still allow. */
export const MAX_PIXELS = 16_000_000;

/**
 * What to draw for a page where it lies now: the whole page at the screen's resolution, or, when that is too many pixels, the part
 * that is seen.
 */
export function regionToDraw(geometry: PageGeometry, stage: Size, pixelRatio: number): PageRegion | null {
  const scale = geometry.scale * pixelRatio;
  if (geometry.width * geometry.height * scale * scale <= MAX_PIXELS) {
    return { x: 0, y: 0, width: geometry.width, height: geometry.height, scale };
  }
  const left = Math.max(0, -geometry.offsetX / geometry.scale);
  const top = Math.max(0, -geometry.offsetY / geometry.scale);
  const right = Math.min(geometry.width, (stage.width - geometry.offsetX) / geometry.scale);
  const bottom = Math.min(geometry.height, (stage.height - geometry.offsetY) / geometry.scale);
  if (right <= left || bottom <= top) return null;
  const [width, height] = [right - left, bottom - top];
  // A wall of screens: coarser rather than nothing.
  const capped = Math.min(scale, Math.sqrt(MAX_PIXELS / (width * height)));
  return { x: left, y: top, width, height, scale: capped };
}

/** Where a region of a page lies on the stage, in CSS pixels. */
export function placeRegion(region: Omit<PageRegion, 'scale'>, geometry: PageGeometry) {
  return {
    left: geometry.offsetX + region.x * geometry.scale,
    top: geometry.offsetY + region.y * geometry.scale,
    width: region.width * geometry.scale,
    height: region.height * geometry.scale,
  };
}

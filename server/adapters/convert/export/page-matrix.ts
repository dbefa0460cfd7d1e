import type { PDFPage } from '@cantoo/pdf-lib';
import type { Matrix } from './headless-editor.ts';

type Rectangle = { x: number; y: number; width: number; height: number };

/**
 * From a board over a page to the page's own space: what is shown is the crop box within the media box, turned as the page says
 * (ISO 32000-1, 14.11.2), and the board measures it from its top left corner.
 * @param size  of the page on the board; null: in points, as shown
 */
export function boardToPage(page: PDFPage, size: { width: number; height: number } | null): Matrix {
  const { x, y, width, height } = shownBox(page);
  const turn = ((Math.round(page.getRotation().angle / 90) % 4) + 4) % 4;
  const [across, down] = turn % 2 === 0 ? [width, height] : [height, width];
  const sx = size ? across / size.width : 1;
  const sy = size ? down / size.height : 1;
  switch (turn) {
    case 1:
      return [0, sx, sy, 0, x, y];
    case 2:
      return [-sx, 0, 0, sy, x + width, y];
    case 3:
      return [0, -sx, -sy, 0, x + width, y + height];
    default:
      return [sx, 0, 0, -sy, x, y + height];
  }
}

function shownBox(page: PDFPage): Rectangle {
  const media = upright(page.getMediaBox());
  const crop = upright(page.getCropBox());
  const x = Math.max(media.x, crop.x);
  const y = Math.max(media.y, crop.y);
  const width = Math.min(media.x + media.width, crop.x + crop.width) - x;
  const height = Math.min(media.y + media.height, crop.y + crop.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : media;
}

/** A box may be given by any two opposite corners. */
function upright({ x, y, width, height }: Rectangle): Rectangle {
  return {
    x: Math.min(x, x + width),
    y: Math.min(y, y + height),
    width: Math.abs(width),
    height: Math.abs(height),
  };
}

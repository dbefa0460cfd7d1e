/**
 * The process that reads one picture, in a folder that holds `input`; `node image-process.ts svg` for a drawing. Leaves
 * `inspection.json` (a document of one page, a CSS pixel being 0.75 points), `page-1.webp`, upright and without metadata, and
 * `thumbnail-1.webp`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';

const PICTURE_WIDTH = 1600;
const THUMBNAIL_WIDTH = 200;
const THUMBNAIL_HEIGHT = 400;
const POINTS_PER_PIXEL = 0.75;
/** Longest side of the page in points, however many pixels a camera took. */
const LONGEST_SIDE = 1200;
const MAX_INPUT_PIXELS = 100_000_000;
/** What a drawing's own pixel is at. */
const CSS_DPI = 72;
const MAX_DPI = 2400;

/** From memory: a drawing that is no file has no neighbours to show. A picture that moves is shown by its first frame. */
const input = await readFile('input');
const options = { limitInputPixels: MAX_INPUT_PIXELS, failOn: 'truncated', pages: 1 } as const;

try {
  const { width, height } = await sharp(input, { ...options, limitInputPixels: false }).metadata();
  const isDrawing = process.argv[2] === 'svg';
  if (!isDrawing && width * height > MAX_INPUT_PIXELS) throw new Error('Input image exceeds pixel limit');
  // A drawing has no pixels of its own: it is drawn as finely as it is shown.
  const density = Math.min(MAX_DPI, Math.max(1, (CSS_DPI * PICTURE_WIDTH) / Math.max(width, height / 2)));
  const picture = sharp(input, isDrawing ? { ...options, density } : options).autoOrient();
  const { data, info } = await (isDrawing ? picture.flatten({ background: 'white' }) : picture)
    .resize({ width: PICTURE_WIDTH, height: PICTURE_WIDTH * 2, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 85 })
    .toBuffer({ resolveWithObject: true });
  const points = Math.min(POINTS_PER_PIXEL, LONGEST_SIDE / Math.max(info.width, info.height));
  await writeFile('page-1.webp', data);
  await sharp(data)
    .resize({ width: THUMBNAIL_WIDTH, height: THUMBNAIL_HEIGHT, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75 })
    .toFile('thumbnail-1.webp');
  await writeFile('text-1.txt', '');
  await writeFile(
    'inspection.json',
    JSON.stringify({ ok: true, pages: [[info.width * points, info.height * points]] }),
  );
  console.log('inspected');
  console.log('page 1');
} catch (error) {
  console.error(error);
  const tooLarge = error instanceof Error && error.message.includes('pixel limit');
  await writeFile(
    'inspection.json',
    JSON.stringify({ ok: false, failure: tooLarge ? 'FILE_TOO_MANY_PIXELS' : 'FILE_DAMAGED' }),
  );
}

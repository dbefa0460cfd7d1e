/**
 * The process that reads one picture, in a folder that holds `input`. Leaves `inspection.json` (a document of one page, a
 * CSS pixel being 0.75 points) and `page-1.webp`, upright and without metadata.
 */
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';

const PICTURE_WIDTH = 1600;
const POINTS_PER_PIXEL = 0.75;
/** Longest side of the page in points, however many pixels a camera took. */
const LONGEST_SIDE = 1200;
const MAX_INPUT_PIXELS = 100_000_000;

try {
  const { data, info } = await sharp('input', { limitInputPixels: MAX_INPUT_PIXELS, failOn: 'truncated' })
    .autoOrient()
    .resize({ width: PICTURE_WIDTH, height: PICTURE_WIDTH * 2, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 85 })
    .toBuffer({ resolveWithObject: true });
  const points = Math.min(POINTS_PER_PIXEL, LONGEST_SIDE / Math.max(info.width, info.height));
  await writeFile('page-1.webp', data);
  await writeFile(
    'inspection.json',
    JSON.stringify({ ok: true, pages: [[info.width * points, info.height * points]] }),
  );
} catch (error) {
  console.error(error);
  await writeFile('inspection.json', JSON.stringify({ ok: false, failure: 'FILE_DAMAGED' }));
}
console.log('inspected');

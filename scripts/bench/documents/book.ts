import { randomBytes } from 'node:crypto';
import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import sharp from 'sharp';

export const BOOK_PAGES = 100;
export const A4: [number, number] = [595, 842];

/** Colours of the bands at the top of the pages, in turn: no two pages beside each other look alike. */
export const BANDS: readonly (readonly [red: number, green: number, blue: number])[] = [
  [220, 40, 40],
  [40, 170, 60],
  [40, 70, 220],
  [230, 160, 20],
  [150, 40, 170],
];

/** The colour of a page's band; pages count from 1. */
export function bandOf(page: number): readonly [number, number, number] {
  return BANDS[(page - 1) % BANDS.length] ?? [0, 0, 0];
}

/** A PDF of 100 pages and 20 MB: pictures that do not compress, as photographs, a line of text and a band on each page. */
export async function makeBook(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= BOOK_PAGES; number += 1) {
    const page = pdf.addPage(A4);
    const [red, green, blue] = bandOf(number).map((part) => part / 255);
    page.drawRectangle({
      x: 0,
      y: 742,
      width: 595,
      height: 100,
      color: rgb(red ?? 0, green ?? 0, blue ?? 0),
    });
    const raw = { width: 375, height: 375, channels: 3 as const };
    const noise = await sharp(randomBytes(375 * 375 * 3), { raw })
      .jpeg({ quality: 100 })
      .toBuffer();
    page.drawImage(await pdf.embedJpg(noise), { x: 50, y: 300, width: 400, height: 400 });
    page.drawText(`This is page ${number}.`, { x: 50, y: 200, size: 20, font });
  }
  return Buffer.from(await pdf.save());
}

import sharp from 'sharp';
import { makePptx, type Slide } from '../../../e2e/fixtures/pptx';

const PICTURE = { width: 1400, height: 1050 };

/** A deck as teachers have it: a photograph on each slide, and beside it a chart or a table. 30 slides are some 12 MB. */
export async function makeDeck(slides = 30): Promise<Buffer> {
  const all: Slide[] = [];
  for (let index = 0; index < slides; index += 1) {
    const title = `Slide ${index + 1}`;
    const chart = Array.from({ length: 8 }, (_, at) => ((index + 3) * (at + 2)) % 17);
    const table = Array.from({ length: 9 }, (_, row) => [`Row ${row + 1}`, `${row * index}`, 'open', 'done']);
    all.push({ title, picture: await photograph(index), ...(index % 2 === 0 ? { chart } : { table }) });
  }
  return makePptx(all);
}

/** As hard to compress as a photograph: grain over a colour. */
function photograph(index: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 90 + (index % 5) * 20, sigma: 24 } as const;
  return sharp({ create: { ...PICTURE, channels: 3, background: 'white', noise } })
    .jpeg({ quality: 72 })
    .toBuffer();
}

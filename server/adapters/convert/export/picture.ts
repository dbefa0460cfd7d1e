import path from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A long receipt has no more pixels than this. */
const MOST_PIXELS = 16_000_000;
const vendor = path.join(import.meta.dirname, '../../../../node_modules/pdfjs-dist');

/** What pdf.js makes a canvas with in Node, and @napi-rs/canvas adds to it. */
type NodeCanvasFactory = {
  create(
    width: number,
    height: number,
  ): { canvas: { encode(format: 'png'): Promise<Buffer> }; context: CanvasRenderingContext2D };
};

/** One page as a PNG, `width` pixels wide. */
export async function drawPicture(
  bytes: Uint8Array,
  { page: number, width }: { page: number; width: number },
): Promise<Buffer> {
  const pdf = await getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: `${vendor}/cmaps/`,
    standardFontDataUrl: `${vendor}/standard_fonts/`,
    wasmUrl: `${vendor}/wasm/`,
    iccUrl: `${vendor}/iccs/`,
    useSystemFonts: false,
    verbosity: 0,
  }).promise;
  const page = await pdf.getPage(number);
  const size = page.getViewport({ scale: 1 });
  const scale = Math.min(width / size.width, Math.sqrt(MOST_PIXELS / (size.width * size.height)));
  const viewport = page.getViewport({ scale });
  const { canvas, context } = (pdf.canvasFactory as NodeCanvasFactory).create(
    Math.max(1, Math.round(viewport.width)),
    Math.max(1, Math.round(viewport.height)),
  );
  await page.render({ canvas: null, canvasContext: context, viewport, background: 'white' }).promise;
  return canvas.encode('png');
}

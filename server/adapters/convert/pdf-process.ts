/**
 * The process that reads one PDF, alone in a room of its own (sandbox.ts): Node runs this file as it is, without the rest of the
 * server. `node pdf-process.ts inspect`, `render <first> <last>` or `text <first> <last>`, in a folder that holds `input`.
 *
 * `inspect` leaves `inspection.json`, says `inspected`, and draws the first page when it can be drawn. Of each page `render` leaves
 * `page-<n>.webp`, `thumbnail-<n>.webp` and `text-<n>.txt`, and says `page <n>` on its output as it is done; the text comes last, and
 * alone of a page that cannot be drawn. `text` does not try to draw.
 */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';

/** Pictures are this wide in pixels: sharp on a laptop's stage, about 100 KB. */
const PICTURE_WIDTH = 1600;
/** Long receipts and posters: a picture has no more pixels than this. */
const PICTURE_PIXELS = 4_000_000;
/** WebP has no side that is longer. */
const PICTURE_SIDE = 16_383;
const WEBP_QUALITY = 75;
const THUMBNAIL_WIDTH = 200;
const THUMBNAIL_HEIGHT = 400;
const MAX_PAGES = Number(process.env.MAX_PAGES);
/** A page of a dense dictionary has a tenth of it. */
const TEXT_LENGTH = 100_000;

type Inspection =
  | { ok: true; pages: [width: number, height: number][] }
  | { ok: false; failure: 'FILE_LOCKED' | 'FILE_DAMAGED' | 'FILE_TOO_MANY_PAGES' };

const vendor = path.join(import.meta.dirname, '../../../node_modules/pdfjs-dist');

async function openPdf(): Promise<PDFDocumentProxy> {
  return getDocument({
    url: path.resolve('input'),
    cMapUrl: `${vendor}/cmaps/`,
    standardFontDataUrl: `${vendor}/standard_fonts/`,
    wasmUrl: `${vendor}/wasm/`,
    iccUrl: `${vendor}/iccs/`,
    disableAutoFetch: true,
    useSystemFonts: false,
    verbosity: 0,
  }).promise;
}

async function inspect(): Promise<void> {
  const inspection = await readSizes();
  await writeFile('inspection.json', JSON.stringify(inspection.result));
  console.log('inspected');
  // A page that cannot be drawn here is still drawn by the browser: the sizes are what counts.
  if (inspection.pdf) await renderPage(inspection.pdf, 1);
}

async function readSizes(): Promise<{ result: Inspection; pdf?: PDFDocumentProxy }> {
  try {
    const pdf = await openPdf();
    if (pdf.numPages < 1) return { result: { ok: false, failure: 'FILE_DAMAGED' } };
    if (pdf.numPages > MAX_PAGES) return { result: { ok: false, failure: 'FILE_TOO_MANY_PAGES' } };
    const pages: [number, number][] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const { width, height } = page.getViewport({ scale: 1 });
      if (!(width > 0 && height > 0)) return { result: { ok: false, failure: 'FILE_DAMAGED' } };
      pages.push([width, height]);
      page.cleanup();
    }
    return { result: { ok: true, pages }, pdf };
  } catch (error) {
    const locked = error instanceof Error && error.name === 'PasswordException';
    console.error(error);
    return { result: { ok: false, failure: locked ? 'FILE_LOCKED' : 'FILE_DAMAGED' } };
  }
}

async function render(first: number, last: number, draws: boolean): Promise<void> {
  const pdf = await openPdf();
  for (let number = first; number <= Math.min(last, pdf.numPages); number++) {
    try {
      await renderPage(pdf, number, draws);
    } catch (error) {
      console.error(`page ${number}`, error);
    }
  }
}

/** What pdf.js makes a canvas with in Node, and @napi-rs/canvas adds to it. */
type NodeCanvas = {
  width: number;
  height: number;
  encode(format: 'webp', quality: number): Promise<Buffer>;
  data(): Buffer;
};
type NodeCanvasFactory = {
  create(width: number, height: number): { canvas: NodeCanvas; context: CanvasRenderingContext2D };
  destroy(target: object): void;
};

async function renderPage(pdf: PDFDocumentProxy, number: number, draws = true): Promise<void> {
  const page = await pdf.getPage(number);
  const [picture, thumbnail] = [`page-${number}.webp`, `thumbnail-${number}.webp`];
  try {
    if (draws) await drawPage(pdf, page, picture, thumbnail);
  } catch (error) {
    console.error(`page ${number}`, error);
    for (const half of [picture, thumbnail]) await rm(half, { force: true });
  }
  await writeFile(`text-${number}.txt`, await readText(page));
  page.cleanup();
  console.log(`page ${number}`);
}

async function drawPage(
  pdf: PDFDocumentProxy,
  page: PDFPageProxy,
  picture: string,
  thumbnail: string,
): Promise<void> {
  const size = page.getViewport({ scale: 1 });
  const scale = Math.min(
    PICTURE_WIDTH / size.width,
    PICTURE_SIDE / size.height,
    Math.sqrt(PICTURE_PIXELS / (size.width * size.height)),
  );
  const viewport = page.getViewport({ scale });
  const factory = pdf.canvasFactory as NodeCanvasFactory;
  const target = factory.create(
    Math.max(1, Math.round(viewport.width)),
    Math.max(1, Math.round(viewport.height)),
  );
  await page.render({ canvas: null, canvasContext: target.context, viewport, background: 'white' }).promise;
  const { canvas } = target;
  await writeFile(picture, await canvas.encode('webp', WEBP_QUALITY));
  await sharp(canvas.data(), { raw: { width: canvas.width, height: canvas.height, channels: 4 } })
    .resize({ width: THUMBNAIL_WIDTH, height: THUMBNAIL_HEIGHT, fit: 'inside', withoutEnlargement: true })
    .removeAlpha()
    .webp({ quality: WEBP_QUALITY })
    .toFile(thumbnail);
  factory.destroy(target);
}

/** A page whose text cannot be read is still shown. */
async function readText(page: PDFPageProxy): Promise<string> {
  try {
    const { items } = await page.getTextContent();
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    return text.slice(0, TEXT_LENGTH);
  } catch (error) {
    console.error('text', error);
    return '';
  }
}

const [mode, first, last] = process.argv.slice(2);
if (mode === 'inspect') await inspect();
if (mode === 'render' || mode === 'text') await render(Number(first), Number(last), mode === 'render');

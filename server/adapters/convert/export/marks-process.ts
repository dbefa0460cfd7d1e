/**
 * The process that writes marks into one PDF, alone in a room of its own (sandbox.ts). In a folder that holds `job.json` and, unless the
 * paper is blank, `input`, it leaves `output` and `result.json` (marks-job.ts) and says `page <n> of <m>` as it goes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import {
  EncryptedPDFError,
  ParseSpeeds,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFPage,
  type PDFRef,
} from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { drawLayer } from './draw-marks.ts';
import { type EmbeddedFonts, embedFonts } from './embedded-fonts.ts';
import { createHeadlessEditor, type HeadlessEditor } from './headless-editor.ts';
import type { MarkedPage, MarksJob, MarksResult } from './marks-job.ts';
import { boardToPage } from './page-matrix.ts';
import { drawPicture } from './picture.ts';
import { type GraphicsStates, number } from './svg-operators.ts';

const MAX_INPUT_PIXELS = 100_000_000;

type Base = {
  pdf: PDFDocument /** The file's own bytes stay, and what is new is put behind them. */;
  appends: boolean;
};

async function openBase(job: MarksJob): Promise<Base> {
  if (job.base === 'pdf') return openPdf(await readFile('input'));
  const pdf = await PDFDocument.create();
  const { width, height } = job.pages[0]?.size ?? { width: 1280, height: 800 };
  const page = pdf.addPage([width, height]);
  if (job.base === 'picture') page.drawImage(await embedPicture(pdf), { x: 0, y: 0, width, height });
  return { pdf, appends: false };
}

async function openPdf(bytes: Buffer): Promise<Base> {
  const options = { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest };
  try {
    return { pdf: await PDFDocument.load(bytes, options), appends: isWhole(bytes) };
  } catch (error) {
    if (!(error instanceof EncryptedPDFError)) throw error;
    // Locked against changes, not against reading: it opens without a password, and is written without the lock.
    return { pdf: await PDFDocument.load(bytes, { ...options, password: '' }), appends: false };
  }
}

/** Whether the table of contents is where the file says: only then may more be put behind it. */
function isWhole(bytes: Buffer): boolean {
  const end = bytes.subarray(-2048).toString('latin1');
  const at = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(end)?.[1]);
  return at > 0 && /^\s*(xref|\d+\s+\d+\s+obj)/.test(bytes.subarray(at, at + 32).toString('latin1'));
}

/** A photograph goes in as it is; what a PDF cannot hold, or what lies on its side, is drawn anew without loss. */
async function embedPicture(pdf: PDFDocument) {
  const bytes = await readFile('input');
  const image = sharp(bytes, { limitInputPixels: MAX_INPUT_PIXELS });
  const { format, orientation = 1, space } = await image.metadata();
  if (format === 'jpeg' && orientation === 1 && space === 'srgb') return pdf.embedJpg(bytes);
  return pdf.embedPng(await image.autoOrient().toColourspace('srgb').png().toBuffer());
}

async function writeMarks(job: MarksJob): Promise<MarksResult> {
  const { pdf, appends } = await openBase(job);
  const snapshot = pdf.takeSnapshot();
  const fonts = await embedFonts(pdf);
  const editor = await createHeadlessEditor(fonts);
  const pages = pdf.getPages();
  for (const [index, marked] of job.pages.entries()) {
    const page = pages[marked.page - 1];
    if (page && (await markPage(pdf, page, marked, { fonts, editor }))) snapshot.markRefForSave(page.ref);
    console.log(`page ${index + 1} of ${job.pages.length}`);
  }
  editor.close();
  const bytes = appends ? await pdf.saveIncremental(snapshot) : await pdf.save();
  if (job.picture) {
    const whole = appends ? Buffer.concat([await readFile('input'), bytes]) : bytes;
    await writeFile('output', await drawPicture(whole, job.picture));
    return { ok: true, appended: false };
  }
  await writeFile('output', bytes);
  return { ok: true, appended: appends };
}

type Tools = { fonts: EmbeddedFonts; editor: HeadlessEditor };

/** Puts the layers over a page, each as a form of its own: nothing that the page is made of is changed. False: there is nothing to put. */
async function markPage(pdf: PDFDocument, page: PDFPage, marked: MarkedPage, tools: Tools): Promise<boolean> {
  const { context } = pdf;
  const { node } = page;
  const matrix = boardToPage(page, marked.size).map(number).join(' ');
  const forms: PDFRef[] = [];
  for (const layer of marked.layers) {
    const states = graphicsStates();
    const operators = await drawLayer(layer.records, { ...tools, states });
    if (operators.length === 0) continue;
    const { x, y, width, height } = page.getMediaBox();
    const form = context.flateStream(`${matrix} cm\n${operators.join('\n')}\n`, {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [
        Math.min(x, x + width),
        Math.min(y, y + height),
        Math.max(x, x + width),
        Math.max(y, y + height),
      ],
      Resources: { ExtGState: states.all(), Font: Object.fromEntries(tools.fonts.used()) },
    });
    forms.push(context.register(form));
  }
  if (forms.length === 0) return false;

  const resources = node.Resources()?.clone() ?? context.obj({});
  const objects = resources.lookupMaybe(PDFName.of('XObject'), PDFDict)?.clone() ?? context.obj({});
  for (const [index, form] of forms.entries()) objects.set(PDFName.of(nameOf(index)), form);
  resources.set(PDFName.of('XObject'), objects);
  node.set(PDFName.of('Resources'), resources);

  const contents = node.get(PDFName.Contents);
  const streams = node.context.lookup(contents);
  const own = streams instanceof PDFArray ? streams.asArray() : contents ? [contents] : [];
  const draw = forms.map((_form, index) => `/${nameOf(index)} Do`).join('\n');
  const before = context.register(context.flateStream('q\n'));
  const after = context.register(context.flateStream(`\nQ\n${draw}\n`));
  node.set(PDFName.Contents, context.obj([before, ...own, after]));
  return true;
}

function nameOf(index: number): string {
  return `LecternMarks${index + 1}`;
}

type GraphicsStateDicts = Record<string, Record<string, string | number>>;

/** The ways in which a form's shapes lie over the page, each named once. */
function graphicsStates(): GraphicsStates & { all(): GraphicsStateDicts } {
  const states: GraphicsStateDicts = {};
  return {
    nameOf(opacity, multiply) {
      const name = `O${Math.round(opacity * 1000)}${multiply ? 'M' : ''}`;
      states[name] = { Type: 'ExtGState', CA: opacity, ca: opacity, BM: multiply ? 'Multiply' : 'Normal' };
      return name;
    },
    all: () => states,
  };
}

const job = JSON.parse(await readFile('job.json', 'utf8')) as MarksJob;
let result: MarksResult;
try {
  result = await writeMarks(job);
} catch (error) {
  console.error(error);
  const locked = error instanceof Error && /password|encrypt/i.test(`${error.name} ${error.message}`);
  result = { ok: false, failure: locked ? 'FILE_LOCKED' : 'FILE_DAMAGED' };
}
await writeFile('result.json', JSON.stringify(result));
// The board's program keeps timers, and nothing waits for them.
process.exit(0);

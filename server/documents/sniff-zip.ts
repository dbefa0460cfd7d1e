import { stat } from 'node:fs/promises';
import type { Entry, ZipFile } from 'yauzl';
import type { OfficeFormat } from '../adapters/convert/port';
import { AppError } from '../errors';
import { ZIP } from './file-check';
import { openZip } from './open-zip';
import type { FileFormat } from './sniff';

/** Office documents of people have some hundreds of parts. */
const MAX_ENTRIES = 20_000;
/** What an archive may say that it unpacks to, and how many times its own size once that is much. */
const MAX_UNPACKED = 2 * 1024 ** 3;
const MAX_RATIO = 100;
const RATIO_COUNTS_FROM = 100 * 1024 ** 2;
/** How much of the parts that tell what a document is is unpacked at most, each and together. */
const MAX_PART = 32 * 1024 ** 2;
const MAX_PARTS = 128 * 1024 ** 2;

const OFFICE_NAME = /\.(docx|docm|dotx|pptx|pptm|potx|ppsx|xlsx|xlsm|xltx|odt|odp|ods)$/i;

/** By the main part's type in `[Content_Types].xml`, templates and files with macros among them. */
const OOXML: [type: RegExp, format: OfficeFormat, mimeType: string][] = [
  [
    /(?:wordprocessingml|ms-word)[\w.]*\.main\+xml/i,
    'docx',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  [
    /(?:presentationml|ms-powerpoint)[\w.]*\.main\+xml/i,
    'pptx',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
  [
    /(?:spreadsheetml|ms-excel)[\w.]*\.main/i,
    'xlsx',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
];

const ODF: Record<string, OfficeFormat> = { text: 'odt', presentation: 'odp', spreadsheet: 'ods' };

/** What moves: transitions, and anything that a slide's timing changes. */
const MOVES = {
  pptx: /<p(?:14|15)?:(?:transition|anim\w*|set|cmd)[\s/>]/,
  odp: /<anim:(?!par|seq)|\b(?:smil:type|presentation:transition-type)=/,
};

/**
 * Tells by an archive's table of contents, and by the few parts that say so, what it is.
 * @throws AppError FILE_UNPACKS_TOO_LARGE, FILE_LOCKED, FILE_DAMAGED
 */
export async function sniffZip(file: string, name: string): Promise<FileFormat> {
  let zip: ZipFile;
  try {
    zip = await openZip(file);
  } catch {
    // An archive without an end. What was to be shown cannot be; anything else is kept as it is.
    if (OFFICE_NAME.test(name)) throw new AppError('FILE_DAMAGED');
    return { becomes: 'file', mimeType: ZIP };
  }
  try {
    return await sniffEntries(zip, await readEntries(zip, (await stat(file)).size));
  } finally {
    zip.close();
  }
}

/** The table of contents; what says that it holds far more than it weighs is refused before anything is unpacked. */
async function readEntries(zip: ZipFile, archiveBytes: number): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let [packed, unpacked] = [0, 0];
  if (zip.entryCount > MAX_ENTRIES) throw new AppError('FILE_UNPACKS_TOO_LARGE');
  try {
    for await (const entry of zip.eachEntry()) {
      packed += entry.compressedSize;
      unpacked += entry.uncompressedSize;
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw new AppError('FILE_DAMAGED', {}, { cause: error });
  }
  const tooMuch = unpacked > RATIO_COUNTS_FROM && unpacked > archiveBytes * MAX_RATIO;
  // Parts that lie upon each other weigh more together than the archive does.
  if (unpacked > MAX_UNPACKED || tooMuch || packed > archiveBytes)
    throw new AppError('FILE_UNPACKS_TOO_LARGE');
  return entries;
}

async function sniffEntries(zip: ZipFile, entries: Map<string, Entry>): Promise<FileFormat> {
  const read = partReader(zip, entries);
  const odf = /^application\/vnd\.oasis\.opendocument\.(\w+)/.exec(await read('mimetype'));
  const odfFormat = ODF[odf?.[1] ?? ''];
  if (odf && odfFormat) {
    if ((await read('META-INF/manifest.xml')).includes('encryption-data')) throw new AppError('FILE_LOCKED');
    const moves = odfFormat === 'odp' && MOVES.odp.test(await read('content.xml'));
    return { becomes: 'pdf', mimeType: odf[0], format: odfFormat, notes: notesOf(moves) };
  }
  const types = await read('[Content_Types].xml');
  const [, format, mimeType] = OOXML.find(([type]) => type.test(types)) ?? [];
  if (!format || !mimeType) return { becomes: 'file', mimeType: odf?.[0] ?? ZIP };
  return {
    becomes: 'pdf',
    mimeType,
    format,
    notes: notesOf(format === 'pptx' && (await slidesMove(entries, read))),
  };
}

const notesOf = (moves: boolean) => (moves ? ['ANIMATIONS_FLATTENED'] : []);

async function slidesMove(
  entries: Map<string, Entry>,
  read: (name: string) => Promise<string>,
): Promise<boolean> {
  for (const name of entries.keys()) {
    if (/^ppt\/slides\/[^/]+\.xml$/i.test(name) && MOVES.pptx.test(await read(name))) return true;
  }
  return false;
}

/** Reads parts by their names: an empty text for what is not there or too large, and once enough has been read. */
function partReader(zip: ZipFile, entries: Map<string, Entry>): (name: string) => Promise<string> {
  let left = MAX_PARTS;
  return async (name) => {
    const entry = entries.get(name);
    if (!entry || entry.uncompressedSize > Math.min(MAX_PART, left)) return '';
    if (entry.isEncrypted()) throw new AppError('FILE_LOCKED');
    left -= entry.uncompressedSize;
    try {
      const parts: Buffer[] = [];
      // It ends with an error where there is more than was announced.
      for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
      return Buffer.concat(parts).toString('utf8');
    } catch (error) {
      throw new AppError('FILE_DAMAGED', {}, { cause: error });
    }
  };
}

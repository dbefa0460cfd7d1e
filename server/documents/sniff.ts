import { open } from 'node:fs/promises';
import type { OfficeFormat, PagedType } from '../adapters/convert/port';
import { AppError } from '../errors';
import { HEAD_BYTES, isMedia, isPicture, judgeFile, OLE, TAIL_BYTES, ZIP } from './file-check';
import { sniffOle } from './sniff-ole';
import { sniffZip } from './sniff-zip';

/** What becomes of a file. */
export type FileFormat =
  /** Its pages are shown as they are. */
  | { becomes: 'pages'; mimeType: PagedType }
  /** It is made into a PDF first; `notes` say what gets lost on the way. */
  | { becomes: 'pdf'; mimeType: string; format: OfficeFormat; notes: string[] }
  /** It is played, or kept and handed out. */
  | { becomes: 'media' | 'file'; mimeType: string };

const OFFICE_TYPES: Record<string, OfficeFormat> = {
  'application/rtf': 'rtf',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'text/html': 'html',
};

/** A longer text would be thousands of pages that nobody reads: it is kept as it is. */
const MAX_TEXT_BYTES = 5 * 1024 * 1024;

/**
 * Finds out from a file's content what it is and what becomes of it. Containers are looked into without unpacking them.
 * @param file  path of the whole file on this machine
 * @throws AppError FILE_…: it is refused
 */
export async function sniffFile(file: string, name: string): Promise<FileFormat> {
  const ends = await readEnds(file);
  const verdict = await judgeFile({ name, ...ends });
  if (!verdict.ok) throw new AppError(verdict.failure);
  const { type } = verdict;
  if (type === 'application/pdf' || isPicture(type)) return { becomes: 'pages', mimeType: type };
  if (isMedia(type)) return { becomes: 'media', mimeType: type };
  if (type === ZIP) return sniffZip(file, name);
  if (type === OLE) return sniffOle(file);
  const format = OFFICE_TYPES[type];
  if (!format || (type.startsWith('text/') && ends.bytes > MAX_TEXT_BYTES)) {
    return { becomes: 'file', mimeType: type };
  }
  return { becomes: 'pdf', mimeType: type, format, notes: [] };
}

async function readEnds(file: string): Promise<{ bytes: number; head: Buffer; tail: Buffer }> {
  const handle = await open(file);
  try {
    const { size: bytes } = await handle.stat();
    const part = async (start: number, length: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    };
    return {
      bytes,
      head: await part(0, HEAD_BYTES),
      tail: await part(Math.max(0, bytes - TAIL_BYTES), TAIL_BYTES),
    };
  } finally {
    await handle.close();
  }
}

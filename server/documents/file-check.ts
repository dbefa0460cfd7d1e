import { fileTypeFromBuffer } from 'file-type';
import type { PagedType } from '../adapters/convert/port';
import type { ErrorCode } from '../errors';

/** What one upload may weigh: 500 MB. The vendor's own sizes are powers of two, so it is compared here. */
export const MAX_FILE_BYTES = 500 * 1024 * 1024;

/** As many bytes of a file's beginning and end as the checks look at. */
export const HEAD_BYTES = 4100;
export const TAIL_BYTES = 2048;

export type FileFailure = Extract<ErrorCode, `FILE_${string}`>;
export type FileVerdict = { ok: true; type: PagedType } | { ok: false; failure: FileFailure };

const refuse = (failure: FileFailure): FileVerdict => ({ ok: false, failure });

/**
 * Tells by a file's first and last bytes what it is, and whether it has an end at all. The name only chooses the sentence:
 * somebody who sends a `.pdf` that is none is told so.
 */
export async function judgeFile(file: {
  name: string;
  bytes: number;
  head: Buffer;
  tail: Buffer;
}): Promise<FileVerdict> {
  if (file.bytes === 0) return refuse('FILE_EMPTY');
  if (file.bytes > MAX_FILE_BYTES) return refuse('FILE_TOO_LARGE');
  // Readers take a PDF whose header is somewhere in the first 1,024 bytes (ISO 32000-1, implementation note 13).
  if (file.head.subarray(0, 1024).includes('%PDF-')) return judgePdf(file);
  const found = await fileTypeFromBuffer(file.head);
  if (found?.mime === 'image/png' || found?.mime === 'image/jpeg') return { ok: true, type: found.mime };
  return refuse(/\.pdf$/i.test(file.name) ? 'FILE_NOT_PDF' : 'FILE_UNSUPPORTED');
}

/** PDF readers repair what has no end by guessing, which shows half a document: a file that was cut short is refused here. */
function judgePdf({ bytes, head, tail }: { bytes: number; head: Buffer; tail: Buffer }): FileVerdict {
  if (!tail.includes('%%EOF')) return refuse('FILE_DAMAGED');
  // A file made for the web says at its beginning how long it is, and carries an end mark near its beginning too.
  const text = head.toString('latin1');
  const announced = text.includes('/Linearized') ? Number(/\/L\s+(\d+)/.exec(text)?.[1] ?? 0) : 0;
  return announced > bytes ? refuse('FILE_DAMAGED') : { ok: true, type: 'application/pdf' };
}

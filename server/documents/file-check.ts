import { fileTypeFromBuffer } from 'file-type';
import { PICTURE_TYPES } from '../adapters/convert/port';
import type { ErrorCode } from '../errors';
import { textTypeOf } from './text-type';

/** What one upload may weigh: 500 MB. The vendor's own sizes are powers of two, so it is compared here. */
export const MAX_FILE_BYTES = 500 * 1024 * 1024;

/** As many bytes of a file's beginning and end as the checks look at. */
export const HEAD_BYTES = 4100;
export const TAIL_BYTES = 2048;

export const ZIP = 'application/zip';
export const OLE = 'application/x-cfb';
export const UNKNOWN = 'application/octet-stream';

export type FileFailure = Extract<ErrorCode, `FILE_${string}`>;
/** `type`: a media type. A container is told by its name alone here (`ZIP`, `OLE`): what is in it is looked at later. */
export type FileVerdict = { ok: true; type: string } | { ok: false; failure: FileFailure };

const refuse = (failure: FileFailure): FileVerdict => ({ ok: false, failure });
const take = (type: string): FileVerdict => ({ ok: true, type });

/**
 * Tells by a file's first and last bytes what it is, and whether it has an end at all. The name only chooses the sentence
 * (somebody who sends a `.pdf` that is none is told so) and tells one kind of text from another.
 */
export async function judgeFile(file: {
  name: string;
  bytes: number;
  head: Buffer;
  tail: Buffer;
}): Promise<FileVerdict> {
  const { name, bytes, head } = file;
  if (bytes === 0) return refuse('FILE_EMPTY');
  if (bytes > MAX_FILE_BYTES) return refuse('FILE_TOO_LARGE');
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') return judgePdf(file);
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return take(ZIP);
  const found = (await fileTypeFromBuffer(head))?.mime;
  if (found && (CERTAIN.has(found) || isPicture(found) || isMedia(found))) return take(found);
  // Readers take a PDF whose header is somewhere in the first 1,024 bytes (ISO 32000-1, implementation note 13).
  if (head.subarray(0, 1024).includes('%PDF-')) return judgePdf(file);
  if (/\.pdf$/i.test(name)) return refuse('FILE_NOT_PDF');
  const text = textTypeOf(name, head, bytes);
  // A list of addresses that calls itself a film: whoever plays it would fetch them.
  if ((text || !found) && MEDIA_NAME.test(name)) return refuse('FILE_NOT_MEDIA');
  return take(text ?? found ?? UNKNOWN);
}

const CERTAIN = new Set<string>([OLE, 'application/rtf']);
const MEDIA_NAME = /\.(mp4|m4v|m4a|mov|mkv|webm|avi|mpe?g|mp3|wav|ogg|oga|ogv|opus|flac|aac|wmv|wma)$/i;

export function isPicture(type: string | undefined): type is (typeof PICTURE_TYPES)[number] {
  return PICTURE_TYPES.some((one) => one === type);
}

/** Sound and film. */
export function isMedia(type: string): boolean {
  return /^(audio|video)\/(?!midi)|^application\/(ogg|vnd\.ms-asf)$/.test(type);
}

/** PDF readers repair what has no end by guessing, which shows half a document: a file that was cut short is refused here. */
function judgePdf({ bytes, head, tail }: { bytes: number; head: Buffer; tail: Buffer }): FileVerdict {
  if (!tail.includes('%%EOF')) return refuse('FILE_DAMAGED');
  // A file made for the web says at its beginning how long it is, and carries an end mark near its beginning too.
  const text = head.toString('latin1');
  const announced = text.includes('/Linearized') ? Number(/\/L\s+(\d+)/.exec(text)?.[1] ?? 0) : 0;
  return announced > bytes ? refuse('FILE_DAMAGED') : take('application/pdf');
}

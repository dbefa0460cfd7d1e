import { type FileHandle, open } from 'node:fs/promises';
import type { OfficeFormat } from '../adapters/convert/port';
import { AppError } from '../errors';
import { OLE } from './file-check';
import type { FileFormat } from './sniff';

/** Enough for thousands of streams; people's documents have some dozens. */
const MAX_SECTORS = 512;

/** By the stream that holds the document itself ([MS-DOC], [MS-XLS], [MS-PPT]). */
const FORMATS: [stream: string, format: OfficeFormat, mimeType: string][] = [
  ['WordDocument', 'doc', 'application/msword'],
  ['Workbook', 'xls', 'application/vnd.ms-excel'],
  ['Book', 'xls', 'application/vnd.ms-excel'],
  ['PowerPoint Document', 'ppt', 'application/vnd.ms-powerpoint'],
];

/** What a slide has that moves: AnimationInfoAtom and TimeNodeAtom ([MS-PPT] 2.8.3, 2.8.16), as their headers stand in the file. */
const MOVES = [Buffer.from('0100f10f1c000000', 'hex'), Buffer.from('000027f120000000', 'hex')];

/**
 * Tells an old office document by the names of its streams.
 * @throws AppError FILE_LOCKED, FILE_DAMAGED
 */
export async function sniffOle(file: string): Promise<FileFormat> {
  const handle = await open(file);
  try {
    const container = await readDirectory(handle);
    // What newer programs put their encrypted documents into ([MS-OFFCRYPTO] 1.3).
    if (container.streams.has('EncryptedPackage')) throw new AppError('FILE_LOCKED');
    const [stream, format, mimeType] = FORMATS.find(([name]) => container.streams.has(name)) ?? [];
    if (!stream || !format || !mimeType) return { becomes: 'file', mimeType: OLE };
    const beginning = await container.beginningOf(stream);
    if (isLocked(format, beginning) || container.streams.has('EncryptedSummary'))
      throw new AppError('FILE_LOCKED');
    const notes = format === 'ppt' && (await holds(handle, MOVES)) ? ['ANIMATIONS_FLATTENED'] : [];
    return { becomes: 'pdf', mimeType, format, notes };
  } finally {
    await handle.close();
  }
}

/** Asked before LibreOffice is, which would only say that it could not. */
function isLocked(format: OfficeFormat, beginning: Buffer): boolean {
  // fEncrypted of the FIB ([MS-DOC] 2.5.2).
  if (format === 'doc') return beginning.length > 12 && (beginning.readUInt16LE(10) & 0x0100) !== 0;
  if (format !== 'xls') return false;
  // FilePass stands among the first records ([MS-XLS] 2.1.7.20.3).
  for (let at = 0; at + 4 <= beginning.length; at += 4 + beginning.readUInt16LE(at + 2)) {
    if (beginning.readUInt16LE(at) === 0x002f) return true;
  }
  return false;
}

type Container = { streams: ReadonlyMap<string, number>; beginningOf(stream: string): Promise<Buffer> };

/** The names of the streams and where each begins ([MS-CFB] 2.2, 2.6). Only the directory is read. */
async function readDirectory(handle: FileHandle): Promise<Container> {
  const header = await readAt(handle, 0, 512);
  const shift = header.length === 512 ? header.readUInt16LE(30) : 0;
  if (shift !== 9 && shift !== 12) throw new AppError('FILE_DAMAGED');
  const size = 1 << shift;
  const sectorAt = (sector: number) => readAt(handle, (sector + 1) * size, size);
  const next = async (sector: number) => {
    const fat = Math.floor((sector * 4) / size);
    // Beyond 109 sectors of the table (7 MB of small sectors) directories are not looked for.
    const place = fat < 109 ? header.readUInt32LE(76 + fat * 4) : END;
    if (place >= END) return END;
    const table = await sectorAt(place);
    return table.length === size ? table.readUInt32LE((sector * 4) % size) : END;
  };
  const streams = new Map<string, number>();
  let sector = header.readUInt32LE(48);
  for (let count = 0; sector < END && count < MAX_SECTORS; count += 1) {
    const entries = await sectorAt(sector);
    for (let at = 0; at + 128 <= entries.length; at += 128) {
      const length = Math.min(64, entries.readUInt16LE(at + 64));
      const name = entries.toString('utf16le', at, at + Math.max(0, length - 2));
      if (entries[at + 66] === STREAM) streams.set(name, entries.readUInt32LE(at + 116));
    }
    sector = await next(sector);
  }
  return { streams, beginningOf: (name) => sectorAt(streams.get(name) ?? 0) };
}

const END = 0xfffffffa;
const STREAM = 2;

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function holds(handle: FileHandle, patterns: readonly Buffer[]): Promise<boolean> {
  const size = 1024 * 1024;
  // Parts overlap by as much as a pattern is long.
  for (let at = 0; ; at += size - 16) {
    const part = await readAt(handle, at, size);
    if (patterns.some((pattern) => part.includes(pattern))) return true;
    if (part.length < size) return false;
  }
}

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, openPromise, RandomAccessReader, type ZipFile } from 'yauzl';

const options = { lazyEntries: true, autoClose: false } as const;

/**
 * Opens an archive's table of contents. A byte more or less after the last field, as mail and editors leave it, is forgiven, as every
 * office program forgives it.
 * @throws what yauzl throws where there is no table of contents
 */
export async function openZip(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, options);
  } catch (error) {
    const [, there, announced] = /comment length\. Expected: (\d+)\. Found: (\d+)/.exec(String(error)) ?? [];
    if (!there || !announced) throw error;
    const { size } = await stat(file);
    const reader = new PaddedReader(file, size);
    return fromRandomAccessReaderPromise(reader, size + Number(announced) - Number(there), options);
  }
}

/** A file that seems to go on after its end, with nothing in it. */
class PaddedReader extends RandomAccessReader {
  constructor(
    private readonly file: string,
    private readonly size: number,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#bytes(start, end), { objectMode: false });
  }

  async *#bytes(start: number, end: number): AsyncGenerator<Buffer> {
    const last = Math.min(end, this.size);
    if (start < last) {
      for await (const part of createReadStream(this.file, { start, end: last - 1 })) yield part as Buffer;
    }
    const missing = end - Math.max(start, this.size);
    if (missing > 0) yield Buffer.alloc(missing);
  }
}

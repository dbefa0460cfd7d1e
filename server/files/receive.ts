import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import type { Storage } from '../adapters/storage/port';
import { AppError } from '../errors';

/** What a multipart body may weigh beyond the file in it. */
export const MULTIPART_OVERHEAD = 64 * 1024;

/** How many bytes come between two looks at whether there is still room for them. */
const LOOK_EVERY = 16 * 1024 * 1024;

type Receiving = { key: string; offset: number; announced: number; mayGoOn: () => Promise<void> };

/** What comes, as long as `mayGoOn` does not throw: asked before the first byte and again and again. */
async function* watched(
  source: AsyncIterable<Uint8Array>,
  mayGoOn: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let since = LOOK_EVERY;
  for await (const chunk of source) {
    if (since >= LOOK_EVERY) {
      await mayGoOn();
      since = 0;
    }
    since += chunk.byteLength;
    yield chunk;
  }
}

/**
 * Streams the one file of a multipart body into storage, from `offset` on. What came before a connection broke is kept.
 * @param announced  how long the whole file may become
 * @param mayGoOn  throws where no more may be taken; what was taken until then is kept
 * @returns the stored size
 * @throws AppError TOO_LARGE when there is more than was announced, BAD_INPUT when there is no file; StorageOffsetError
 */
export async function receiveFile(
  request: IncomingMessage,
  storage: Storage,
  { key, offset, announced, mayGoOn }: Receiving,
): Promise<number> {
  const contentType = request.headers['content-type'];
  if (!contentType?.startsWith('multipart/form-data')) throw new AppError('BAD_INPUT');
  const parser = new Busboy({
    headers: { ...request.headers, 'content-type': contentType },
    limits: {
      files: 1,
      fields: 10,
      parts: 11,
      fileSize: announced - offset,
      headerPairs: 20,
      fieldSize: 10_000,
    },
    isPartAFile: (field) => field === 'file',
  });
  let stored: Promise<number> | undefined;
  let tooLong = false;
  let part: Readable | undefined;
  parser.on('file', (_field, file) => {
    part = file;
    // Whoever reads it hears of its end; where nobody reads any more, there is nobody to tell.
    file.on('error', () => undefined);
    file.on('limit', () => {
      tooLong = true;
    });
    stored = storage.append(key, offset, watched(file, mayGoOn));
    // Heard below; a failing disk must not leave the parser waiting for its reader.
    stored.catch((error: unknown) =>
      parser.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
  try {
    await pipeline(request, parser);
  } catch (error) {
    // Its writer waits for more, which will not come.
    part?.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  } finally {
    // The bytes are on the disk, or the error is known, before anybody is answered.
    await stored;
  }
  if (tooLong) throw new AppError('TOO_LARGE');
  if (!stored) throw new AppError('BAD_INPUT');
  return stored;
}

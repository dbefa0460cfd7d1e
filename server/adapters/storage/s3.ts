import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { z } from 'zod';
import { type ByteRange, type Storage, StorageOffsetError } from './port';

/** What of a file that is being received is stored as one object: as much of it is in memory at a time. */
const PART_BYTES = 8 * 1024 * 1024;
/** Digits of an offset in a part's name, so that names sort by it. */
const OFFSET_DIGITS = 15;

const uuid = z.uuid();
type Part = { name: string; start: number; size: number };

/**
 * Files in a bucket of S3, or of what speaks its language. A file that was put is one object, named by its key; one that was
 * received lies in parts, named by key and offset, since an object cannot be added to.
 */
export function s3Storage(bucket: string, config: S3ClientConfig): Storage {
  // Checksums beyond what S3 asks for are not known to everything that speaks its language.
  const client = new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...config,
  });
  const nameOf = (key: string) => uuid.parse(key).toLowerCase();

  /** What a file consists of; null when there is nothing under the key. */
  async function partsOf(name: string): Promise<Part[] | null> {
    try {
      const { ContentLength = 0 } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: name }));
      return [{ name, start: 0, size: ContentLength }];
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    const parts = await receivedParts(name);
    return parts.length > 0 ? parts : null;
  }

  async function receivedParts(name: string): Promise<Part[]> {
    const parts: Part[] = [];
    for (let token: string | undefined, more = true; more; more = token !== undefined) {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: `${name}/`, ContinuationToken: token }),
      );
      for (const { Key = '', Size = 0 } of page.Contents ?? []) {
        parts.push({ name: Key, start: Number(Key.slice(name.length + 1)), size: Size });
      }
      token = page.NextContinuationToken;
    }
    return parts.toSorted((a, b) => a.start - b.start);
  }

  const remove = (name: string) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: name }));

  async function* readParts(name: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
    const parts = await partsOf(name);
    if (!parts) throw new Error(`Nothing is stored under ${name}`);
    for (const part of parts) {
      const first = Math.max(0, (range?.start ?? 0) - part.start);
      const last = Math.min(part.size, (range?.end ?? Infinity) - part.start + 1) - 1;
      if (last < first) continue;
      const Range = first === 0 && last === part.size - 1 ? undefined : `bytes=${first}-${last}`;
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: part.name, Range }));
      if (Body instanceof Readable) yield* Body;
    }
  }

  const storage: Storage = {
    async put(key, source) {
      const name = nameOf(key);
      let size = 0;
      const body = Readable.from(
        counted(source, (bytes) => (size += bytes)),
        { objectMode: false },
      );
      await new Upload({ client, params: { Bucket: bucket, Key: name, Body: body } }).done();
      for (const part of await receivedParts(name)) await remove(part.name);
      return size;
    },

    async append(key, offset, source) {
      const name = nameOf(key);
      const actual = endOf(await partsOf(name));
      if (actual !== offset) throw new StorageOffsetError(actual);
      let end = offset;
      for await (const bytes of inParts(source)) {
        const part = `${name}/${String(end).padStart(OFFSET_DIGITS, '0')}`;
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: part, Body: bytes }));
        end += bytes.byteLength;
      }
      return end;
    },

    // Its parts stay as they are.
    async seal(key) {
      nameOf(key);
    },

    async size(key) {
      const parts = await partsOf(nameOf(key));
      return parts && endOf(parts);
    },

    read: (key, range) => Readable.from(readParts(nameOf(key), range), { objectMode: false }),

    async delete(key) {
      const name = nameOf(key);
      await remove(name);
      for (const part of await receivedParts(name)) await remove(part.name);
    },

    async download(key, target) {
      await pipeline(storage.read(key), createWriteStream(target, { flags: 'wx', mode: 0o600 }));
    },

    localFile(key) {
      nameOf(key);
      return null;
    },

    // The bucket's own rule removes what broken-off uploads have left (docs/operating.md).
    sweep: async () => undefined,
  };
  return storage;
}

function endOf(parts: readonly Part[] | null): number {
  return parts?.reduce((end, { size }) => end + size, 0) ?? 0;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotFound' || error.name === 'NoSuchKey');
}

async function* counted(source: AsyncIterable<Uint8Array>, count: (bytes: number) => void) {
  for await (const chunk of source) {
    count(chunk.byteLength);
    yield chunk;
  }
}

/** What comes, in pieces that are worth an object each. When the source breaks off, what came before comes first, then its error. */
async function* inParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  const take = () => {
    const part = Buffer.concat(waiting);
    [waiting, size] = [[], 0];
    return part;
  };
  let broken: Error | undefined;
  try {
    for await (const chunk of source) {
      waiting.push(chunk);
      size += chunk.byteLength;
      if (size >= PART_BYTES) yield take();
    }
  } catch (error) {
    broken = error instanceof Error ? error : new Error('The source broke off', { cause: error });
  }
  if (size > 0) yield take();
  if (broken) throw broken;
}

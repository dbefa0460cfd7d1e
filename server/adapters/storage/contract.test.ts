import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '@/db/testing';
import { hostedIndex } from '@/server/files/queries';
import { localStorage } from './local';
import { type Storage, StorageOffsetError } from './port';
import { s3Storage } from './s3';
import { uploadthingStorage } from './uploadthing';
import { startUploadthing } from './uploadthing-fixture';

async function* bytes(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}

async function* broken(part: string) {
  yield Buffer.from(part);
  throw new Error('the line went dead');
}

const text = async (storage: Storage, key: string, range?: { start: number; end: number }) =>
  (await buffer(storage.read(key, range))).toString();

type Started = { storage: Storage; stop(): Promise<unknown> };
const implementations: Record<string, (folder: string) => Promise<Started>> = {
  local: async (folder) => ({
    storage: localStorage(path.join(folder, 'files')),
    stop: async () => undefined,
  }),
  's3 (against s3rver)': startS3,
  'uploadthing (against its documented endpoints)': startHosted,
};

/** A real server that speaks S3's language, and the adapter that speaks to it. */
async function startS3(folder: string): Promise<Started> {
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: path.join(folder, 's3'),
    configureBuckets: [{ name: 'lectern', configs: [] }],
  });
  const { port } = await server.run();
  const storage = s3Storage('lectern', {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  });
  return { storage, stop: () => server.close() };
}

async function startHosted(folder: string): Promise<Started> {
  const [vendor, database] = await Promise.all([startUploadthing(), createTestDatabase()]);
  const { apiKey, appId, origin } = vendor;
  const account = { token: { apiKey, appId }, apiUrl: origin, filesUrl: origin };
  return {
    storage: uploadthingStorage(account, hostedIndex(database.db), path.join(folder, 'hosted')),
    stop: () => Promise.all([vendor.stop(), database.drop()]),
  };
}

for (const [name, make] of Object.entries(implementations)) {
  describe(`storage: ${name}`, () => {
    let folder: string;
    let storage: Storage;
    let started: Started;
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'lectern-storage-'));
      started = await make(folder);
      storage = started.storage;
    });
    afterAll(async () => {
      await started.stop();
      await rm(folder, { recursive: true, force: true });
    });

    test('what is put is read, whole and in part', async () => {
      const key = randomUUID();
      expect(await storage.put(key, bytes('hello ', 'world'))).toBe(11);
      expect(await storage.size(key)).toBe(11);
      expect(await text(storage, key)).toBe('hello world');
      expect(await text(storage, key, { start: 6, end: 8 })).toBe('wor');
    });

    test('a put that breaks off leaves what was there', async () => {
      const key = randomUUID();
      await storage.put(key, bytes('first'));
      await expect(storage.put(key, broken('second'))).rejects.toThrow('the line went dead');
      expect(await text(storage, key)).toBe('first');
    });

    test('an append that breaks off keeps what came, and goes on from there', async () => {
      const key = randomUUID();
      await expect(storage.append(key, 0, broken('half'))).rejects.toThrow('the line went dead');
      expect(await storage.size(key)).toBe(4);
      expect(await storage.append(key, 4, bytes(' and half'))).toBe(13);
      expect(await text(storage, key)).toBe('half and half');
    });

    test('an append at another offset than the end is refused and changes nothing', async () => {
      const key = randomUUID();
      await storage.append(key, 0, bytes('abc'));
      await expect(storage.append(key, 2, bytes('x'))).rejects.toMatchObject({ actual: 3 });
      await expect(storage.append(randomUUID(), 1, bytes('x'))).rejects.toBeInstanceOf(StorageOffsetError);
      expect(await text(storage, key)).toBe('abc');
    });

    test('any split of a file into appends gives the same file', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.string({ maxLength: 40 }), { maxLength: 8 }), async (parts) => {
          const key = randomUUID();
          let offset = 0;
          for (const part of parts) offset = await storage.append(key, offset, bytes(part));
          // Of a file of which nothing has come there need not be anything.
          expect(offset === 0 ? '' : await text(storage, key)).toBe(parts.join(''));
        }),
        { numRuns: 25 },
      );
    });

    test('delete and download do what they say, with what was put and what was received', async () => {
      for (const store of ['put', 'append', 'append and seal'] as const) {
        const key = randomUUID();
        if (store === 'put') await storage.put(key, bytes('here'));
        else await storage.append(key, 0, bytes('here'));
        if (store === 'append and seal') await storage.seal(key);
        const copy = path.join(folder, randomUUID());
        await storage.download(key, copy);
        await storage.delete(key);
        await storage.delete(key);
        expect(await storage.size(key)).toBeNull();
        expect(await readFile(copy, 'utf8')).toBe('here');
        await expect(text(storage, key)).rejects.toThrow();
      }
    });

    test('a file that has been received is sealed: it reads as before, whole and in part, and its end is known', async () => {
      const key = randomUUID();
      await storage.append(key, 0, bytes('all of '));
      await storage.append(key, 7, bytes('the file'));
      for (let again = 0; again < 2; again += 1) {
        await storage.seal(key);
        expect(await storage.size(key)).toBe(15);
        expect(await text(storage, key)).toBe('all of the file');
        expect(await text(storage, key, { start: 4, end: 9 })).toBe('of the');
      }
      // An uploader that has not heard of it sends the nothing that is left.
      expect(await storage.append(key, 15, bytes())).toBe(15);
      await expect(storage.append(key, 7, bytes('the file'))).rejects.toMatchObject({ actual: 15 });
      await storage.delete(key);
      expect(await storage.size(key)).toBeNull();
      await storage.seal(randomUUID());
    });

    test('what is put takes the place of what was put or received before', async () => {
      const key = randomUUID();
      await storage.append(key, 0, bytes('received'));
      for (const content of ['first', 'a longer second']) {
        await storage.put(key, bytes(content));
        expect(await text(storage, key)).toBe(content);
      }
    });

    test('a large file comes back whole, and any part of it across the pieces it came in', async () => {
      const key = randomUUID();
      const part = randomBytes(9 * 1024 * 1024);
      expect(await storage.append(key, 0, Readable.from([part]))).toBe(part.length);
      await storage.append(key, part.length, Readable.from([part]));
      const whole = Buffer.concat([part, part]);
      expect((await buffer(storage.read(key))).equals(whole)).toBe(true);
      const range = { start: part.length - 1000, end: part.length + 999 };
      expect(
        (await buffer(storage.read(key, range))).equals(whole.subarray(range.start, range.end + 1)),
      ).toBe(true);
      const copy = randomUUID();
      expect(await storage.put(copy, storage.read(key))).toBe(whole.length);
      expect((await buffer(storage.read(copy))).equals(whole)).toBe(true);
    });

    test('sweeping leaves what is stored, and what is being stored now', async () => {
      const key = randomUUID();
      await storage.put(key, bytes('kept'));
      await storage.append(randomUUID(), 0, bytes('on its way'));
      await storage.sweep(Date.now());
      expect(await text(storage, key)).toBe('kept');
    });

    test('a key that is not a uuid never becomes a path', async () => {
      await expect(storage.put('../secret', bytes('x'))).rejects.toThrow();
      await expect(storage.seal('../secret')).rejects.toThrow();
      expect(() => storage.localFile('a/b')).toThrow();
      expect(() => storage.read('../../etc/passwd')).toThrow();
    });
  });
}

test('local: sweeping removes what puts that were cut off have left a day ago', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'lectern-sweep-'));
  const storage = localStorage(root);
  const key = randomUUID();
  await storage.put(key, bytes('kept'));
  const draft = path.join(root, key.slice(0, 2), `${key}.${randomUUID()}`);
  await writeFile(draft, 'half');
  await storage.sweep(Date.now());
  expect(existsSync(draft)).toBe(true);
  await storage.sweep(Date.now() + 25 * 3600_000);
  expect(existsSync(draft)).toBe(false);
  expect(await text(storage, key)).toBe('kept');
  await rm(root, { recursive: true, force: true });
});

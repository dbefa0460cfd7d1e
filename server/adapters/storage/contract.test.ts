import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localStorage } from './local';
import { type Storage, StorageOffsetError } from './port';

async function* bytes(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}

async function* broken(part: string) {
  yield Buffer.from(part);
  throw new Error('the line went dead');
}

const text = async (storage: Storage, key: string, range?: { start: number; end: number }) =>
  (await buffer(storage.read(key, range))).toString();

const implementations: Record<string, (folder: string) => Storage> = { local: localStorage };

for (const [name, make] of Object.entries(implementations)) {
  describe(`storage: ${name}`, () => {
    let folder: string;
    let storage: Storage;
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'lectern-storage-'));
      storage = make(path.join(folder, 'files'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

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
          expect(parts.length === 0 ? '' : await text(storage, key)).toBe(parts.join(''));
        }),
        { numRuns: 25 },
      );
    });

    test('move, delete and download do what they say', async () => {
      const [from, to] = [randomUUID(), randomUUID()];
      await storage.put(from, bytes('moved'));
      await storage.put(to, bytes('replaced'));
      await storage.move(from, to);
      expect(await storage.size(from)).toBeNull();
      expect(await text(storage, to)).toBe('moved');
      const copy = path.join(folder, randomUUID());
      await storage.download(to, copy);
      await storage.delete(to);
      await storage.delete(to);
      expect(await storage.size(to)).toBeNull();
      expect(await readFile(copy, 'utf8')).toBe('moved');
      await expect(text(storage, to)).rejects.toThrow();
    });

    test('a key that is not a uuid never becomes a path', async () => {
      await expect(storage.put('../secret', bytes('x'))).rejects.toThrow();
      expect(() => storage.localFile('a/b')).toThrow();
      expect(() => storage.read('../../etc/passwd')).toThrow();
    });
  });
}

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { localStorage } from './local';
import { type ByteRange, type Storage, StorageOffsetError } from './port';
import { uploadthingApi, type UploadthingAccount } from './uploadthing-api';

/** Which file at the vendor lies under which key. Each verb is over, for everybody, when it returns. */
export type HostedIndex = {
  find(key: string): Promise<{ name: string; bytes: number } | null>;
  /** Notes a name before its bytes are sent. */
  begin(key: string, name: string, bytes: number): Promise<void>;
  /** All its bytes are there: it is what lies under its key. Gives the names that are not wanted any more by that. */
  finish(key: string, name: string): Promise<string[]>;
  /** Nothing lies under the key. Gives the names that are not wanted any more. */
  drop(key: string): Promise<string[]>;
  /** Names that are not wanted any more, and such as came no further for a day. @param now  ms since the epoch */
  abandoned(now: number): Promise<string[]>;
  /** They are deleted at the vendor. */
  forget(names: readonly string[]): Promise<void>;
};

const uuid = z.uuid();

/**
 * Files at uploadthing, private. What is being received grows on this machine, since a file there has to be sent whole and with its size
 * known; `seal` sends it and is over when it is there.
 * @param folder  where files wait and grow; every worker that takes uploads has the same one
 */
export function uploadthingStorage(account: UploadthingAccount, index: HostedIndex, folder: string): Storage {
  const api = uploadthingApi(account);
  const spool = localStorage(path.join(folder, 'receiving'));
  const drafts = path.join(folder, 'work');
  const keyOf = (key: string) => uuid.parse(key).toLowerCase();

  /** Sends a file of this machine; what lay under the key before is deleted. */
  async function send(key: string, file: string): Promise<number> {
    const { size } = await stat(file);
    // No name and nothing else that a person typed goes to the vendor.
    const { key: name, url } = await api.prepare(key, size);
    await index.begin(key, name, size);
    await api.send(url, file);
    await remove(await index.finish(key, name));
    return size;
  }

  async function remove(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    await api.remove(names);
    await index.forget(names);
  }

  async function* bytesOf(key: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
    const hosted = await index.find(key);
    if (hosted) yield* await api.open(hosted.name, range);
    else yield* spool.read(key, range) as AsyncIterable<Uint8Array>;
  }

  const storage: Storage = {
    async put(key, source) {
      const name = keyOf(key);
      await mkdir(drafts, { recursive: true, mode: 0o700 });
      const draft = path.join(drafts, randomUUID());
      try {
        await pipeline(source, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
        const size = await send(name, draft);
        await spool.delete(name);
        return size;
      } finally {
        await rm(draft, { force: true });
      }
    },

    async append(key, offset, source) {
      const hosted = await index.find(keyOf(key));
      if (!hosted) return spool.append(key, offset, source);
      if (offset !== hosted.bytes) throw new StorageOffsetError(hosted.bytes);
      for await (const chunk of source) {
        if (chunk.byteLength > 0) throw new Error('Nothing is added to a file that is sealed');
      }
      return hosted.bytes;
    },

    async seal(key) {
      const name = keyOf(key);
      const file = spool.localFile(name);
      if (!file || (await spool.size(name)) === null) return;
      await send(name, path.join(file.root, file.path));
      await spool.delete(name);
    },

    async size(key) {
      const hosted = await index.find(keyOf(key));
      return hosted ? hosted.bytes : spool.size(key);
    },

    read: (key, range) => Readable.from(bytesOf(keyOf(key), range), { objectMode: false }),

    async delete(key) {
      const name = keyOf(key);
      await spool.delete(name);
      await remove(await index.drop(name));
    },

    async download(key, target) {
      await pipeline(storage.read(key), createWriteStream(target, { flags: 'wx', mode: 0o600 }));
    },

    localFile(key) {
      keyOf(key);
      return null;
    },

    async sweep(now) {
      await spool.sweep(now);
      await remove(await index.abandoned(now));
    },
  };
  return storage;
}

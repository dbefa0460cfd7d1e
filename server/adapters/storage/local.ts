import { randomUUID } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Storage, StorageOffsetError } from './port';

const uuid = z.uuid();
/** A put takes minutes at most. */
const ABANDONED_MS = 24 * 3600_000;

/** Files in a folder of this machine, in subfolders by the first two letters of their keys. */
export function localStorage(root: string): Storage {
  const relative = (key: string) => {
    const name = uuid.parse(key).toLowerCase();
    return path.join(name.slice(0, 2), name);
  };
  const place = (key: string) => path.join(root, relative(key));
  const prepared = async (key: string) => {
    const file = place(key);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    return file;
  };

  const storage: Storage = {
    async put(key, source) {
      const file = await prepared(key);
      const draft = `${file}.${randomUUID()}`;
      try {
        const size = await write(draft, 'wx', source);
        await rename(draft, file);
        return size;
      } finally {
        await rm(draft, { force: true });
      }
    },

    async append(key, offset, source) {
      const file = await prepared(key);
      const actual = (await sizeOf(file)) ?? 0;
      if (actual !== offset) throw new StorageOffsetError(actual);
      return offset + (await write(file, 'a', source));
    },

    // It lies where it stays from its first byte on.
    async seal(key) {
      place(key);
    },

    size: (key) => sizeOf(place(key)),

    read: (key, range) => createReadStream(place(key), range ?? {}),

    async delete(key) {
      await rm(place(key), { force: true });
    },

    async download(key, target) {
      await link(place(key), target).catch(() => copyFile(place(key), target));
    },

    localFile: (key) => ({ root, path: relative(key) }),

    async sweep(now) {
      if (!(await statOf(root))) return;
      for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
        const file = path.join(entry.parentPath, entry.name);
        // A draft's name goes on after its key.
        if (!entry.isFile() || !entry.name.includes('.')) continue;
        const draft = await statOf(file);
        // It may have become what it was to be since the folder was read.
        if (draft && now - draft.mtimeMs >= ABANDONED_MS) await rm(file, { force: true });
      }
    },
  };
  return storage;
}

/** Writes what comes and brings it to the disk; what came before the source broke off stays. Returns the bytes written. */
async function write(file: string, flags: 'a' | 'wx', source: AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(file, flags, 0o600);
  let written = 0;
  try {
    for await (const chunk of source) {
      await handle.appendFile(chunk);
      written += chunk.byteLength;
    }
  } finally {
    await handle.datasync();
    await handle.close();
  }
  return written;
}

async function sizeOf(file: string): Promise<number | null> {
  return (await statOf(file))?.size ?? null;
}

/** Null where there is no such file. */
async function statOf(file: string): Promise<Stats | null> {
  try {
    return await stat(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

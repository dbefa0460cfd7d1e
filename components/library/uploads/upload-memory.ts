import type { UploadTarget } from './upload-file';
import { uploadsWanted } from './uploads-wanted';

/** An upload as this browser remembers it until it is done. */
export type Remembered = {
  id: string;
  userId: string;
  fingerprint: string;
  name: string;
  bytes: number;
  lastModified: number;
  target: UploadTarget;
  paused: boolean;
  /** Null where the browser has no room to keep it. */
  file: File | null;
  /** ms since the epoch, this browser's clock */
  addedAt: number;
};

/** Where unfinished uploads are kept over a reload. */
export type UploadMemory = {
  keep(record: Remembered): Promise<void>;
  change(id: string, change: Partial<Pick<Remembered, 'paused' | 'file'>>): Promise<void>;
  forget(id: string): Promise<void>;
  list(): Promise<Remembered[]>;
};

const DATABASE = 'lectern';
const STORE = 'uploads';
/** What nobody went on with for so long begins anew. */
const KEPT_MS = 7 * 24 * 3_600_000;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser kept nothing'));
  });
}

/** In IndexedDB, with the files themselves: a reload needs nobody then. */
export function browserMemory(): UploadMemory {
  let opened: Promise<IDBDatabase> | undefined;

  function database(): Promise<IDBDatabase> {
    opened ??= (() => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
      return settled(request);
    })();
    return opened;
  }

  async function run<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const transaction = (await database()).transaction(STORE, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('The browser kept nothing'));
    });
    const [result] = await Promise.all([settled(work(transaction.objectStore(STORE))), done]);
    return result;
  }

  const memory: UploadMemory = {
    async keep(record) {
      uploadsWanted.remember(true);
      const file = record.file && (await hasRoom(record.bytes)) ? record.file : null;
      try {
        await run('readwrite', (store) => store.put({ ...record, file }));
      } catch {
        // A browser that keeps no files, or has less room than it said, keeps the rest.
        await run('readwrite', (store) => store.put({ ...record, file: null }));
      }
    },
    async change(id, change) {
      const record = await run<Remembered | undefined>('readonly', (store) => store.get(id));
      if (record) await run('readwrite', (store) => store.put({ ...record, ...change }));
    },
    async forget(id) {
      await run('readwrite', (store) => store.delete(id));
      if ((await run('readonly', (store) => store.count())) === 0) uploadsWanted.remember(false);
    },
    async list() {
      const records = await run<Remembered[]>('readonly', (store) => store.getAll());
      const fresh = records.filter(({ addedAt }) => addedAt > Date.now() - KEPT_MS);
      for (const { id } of records.filter((record) => !fresh.includes(record))) await memory.forget(id);
      return fresh.toSorted((a, b) => a.addedAt - b.addedAt);
    },
  };
  return memory;
}

/** Leaves the browser as much room again as the file takes. */
async function hasRoom(bytes: number): Promise<boolean> {
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate()) ?? {};
  return quota - usage > 2 * bytes;
}

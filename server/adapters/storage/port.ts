import type { Readable } from 'node:stream';

/** Both ends count: bytes `start` to `end`. */
export type ByteRange = { start: number; end: number };

/** Somebody else wrote in between, or bytes are missing: what is stored ends somewhere else than the writer thinks. */
export class StorageOffsetError extends Error {
  constructor(readonly actual: number) {
    super(`The stored file ends at ${actual}.`);
    this.name = 'StorageOffsetError';
  }
}

/** Where people's files lie. Keys are uuids, never names: nothing that a person typed becomes part of a path. */
export type Storage = {
  /** Stores a whole file, all or nothing, in the place of what was there. Returns its size in bytes. */
  put(key: string, source: AsyncIterable<Uint8Array>): Promise<number>;
  /**
   * Adds bytes to the end of a file that is being received, and keeps those that came when the source breaks off.
   * @param offset  where the file has to end now; 0 begins it
   * @returns its size in bytes
   * @throws StorageOffsetError, and what the source throws
   */
  append(key: string, offset: number, source: AsyncIterable<Uint8Array>): Promise<number>;
  /**
   * Says that all of a file has been received: it lies where it stays when this is over. Nothing is added to it from now on. Once more, or for a
   * file that was put, it does nothing.
   */
  seal(key: string): Promise<void>;
  /** Size in bytes; null when there is nothing under the key. */
  size(key: string): Promise<number | null>;
  /** The bytes of a file, or of a part of it. The stream errors when there is nothing under the key. */
  read(key: string, range?: ByteRange): Readable;
  /** Removes a file; nothing happens when there is none. */
  delete(key: string): Promise<void>;
  /** Puts a copy at a path of this machine, for a process that works on it and does not change it. */
  download(key: string, path: string): Promise<void>;
  /** The folder and the path in it where the file lies on this machine; null for a storage elsewhere. */
  localFile(key: string): { root: string; path: string } | null;
  /** Removes what puts that were cut off have left, once it is a day old. @param now  ms since the epoch */
  sweep(now: number): Promise<void>;
};

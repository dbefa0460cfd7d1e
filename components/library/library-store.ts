import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import { uploadFile, UploadRefused } from './upload-file';

export type LibraryDocument = Awaited<ReturnType<typeof trpc.documents.list.query>>['documents'][number];

/** A file on its way, or one that was not taken. */
export type Upload = { id: string; name: string; bytes: number } & (
  | { state: 'sending'; sent: number }
  /** All is sent; the server looks at it. */
  | { state: 'checking' }
  | { state: 'refused'; code: string }
);

export type Library = {
  /** Null until it was loaded. */
  documents: readonly LibraryDocument[] | null;
  uploads: readonly Upload[];
  refusal: Refusal | null;
};

/**
 * The signed-in person's library in this tab. It outlives the panel that shows it, so that an upload goes on while one looks at the chat.
 */
export class LibraryStore {
  #library: Library = { documents: null, uploads: [], refusal: null };
  readonly #listeners = new Set<() => void>();
  readonly #cancels = new Map<string, AbortController>();

  readonly get = (): Library => this.#library;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(change: Partial<Library>): void {
    this.#library = { ...this.#library, ...change };
    for (const listener of this.#listeners) listener();
  }

  async load(): Promise<void> {
    try {
      const { documents } = await trpc.documents.list.query();
      this.#set({ documents, refusal: null });
    } catch (error) {
      this.#set({ refusal: refusalOf(error) });
    }
  }

  upload(files: Iterable<File>, roomId: string): void {
    for (const file of files) void this.#send(file, roomId);
  }

  async #send(file: File, roomId: string): Promise<void> {
    const id = crypto.randomUUID();
    const facts = { id, name: file.name, bytes: file.size };
    const cancel = new AbortController();
    this.#cancels.set(id, cancel);
    this.#set({ uploads: [{ ...facts, state: 'sending', sent: 0 }, ...this.#library.uploads] });
    try {
      const onProgress = (sent: number) =>
        this.#change(
          sent < file.size ? { ...facts, state: 'sending', sent } : { ...facts, state: 'checking' },
        );
      await uploadFile(file, { roomId, onProgress, signal: cancel.signal });
      await this.load();
      this.dismiss(id);
    } catch (error) {
      if (cancel.signal.aborted) return this.dismiss(id);
      const code = error instanceof UploadRefused ? error.code : 'INTERNAL';
      this.#change({ ...facts, state: 'refused', code });
    } finally {
      this.#cancels.delete(id);
    }
  }

  #change(next: Upload): void {
    this.#set({ uploads: this.#library.uploads.map((upload) => (upload.id === next.id ? next : upload)) });
  }

  /** Stops an upload, or takes a refused one off the list. What was sent is kept for a day, so the same file goes on there. */
  dismiss(id: string): void {
    this.#cancels.get(id)?.abort();
    this.#set({ uploads: this.#library.uploads.filter((upload) => upload.id !== id) });
  }

  /** @throws as tRPC calls do */
  async rename(documentId: string, name: string): Promise<void> {
    await trpc.documents.rename.mutate({ documentId, name });
    await this.load();
  }

  /** @throws as tRPC calls do */
  async setDeleted(documentId: string, deleted: boolean): Promise<void> {
    await trpc.documents.setDeleted.mutate({ documentId, deleted });
    await this.load();
  }
}

export const library = new LibraryStore();

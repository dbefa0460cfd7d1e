import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';

export type DocumentPages = Awaited<ReturnType<typeof trpc.documents.pages.query>>;
export type PagesState =
  | { kind: 'loading' }
  | { kind: 'ready'; document: DocumentPages }
  | { kind: 'failed'; refusal: Refusal };

/** Addresses are asked for anew this long before they end. */
const RENEW_BEFORE_MS = 60_000;
const MISSING_FIRST_MS = 1_000;
const MISSING_LONGEST_MS = 15_000;

/** The pages of one document in one room: loaded once, kept fresh while somebody looks. */
class PagesEntry {
  state: PagesState = { kind: 'loading' };
  readonly #listeners = new Set<() => void>();
  #loading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #missingDelay = MISSING_FIRST_MS;

  constructor(
    private readonly roomId: string,
    private readonly documentId: string,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#plan();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) clearTimeout(this.#timer);
    };
  };

  async load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    try {
      const { roomId, documentId } = this;
      const document = await trpc.documents.pages.query({ roomId, documentId });
      this.#show({ kind: 'ready', document });
    } catch (error) {
      // What is on screen stays there: an address that ended is renewed at the next chance.
      if (this.state.kind !== 'ready') this.#show({ kind: 'failed', refusal: refusalOf(error) });
    } finally {
      this.#loading = false;
      this.#plan();
    }
  }

  retry(): void {
    this.#show({ kind: 'loading' });
    void this.load();
  }

  #show(state: PagesState): void {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }

  /** When to ask again: soon while pictures are still being drawn, else shortly before the addresses end. */
  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#listeners.size === 0) return;
    if (this.state.kind === 'loading') return void this.load();
    if (this.state.kind === 'failed') return;
    const { pages, addressesEnd } = this.state.document;
    const untilEnd = Math.max(MISSING_FIRST_MS, addressesEnd - Date.now() - RENEW_BEFORE_MS);
    if (pages.every((page) => page.picture)) {
      this.#timer = setTimeout(() => void this.load(), untilEnd);
      return;
    }
    this.#timer = setTimeout(() => void this.load(), Math.min(this.#missingDelay, untilEnd));
    this.#missingDelay = Math.min(MISSING_LONGEST_MS, this.#missingDelay * 1.6);
  }
}

const entries = new Map<string, PagesEntry>();

function entryOf(roomId: string, documentId: string): PagesEntry {
  const key = `${roomId}/${documentId}`;
  const entry = entries.get(key) ?? new PagesEntry(roomId, documentId);
  entries.set(key, entry);
  return entry;
}

/** The pages of a document that is open in the room, for the stage. */
export function useDocumentPages(roomId: string, documentId: string): PagesState & { retry: () => void } {
  const entry = useMemo(() => entryOf(roomId, documentId), [roomId, documentId]);
  const read = () => entry.state;
  const state = useSyncExternalStore(entry.subscribe, read, read);
  const retry = useCallback(() => entry.retry(), [entry]);
  // Back from a sleeping tab the addresses may have ended, and timers do not run there.
  useEffect(() => {
    const renew = () => {
      if (document.visibilityState !== 'visible' || entry.state.kind !== 'ready') return;
      if (entry.state.document.addressesEnd < Date.now() + RENEW_BEFORE_MS) void entry.load();
    };
    document.addEventListener('visibilitychange', renew);
    return () => document.removeEventListener('visibilitychange', renew);
  }, [entry]);
  return { ...state, retry };
}

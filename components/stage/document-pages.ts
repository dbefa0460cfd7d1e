import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';

export type DocumentPages = Awaited<ReturnType<typeof trpc.documents.pages.query>>;
export type PagesState =
  | { kind: 'loading' }
  | { kind: 'ready'; document: DocumentPages }
  | { kind: 'failed'; refusal: Refusal };

/** Addresses are asked for anew this long before they end. */
const RENEW_BEFORE_MS = 60_000;
/** How soon a picture that is about to be shown is asked for again, and one further away. */
const NEAR_MS = 1_000;
const FAR_MS = 15_000;
/** A page that cannot be drawn at all is not asked for until the class ends. */
const MISSING_TRIES = 40;
/** Pages before and after the shown one whose pictures are about to be shown. */
const NEAR_PAGES = 2;

/** The pages of one document in one room: loaded once, kept fresh while somebody looks. */
class PagesEntry {
  state: PagesState = { kind: 'loading' };
  readonly #listeners = new Set<() => void>();
  #loading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Tries since the last picture came. */
  #tries = 0;
  #drawn = 0;
  #page = 1;

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
      const drawn = document.pages.filter((page) => page.picture).length;
      if (drawn > this.#drawn) [this.#drawn, this.#tries] = [drawn, 0];
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

  /** Which page is shown: the pictures around it are waited for first. */
  show(page: number): void {
    if (this.#page === page) return;
    this.#page = page;
    this.#plan();
  }

  /** When to ask again: soon while pictures are still being drawn, else shortly before the addresses end. */
  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#listeners.size === 0) return;
    if (this.state.kind === 'loading') return void this.load();
    if (this.state.kind === 'failed') return;
    const { pages, addressesEnd } = this.state.document;
    const untilEnd = Math.max(NEAR_MS, addressesEnd - Date.now() - RENEW_BEFORE_MS);
    const missing = pages.flatMap(({ picture }, index) =>
      picture ? [] : [Math.abs(index + 1 - this.#page)],
    );
    const waits = missing.length > 0 && this.#tries < MISSING_TRIES;
    // A whole class waits for the same pictures: they do not all ask at the same moment.
    const jitter = 0.75 + Math.random() / 2;
    const soon = (Math.min(...missing) <= NEAR_PAGES ? NEAR_MS + 100 * this.#tries : FAR_MS) * jitter;
    if (waits) this.#tries += 1;
    this.#timer = setTimeout(() => void this.load(), waits ? Math.min(soon, untilEnd) : untilEnd);
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
export function useDocumentPages(
  roomId: string,
  documentId: string,
  page: number,
): PagesState & { retry: () => void } {
  const entry = useMemo(() => entryOf(roomId, documentId), [roomId, documentId]);
  const read = () => entry.state;
  const state = useSyncExternalStore(entry.subscribe, read, read);
  useEffect(() => entry.show(page), [entry, page]);
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

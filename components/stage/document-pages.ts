import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useRoom } from '@/components/room-log/use-room';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import { forgetPdf } from './pdf-document';

type Answer = Awaited<ReturnType<typeof trpc.documents.pages.query>>;
export type PageFacts = Answer['pages'][number];

/** What is known of a document: pages that nobody has come near are not asked for. */
export type DocumentPages = Pick<Answer, 'hasPdf' | 'pageCount'> & {
  /** Null: not there yet. Pages count from 1. */
  pageAt: (page: number) => PageFacts | null;
};

export type PagesState =
  | { kind: 'loading' }
  | { kind: 'ready'; document: DocumentPages }
  | { kind: 'failed'; refusal: Refusal };

/** Pages are asked for by so many. */
const CHUNK = 100;
/** Addresses are asked for anew this long before they end. */
const RENEW_BEFORE_MS = 60_000;
/** How soon a picture that is about to be shown is asked for again, and one further away. */
const NEAR_MS = 1_000;
const FAR_MS = 15_000;
/** How soon what did not load is asked for again while there is something to look at. */
const AGAIN_MS = 4_000;
/** A page that cannot be drawn at all is not asked for until the class ends. */
const MISSING_TRIES = 40;
/** Pages before and after the shown one whose pictures are about to be shown. */
const NEAR_PAGES = 2;
/** Further than this nobody turns before the next pages have come. */
const AHEAD_PAGES = 10;

const chunkOf = (page: number) => Math.floor((page - 1) / CHUNK);

type Chunk = {
  pages: readonly PageFacts[];
  addressesEnd: number;
  loadedAt: number;
  /** A whole class waits for the same pictures: they do not all ask at the same moment. */
  jitter: number;
};

/** The pages of one document in one room: loaded as they are come near to, kept fresh while somebody looks. */
class PagesEntry {
  state: PagesState = { kind: 'loading' };
  readonly #listeners = new Set<() => void>();
  readonly #chunks = new Map<number, Chunk>();
  readonly #loading = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Tries since the last picture came. */
  #tries = 0;
  #page = 1;
  /** Pages that are looked over besides the shown one. */
  #looked: readonly [from: number, to: number] | null = null;
  #notBefore = 0;

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

  /** Which page is shown: what is around it is waited for first. */
  show(page: number): void {
    if (this.#page === page) return;
    this.#page = page;
    this.#plan();
  }

  /** Which pages are looked over, both ends counted; null when that is over. */
  look(range: readonly [number, number] | null): void {
    this.#looked = range;
    this.#plan();
  }

  retry(): void {
    this.#notBefore = 0;
    this.#show({ kind: 'loading' });
    this.#plan();
  }

  /** Asks anew for what has ended meanwhile. */
  readonly renew = (): void => this.#plan();

  #show(state: PagesState): void {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }

  async #load(chunk: number): Promise<void> {
    if (this.#loading.has(chunk)) return;
    this.#loading.add(chunk);
    const { roomId, documentId } = this;
    try {
      const asked = { roomId, documentId, from: chunk * CHUNK + 1, count: CHUNK };
      const { pages, addressesEnd, ...facts } = await trpc.documents.pages.query(asked);
      const before = this.#chunks.get(chunk);
      this.#tries = !before || drawn(pages) > drawn(before.pages) ? 0 : this.#tries + 1;
      this.#chunks.set(chunk, {
        pages,
        addressesEnd,
        loadedAt: Date.now(),
        jitter: 0.75 + Math.random() / 2,
      });
      const pageAt = (page: number) => this.#chunks.get(chunkOf(page))?.pages[(page - 1) % CHUNK] ?? null;
      this.#show({ kind: 'ready', document: { ...facts, pageAt } });
    } catch (error) {
      this.#notBefore = Date.now() + AGAIN_MS;
      // What is on screen stays there: an address that ended is renewed at the next chance.
      if (!this.#chunks.has(chunkOf(this.#page))) this.#show({ kind: 'failed', refusal: refusalOf(error) });
    } finally {
      this.#loading.delete(chunk);
      this.#plan();
    }
  }

  /** The parts that are looked at now, the shown page's first. */
  #wanted(): number[] {
    const last = this.state.kind === 'ready' ? this.state.document.pageCount : this.#page;
    const [from, to] = this.#looked ?? [this.#page, this.#page];
    const pages = [this.#page, this.#page + AHEAD_PAGES, this.#page - AHEAD_PAGES];
    for (let page = from; page <= to; page += CHUNK) pages.push(page);
    return [...new Set([...pages, to].map((page) => chunkOf(Math.min(Math.max(1, page), last))))];
  }

  /** Asks for what is missing, and plans when to ask again: soon while pictures are being drawn, else before addresses end. */
  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#listeners.size === 0 || this.state.kind === 'failed') return;
    const now = Date.now();
    let wait = Number.POSITIVE_INFINITY;
    for (const index of this.#wanted()) {
      if (this.#loading.has(index)) continue;
      const chunk = this.#chunks.get(index);
      const due = Math.max(this.#notBefore, chunk ? this.#dueAt(index, chunk) : 0);
      if (due <= now) void this.#load(index);
      else wait = Math.min(wait, due - now);
    }
    if (Number.isFinite(wait)) this.#timer = setTimeout(this.renew, wait);
  }

  #dueAt(index: number, { pages, addressesEnd, loadedAt, jitter }: Chunk): number {
    const end = Math.max(addressesEnd - RENEW_BEFORE_MS, loadedAt + NEAR_MS);
    const missing = pages.flatMap(({ picture }, at) =>
      picture ? [] : [Math.abs(index * CHUNK + at + 1 - this.#page)],
    );
    if (missing.length === 0 || this.#tries >= MISSING_TRIES) return end;
    const soon = Math.min(...missing) <= NEAR_PAGES ? NEAR_MS + 100 * this.#tries : FAR_MS;
    return Math.min(loadedAt + soon * jitter, end);
  }
}

function drawn(pages: readonly PageFacts[]): number {
  return pages.filter(({ picture }) => picture).length;
}

const entries = new Map<string, { version: number; entry: PagesEntry }>();

/** What is known of a document; nothing any more once its file is another one. */
function entryOf(roomId: string, documentId: string, version: number): PagesEntry {
  const key = `${roomId}/${documentId}`;
  const known = entries.get(key);
  if (known?.version === version) return known.entry;
  if (known) forgetPdf(roomId, documentId);
  const entry = new PagesEntry(roomId, documentId);
  entries.set(key, { version, entry });
  return entry;
}

export type PagesOnStage = PagesState & {
  retry: () => void;
  /** Says which pages are looked over besides the shown one, both ends counted. */
  look: (range: readonly [from: number, to: number] | null) => void;
};

/** The pages of a document that is open in the room, for the stage. */
export function useDocumentPages(roomId: string, documentId: string, page: number): PagesOnStage {
  const version = useRoom(({ head }) => head.documents.find(({ id }) => id === documentId)?.version ?? 1);
  const entry = useMemo(() => entryOf(roomId, documentId, version), [roomId, documentId, version]);
  const read = () => entry.state;
  const state = useSyncExternalStore(entry.subscribe, read, read);
  useEffect(() => entry.show(page), [entry, page]);
  const retry = useCallback(() => entry.retry(), [entry]);
  const look = useCallback((range: readonly [number, number] | null) => entry.look(range), [entry]);
  // Back from a sleeping tab the addresses may have ended, and timers do not run there.
  useEffect(() => {
    const renew = () => {
      if (document.visibilityState === 'visible') entry.renew();
    };
    document.addEventListener('visibilitychange', renew);
    return () => document.removeEventListener('visibilitychange', renew);
  }, [entry]);
  return { ...state, retry, look };
}

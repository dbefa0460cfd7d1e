import { type Refusal, refusalOf, trpc } from '@/components/trpc';

type Answer = Awaited<ReturnType<typeof trpc.library.list.query>>;
export type LibraryDocument = Answer['documents'][number];
export type LibraryFolder = Answer['folders'][number];
export type Sort = NonNullable<Parameters<typeof trpc.library.list.query>[0]>['sort'] & string;

/** What is looked at: a folder (null: the top), or what a search finds anywhere. */
export type Question = { folderId: string | null; search: string; sort: Sort };

export type Listing = {
  question: Question;
  path: readonly LibraryFolder[];
  folders: readonly LibraryFolder[];
  documents: readonly LibraryDocument[];
  /** Whether there are more files than are listed. */
  hasMore: boolean;
  /** Null: what is listed answers the question. */
  busy: 'loading' | 'more' | null;
  refusal: Refusal | null;
};

/** Files in work are asked for this often, and less often while nothing becomes of them. */
const SOON_MS = 1_200;
const LATE_MS = 8_000;
/** A picture that cannot be made is not waited for for ever. */
const PICTURE_TRIES = 20;
/** As many files are read again at once after a change; who scrolled further scrolls again. */
const REREAD = 500;
/** Addresses of pictures are renewed this long before they end. */
const RENEW_BEFORE_MS = 60_000;

const EMPTY = {
  path: [],
  folders: [],
  documents: [],
  hasMore: false,
  busy: 'loading',
  refusal: null,
} as const;

/** One list of the library on the screen: read page by page, and kept true while files are in work. */
export class LibraryListing {
  #state: Listing;
  readonly #listeners = new Set<() => void>();
  #next: Answer['next'] = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #wait = SOON_MS;
  #pictureTries = 0;

  constructor(question: Question) {
    this.#state = { question, ...EMPTY };
  }

  readonly get = (): Listing => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#timer);
      clearTimeout(this.#renewal);
    };
  };

  #set(change: Partial<Listing>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Looks at something else. What stands there stays until the answer is there, but for another folder's. */
  open(question: Question): void {
    const stays = question.folderId === this.#state.question.folderId;
    this.#set(stays ? { question, busy: 'loading', refusal: null } : { question, ...EMPTY });
    void this.reload();
  }

  /** Reads what is listed again. */
  async reload(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const { question, documents: before } = this.#state;
    try {
      let page = await trpc.library.list.query(question);
      const documents = [...page.documents];
      const enough =
        question.folderId === this.#state.question.folderId ? Math.min(before.length, REREAD) : 0;
      while (page.next && documents.length < enough) {
        const more = await trpc.library.list.query({ ...question, after: page.next });
        documents.push(...more.documents);
        page = { ...page, next: more.next };
      }
      if (asked !== this.#asked) return;
      this.#next = page.next;
      const { path, folders } = page;
      this.#set({ path, folders, documents, hasMore: page.next !== null, busy: null, refusal: null });
      this.#wait = SOON_MS;
      this.#plan(page.addressesEnd);
    } catch (error) {
      if (asked === this.#asked) this.#set({ busy: null, refusal: refusalOf(error) });
    }
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    const after = this.#next;
    if (!after || this.#state.busy) return;
    const asked = this.#asked;
    this.#set({ busy: 'more' });
    try {
      const page = await trpc.library.list.query({ ...this.#state.question, after });
      if (asked !== this.#asked) return;
      this.#next = page.next;
      const known = new Set(this.#state.documents.map(({ id }) => id));
      const fresh = page.documents.filter(({ id }) => !known.has(id));
      this.#set({
        documents: [...this.#state.documents, ...fresh],
        hasMore: page.next !== null,
        busy: null,
      });
      this.#plan();
    } catch (error) {
      if (asked === this.#asked) this.#set({ busy: null, refusal: refusalOf(error) });
    }
  }

  /** Takes out at once what was moved away or deleted; the server's answer follows. */
  takeOut(documentIds: readonly string[], folderIds: readonly string[]): void {
    this.#set({
      documents: this.#state.documents.filter(({ id }) => !documentIds.includes(id)),
      folders: this.#state.folders.filter(({ id }) => !folderIds.includes(id)),
    });
  }

  /** Shows a new name at once. */
  showName(id: string, name: string): void {
    const named = <Item extends { id: string }>(item: Item) => (item.id === id ? { ...item, name } : item);
    this.#set({ documents: this.#state.documents.map(named), folders: this.#state.folders.map(named) });
  }

  /** Asks for files in work soon, and for all of them shortly before the addresses of their pictures end. */
  #plan(addressesEnd?: number): void {
    if (addressesEnd !== undefined) {
      clearTimeout(this.#renewal);
      const inMs = Math.max(RENEW_BEFORE_MS, addressesEnd - Date.now() - RENEW_BEFORE_MS);
      this.#renewal = setTimeout(() => void this.reload(), inMs);
    }
    clearTimeout(this.#timer);
    if (this.#unfinished().length === 0 || this.#listeners.size === 0) return;
    this.#timer = setTimeout(() => void this.#ask(), this.#wait);
  }

  #unfinished(): string[] {
    const withPictures = this.#pictureTries < PICTURE_TRIES;
    return this.#state.documents
      .filter((document) => isInWork(document) || (withPictures && lacksPicture(document)))
      .slice(0, 200)
      .map(({ id }) => id);
  }

  async #ask(): Promise<void> {
    if (document.visibilityState === 'hidden') return this.#plan();
    const documentIds = this.#unfinished();
    const asked = this.#asked;
    try {
      const { documents } = await trpc.library.states.query({ documentIds });
      if (asked !== this.#asked) return;
      this.#merge(documents);
    } catch {
      // The next try says whether it stays so; what is listed is still there.
      this.#wait = LATE_MS;
    }
    this.#plan();
  }

  #merge(fresh: readonly LibraryDocument[]): void {
    const byId = new Map(fresh.map((document) => [document.id, document]));
    const before = JSON.stringify(this.#state.documents.map(progressOf));
    const documents = this.#state.documents.map((document) => {
      const now = byId.get(document.id);
      return now ? { ...now, foundOn: document.foundOn } : document;
    });
    const moved = JSON.stringify(documents.map(progressOf)) !== before;
    this.#wait = moved ? SOON_MS : Math.min(LATE_MS, this.#wait * 1.3);
    this.#pictureTries = moved ? 0 : this.#pictureTries + 1;
    if (moved) this.#set({ documents });
  }
}

const progressOf = (one: LibraryDocument) => [
  one.status,
  one.pagesDone,
  one.pageCount,
  one.ahead,
  !one.thumbnail,
  !one.loudness,
];

/** Whether something still becomes of it by itself. */
export function isInWork({ status }: Pick<LibraryDocument, 'status'>): boolean {
  return status === 'checking' || status === 'converting';
}

const lacksPicture = ({ status, kind, video, thumbnail, loudness }: LibraryDocument) =>
  status === 'ready' &&
  ((kind === 'pages' && !thumbnail) || (kind === 'media' && !thumbnail && (video !== false || !loudness)));

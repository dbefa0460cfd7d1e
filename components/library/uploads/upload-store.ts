import {
  type fingerprintOf,
  refusedForSize,
  type uploadFile,
  UploadRefused,
  type UploadTarget,
} from './upload-file';
import { isUnderWay, mayHelpAgain, type Upload, type UploadFacts, type UploadState } from './upload';
import type { Remembered, UploadMemory } from './upload-memory';

/** As many files are sent at the same time: more share the same line and none is there sooner. */
const AT_ONCE = 2;
/** How soon a broken line is tried again by itself. */
const AGAIN_MS = 10_000;

/** What the store needs of the world: the network, the browser's memory, other tabs. */
export type UploadWorld = {
  send: typeof uploadFile;
  fingerprintOf: typeof fingerprintOf;
  memory: UploadMemory;
  /** Who is signed in: what one person left unfinished is not another one's. */
  userId(): Promise<string | null>;
  inOneTab(
    fingerprint: string,
    options: { signal: AbortSignal; onElsewhere: () => void },
    work: () => Promise<string>,
  ): Promise<string>;
  sentInSomeTab(): Promise<Set<string>>;
  /** Tells the server that an upload is given up. */
  withdraw(fingerprint: string, size: number): Promise<void>;
  onDone(documentId: string, target: UploadTarget): void;
};

type Job = { file: File | null; fingerprint: string | null; cancel: AbortController | null; sent: number };
class Paused extends Error {}
class Cancelled extends Error {}

/**
 * The uploads of this tab: they outlive the page that began them as long as one moves about within the app, and a reload by the browser's
 * memory.
 */
export class UploadStore {
  #uploads: readonly Upload[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #jobs = new Map<string, Job>();
  #running = 0;
  #restored: Promise<void> | undefined;

  constructor(private readonly world: UploadWorld) {}

  readonly get = (): readonly Upload[] => this.#uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(files: Iterable<File>, target: UploadTarget): void {
    const added = [...files].map((file): Upload => {
      const id = crypto.randomUUID();
      this.#jobs.set(id, { file, fingerprint: null, cancel: null, sent: 0 });
      const facts = { id, name: file.name, bytes: file.size, target };
      // Nobody waits for others to be sent to hear that this one is not taken.
      const code = refusedForSize(file);
      return code ? { ...facts, state: 'refused', code, again: false } : { ...facts, state: 'waiting' };
    });
    this.#set([...this.#uploads, ...added]);
    this.#pump();
  }

  pause(id: string): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    job.cancel?.abort(new Paused());
    this.#become(id, { state: 'paused', sent: job.sent });
    void this.#remember(() => this.world.memory.change(id, { paused: true }));
  }

  /** Goes on with what was paused, refused or is waiting for a better line. */
  resume(id: string): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    if (!job.file) return this.#become(id, { state: 'needsFile' });
    this.#become(id, { state: 'waiting' });
    void this.#remember(() => this.world.memory.change(id, { paused: false }));
    this.#pump();
  }

  /** Goes on with a file that was chosen again. False: it is another one, or was changed since. */
  async giveFile(id: string, file: File): Promise<boolean> {
    const job = this.#jobs.get(id);
    const upload = this.#uploads.find((one) => one.id === id);
    if (!job || !upload) return false;
    if ((await this.world.fingerprintOf(file, upload.target)) !== job.fingerprint) return false;
    job.file = file;
    this.resume(id);
    return true;
  }

  /** Gives an upload up, or takes one off the list that is over. */
  dismiss(id: string): void {
    this.dismissAll([id]);
  }

  dismissAll(ids: readonly string[]): void {
    const given = new Set(ids);
    const gone = this.#uploads.filter(({ id }) => given.has(id));
    this.#set(this.#uploads.filter(({ id }) => !given.has(id)));
    for (const upload of gone) this.#giveUp(upload);
  }

  #giveUp({ id, bytes, state }: Upload): void {
    const job = this.#jobs.get(id);
    this.#jobs.delete(id);
    if (!job || state === 'done') return;
    job.cancel?.abort(new Cancelled());
    const { fingerprint } = job;
    // Nobody knows of what has not had its turn yet.
    if (!fingerprint) return;
    void this.#remember(async () => {
      await this.world.memory.forget(id);
      if (state !== 'elsewhere') await this.world.withdraw(fingerprint, bytes);
    });
  }

  /** Takes off the list what has arrived. */
  clearDone(): void {
    for (const { id, state } of this.#uploads) if (state === 'done') this.#jobs.delete(id);
    this.#set(this.#uploads.filter(({ state }) => state !== 'done'));
  }

  /** Takes up what was left unfinished before a reload, once a page. */
  restore(): Promise<void> {
    this.#restored ??= this.#restore();
    return this.#restored;
  }

  async #restore(): Promise<void> {
    const [records, userId, sent] = await Promise.all([
      this.world.memory.list(),
      this.world.userId(),
      this.world.sentInSomeTab(),
    ]);
    const mine = records.filter(
      (record) => record.userId === userId && !sent.has(record.fingerprint) && !this.#jobs.has(record.id),
    );
    for (const record of mine) this.#takeUp(record);
    this.#pump();
  }

  #takeUp({ id, name, bytes, target, file, fingerprint, paused }: Remembered): void {
    this.#jobs.set(id, { file, fingerprint, cancel: null, sent: 0 });
    const state: UploadState = !file
      ? { state: 'needsFile' }
      : paused
        ? { state: 'paused', sent: 0 }
        : { state: 'waiting' };
    this.#set([...this.#uploads, { id, name, bytes, target, ...state }]);
  }

  /** Goes on with what the line broke off. */
  readonly online = (): void => {
    for (const { id, state } of this.#uploads) if (state === 'offline') this.resume(id);
  };

  #pump(): void {
    while (this.#running < AT_ONCE) {
      const next = this.#uploads.find(({ id, state }) => state === 'waiting' && !this.#jobs.get(id)?.cancel);
      const job = next && this.#jobs.get(next.id);
      if (!next || !job) return;
      void this.#run(next, job);
    }
  }

  async #run(upload: UploadFacts, job: Job): Promise<void> {
    const { id, target } = upload;
    const cancel = new AbortController();
    job.cancel = cancel;
    this.#running += 1;
    try {
      const documentId = await this.#send(upload, job, cancel.signal);
      this.#become(id, { state: 'done', documentId });
      await this.#remember(() => this.world.memory.forget(id));
      this.world.onDone(documentId, target);
    } catch (error) {
      if (!cancel.signal.aborted) this.#fail(upload, job, error);
    } finally {
      this.#running -= 1;
      if (job.cancel === cancel) job.cancel = null;
      this.#pump();
    }
  }

  async #send(upload: UploadFacts, job: Job, signal: AbortSignal): Promise<string> {
    const { id, target } = upload;
    const { file } = job;
    if (!file) throw new UploadRefused('FILE_CHANGED');
    const fresh = job.fingerprint === null;
    const fingerprint = (job.fingerprint ??= await this.world.fingerprintOf(file, target));
    signal.throwIfAborted();
    if (fresh) void this.#remember(() => this.#keep(upload, file, fingerprint));
    return this.world.inOneTab(
      fingerprint,
      { signal, onElsewhere: () => this.#become(id, { state: 'elsewhere' }) },
      () => {
        this.#become(id, { state: 'sending', sent: job.sent });
        const onProgress = (sent: number) => {
          job.sent = sent;
          if (!signal.aborted)
            this.#become(id, sent < file.size ? { state: 'sending', sent } : { state: 'checking' });
        };
        return this.world.send(file, { fingerprint, target, onProgress, signal });
      },
    );
  }

  async #keep({ id, name, bytes, target }: UploadFacts, file: File, fingerprint: string): Promise<void> {
    const userId = await this.world.userId();
    if (!userId) return;
    const { lastModified } = file;
    const record = { id, userId, fingerprint, name, bytes, lastModified, target, paused: false, file };
    await this.world.memory.keep({ ...record, addedAt: Date.now() });
    // It was over before it was kept.
    const now = this.#uploads.find((one) => one.id === id);
    if (!now || now.state === 'done' || (now.state === 'refused' && !now.again))
      await this.world.memory.forget(id);
  }

  #fail({ id }: UploadFacts, job: Job, error: unknown): void {
    const code = error instanceof UploadRefused ? error.code : 'INTERNAL';
    if (code === 'OFFLINE') {
      this.#become(id, { state: 'offline', sent: job.sent });
      setTimeout(() => {
        if (this.#uploads.some((one) => one.id === id && one.state === 'offline')) this.resume(id);
      }, AGAIN_MS);
      return;
    }
    const again = mayHelpAgain(code);
    this.#become(id, { state: 'refused', code, again });
    if (!again) void this.#remember(() => this.world.memory.forget(id));
  }

  #become(id: string, state: UploadState): void {
    this.#set(
      this.#uploads.map((upload) => {
        if (upload.id !== id) return upload;
        const { name, bytes, target } = upload;
        return { id, name, bytes, target, ...state };
      }),
    );
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }

  /** Memory is a comfort: a browser that gives none, or a server that does not answer now, stops no upload. */
  async #remember(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      console.warn('An upload is not remembered over a reload', error);
    }
  }

  /** Whether something would be lost from sight by leaving. */
  busy(): boolean {
    return this.#uploads.some(isUnderWay);
  }
}

import type { ChatMessage } from '@/room/state';
import type { ShownMessage } from './types';

type Page = { messages: readonly ChatMessage[]; hasOlder: boolean };

/** The messages of a tab: what the server has, in its order, and after it what is still on its way. */
export class ChatList {
  #taken: readonly ShownMessage[];
  #waiting: readonly ShownMessage[] = [];
  #hasOlder: boolean;
  #shown: { messages: readonly ShownMessage[]; hasOlder: boolean } | null = null;

  constructor(page: Page) {
    this.#taken = page.messages.map(sent);
    this.#hasOlder = page.hasOlder;
  }

  /** The same object until something changes. */
  view(): { messages: readonly ShownMessage[]; hasOlder: boolean } {
    this.#shown ??= { messages: [...this.#taken, ...this.#waiting], hasOlder: this.#hasOlder };
    return this.#shown;
  }

  /** The oldest message's seq: where the next older page ends. Null: there is none yet. */
  get oldest(): number | null {
    return this.#taken[0]?.seq ?? null;
  }

  /** A message of this tab that the server has not taken yet, as far as this tab knows: one that is asked for again may be here. */
  addWaiting(message: ChatMessage): void {
    if (this.#taken.some((taken) => taken.id === message.id)) return;
    this.#change(this.#taken, [...this.#waiting, { ...message, status: 'sending' }]);
  }

  /**
   * The server has it, as event `seq`; it stays here until it comes through the log, which may be later where the stream is broken.
   * @param upTo  what this tab knows of the log; a message up to there that did not come is further back than the list goes
   */
  accept(id: string, seq: number, upTo: number): void {
    this.#mark(id, { status: 'sent', seq });
    this.#leaveBehind(upTo);
  }

  /** The server has refused it. */
  fail(id: string): void {
    this.#mark(id, { status: 'failed' });
  }

  dismiss(id: string): void {
    this.#change(
      this.#taken,
      this.#waiting.filter((message) => message.id !== id),
    );
  }

  /** A message has come through the log. */
  take(message: ChatMessage): void {
    if (this.#taken.some((taken) => taken.seq === message.seq)) return;
    this.#change(
      [...this.#taken, sent(message)],
      this.#waiting.filter((waiting) => waiting.id !== message.id),
    );
  }

  /** The newest page, after a gap, of a log up to `upTo`. What is known joins on to it if it reaches it; otherwise it is left. */
  replace(page: Page, upTo: number): void {
    const first = page.messages[0];
    const known = new Set(page.messages.map((message) => message.id));
    const joins = first === undefined || this.#taken.some((message) => message.seq >= first.seq);
    const older = joins && first ? this.#taken.filter((message) => message.seq < first.seq) : [];
    if (older.length === 0) this.#hasOlder = page.hasOlder;
    this.#change(
      [...older, ...page.messages.map(sent)],
      this.#waiting.filter((waiting) => !known.has(waiting.id)),
    );
    this.#leaveBehind(upTo);
  }

  prepend(page: Page): void {
    const oldest = this.oldest ?? Number.POSITIVE_INFINITY;
    this.#hasOlder = page.hasOlder;
    const older = page.messages.filter((message) => message.seq < oldest).map(sent);
    this.#change([...older, ...this.#taken], this.#waiting);
  }

  #mark(id: string, change: Partial<ShownMessage>): void {
    this.#change(
      this.#taken,
      this.#waiting.map((message) => (message.id === id ? { ...message, ...change } : message)),
    );
  }

  #leaveBehind(upTo: number): void {
    this.#change(
      this.#taken,
      this.#waiting.filter(({ status, seq }) => status !== 'sent' || seq > upTo),
    );
  }

  #change(taken: readonly ShownMessage[], waiting: readonly ShownMessage[]): void {
    this.#taken = taken;
    this.#waiting = waiting;
    this.#shown = null;
  }
}

function sent(message: ChatMessage): ShownMessage {
  return { ...message, status: 'sent' };
}

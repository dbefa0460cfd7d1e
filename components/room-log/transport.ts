import type { BoardRecord, Layer } from '@/room/boards';
import type { Command, CommandResult, RefusalCode } from '@/room/commands';
import type { ChatMessage } from '@/room/state';

/** Why a call got no answer: the server is `away` (try again), or it has `refused` (trying again will not help). */
export type Failure = { kind: 'away' } | { kind: 'failed' } | { kind: 'refused'; code: RefusalCode };

/** What a transport throws. `failed`: the server answered that it could not; that may pass. */
export class TransportError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.name = 'TransportError';
    this.failure = failure;
  }
}

/** How the room log reaches the server. Every call but `openStream` throws a TransportError. */
export type Transport = {
  send(commands: readonly Command[]): Promise<readonly CommandResult[]>;
  board(boardId: string, layer: Layer): Promise<{ seq: number; records: readonly BoardRecord[] }>;
  olderChat(before: number): Promise<{ messages: readonly ChatMessage[]; hasOlder: boolean }>;
  /** The answer as it came; rejects where there was none. */
  openStream(position: {
    after: number;
    connectionId: string | null;
    signal: AbortSignal;
  }): Promise<Response>;
  /** Says that this tab goes for good; nobody waits for an answer. */
  sayGoodbye?(connectionId: string): void;
  /** Says that this tab is there; a transport that can asks for it when it opens a stream. Nobody waits for it. */
  confirm?(connectionId: string): void;
};

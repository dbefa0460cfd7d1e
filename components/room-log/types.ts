import type { BoardRecord, Layer } from '@/room/boards';
import type { CommandBody, CommandResult, RefusalCode } from '@/room/commands';
import type { EventBody } from '@/room/events';
import type { Role } from '@/room/roles';
import type { ChatMessage, RoomState } from '@/room/state';

/** How the tab stands with the server. `closed` is final: the reason says what to show. */
export type Connection =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting'; since: number }
  | { kind: 'closed'; reason: 'removed' | 'not-found' | 'signed-out' | 'lesson-ended' };

/** A message as the chat shows it: one that the server has not taken yet is `sending`, one it refused is `failed`. */
export type ShownMessage = ChatMessage & { status: 'sent' | 'sending' | 'failed' };

/** What the room looks like to this tab now. Never mutated: a new object whenever something changed. */
export type RoomView = {
  head: RoomState;
  chat: { messages: readonly ShownMessage[]; hasOlder: boolean };
  connection: Connection;
  /** Commands that wait for an answer. */
  pending: number;
};

/** What arrives in one go for one board and layer; `own` marks what this tab itself sent. */
export type BoardChange = {
  put: readonly BoardRecord[];
  removed: readonly string[];
  actor: string | null;
  own: boolean;
};

export type BoardFeed = {
  /** Resolves with the records as they stand, and from then on calls `onChange` for every later change, in log order. */
  open(onChange: (change: BoardChange) => void): Promise<readonly BoardRecord[]>;
  /** Up to here the log's changes of it are known, apart from what is still being loaded; 0 before the first loading. */
  readonly seq: number;
  close(): void;
};

/** The browser's end of the room log: one stream, one command queue. Pure TypeScript; React reads it by `useRoom`. */
export type RoomLog = {
  getView(): RoomView;
  subscribe(listener: () => void): () => void;
  /** Every event as it is applied, once, in order: for what is shown only in passing ("Mara turned to page 3"). */
  onEvent(
    listener: (event: EventBody & { actor: string | null; seq: number; at: number }) => void,
  ): () => void;
  /** Sends, retries with the same id while the network is away, and resolves with the server's answer. Never rejects. */
  send(body: CommandBody): Promise<CommandResult>;
  /** Hears that the page goes: what is sent then is kept, and sent after a reload. */
  onHide(listener: () => void): () => void;
  board(boardId: string, layer: Layer): BoardFeed;
  /**
   * Loads a board that is about to be opened: the next feed of it begins with what was loaded. Resolves with whether there is
   * anything on it. The last one that was asked for counts.
   */
  boardAhead(boardId: string, layer: Layer): Promise<boolean>;
  loadOlderChat(): Promise<void>;
  /** Takes a message that the server refused off the chat: the person saw it, or sends it anew. */
  dismissMessage(id: string): void;
  /** Server time now, ms since the epoch. */
  serverNow(): number;
  /**
   * Opens the stream; the function that it gives closes it again. Nothing touches the network before. `onRefused` hears of what was
   * wanted before a reload and is not taken any more; a message says so where it stands.
   */
  connect(onRefused?: (refusal: LateRefusal) => void): () => void;
  /** Ends for good: whatever waits is answered with a refusal. */
  close(): void;
};

/** Something that was wanted before a reload and that the room has not taken after it. */
export type LateRefusal = { type: CommandBody['type']; code: RefusalCode };

/** What the room page is rendered with: enough to show the room before the stream is open. */
export type RoomOpening = {
  roomId: string;
  slug: string;
  title: string;
  /** Participant id of the viewer. */
  me: string;
  /** What the viewer is called and is here; in `head.people` only once their stream is open. */
  myself: { name: string; role: Role };
  head: RoomState;
  chat: { messages: readonly ChatMessage[]; hasOlder: boolean };
  /** Server time at rendering, ms since the epoch. */
  serverNow: number;
  media: { url: string; token: string } | null;
};

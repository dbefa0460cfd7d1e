import type { Audience } from './audience';
import type { BoardRecord, BoardView, Layer } from './boards';
import type { RefusalCode } from './commands';
import type { EventBody } from './events';
import type { Role } from './roles';

/** Who asks, as the database knows them. */
export type Actor = { id: string; name: string; role: Role };

/** What the library says of a document that a command names: pages to show, or none and something that plays. */
export type DocumentFacts = { title: string; pageCount: number; version?: number; plays?: true };

export type RecordCheck = { ok: true; record: BoardRecord } | { ok: false };

/** All that a decision may depend on besides the state and the command: `decide` looks nothing up by itself. */
export type DecideContext = {
  actor: Actor;
  /** ms since the epoch, server time (L4) */
  now: number;
  /** Documents that may be opened in this room, of those that the command names. */
  documents: ReadonlyMap<string, DocumentFacts>;
  validateRecord: (record: unknown) => RecordCheck;
  /** One layer of one board as it stands. */
  board: (boardId: string, layer: Layer) => BoardView;
};

export type DecidedEvent = { body: EventBody; audience: Audience };

type Decided = { events: readonly DecidedEvent[] };

/** What a command becomes. `refusedRecords`: ids of a board change that were left out of its event. */
export type Decision =
  | { events: readonly DecidedEvent[]; refusedRecords?: readonly string[] }
  | { refusal: RefusalCode };

export const NOTHING: Decision = { events: [] };

export function refuse(code: RefusalCode): Decision {
  return { refusal: code };
}

/** Events that those who run the class see. */
export function toStaff(...bodies: readonly EventBody[]): Decided {
  return { events: bodies.map((body) => ({ body, audience: { staff: true, participants: [] } })) };
}

/** Events that everyone sees. */
export function toAll(...bodies: readonly EventBody[]): Decided {
  return { events: bodies.map((body) => ({ body, audience: 'everyone' })) };
}

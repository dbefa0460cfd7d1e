import type { RoomMedia } from './media';
import type { Role } from './roles';

/** What one person may do beyond looking, listening, chatting and raising a hand. */
export type Rights = { draw: boolean; microphone: boolean; camera: boolean };

export type Person = {
  id: string;
  name: string;
  role: Role;
  /** Open tabs, by connection id. Present means at least one. */
  connections: readonly string[];
  /** Instant (ms since the epoch, server time) at which the hand went up; null when it is down. */
  handRaisedAt: number | null;
  /** Set one by one by a teacher; null follows the room's defaults. Staff and presenters always have every right. */
  rights: Rights | null;
  removed: boolean;
  /** Their last tab went without a goodbye while a lesson was live, and they may be back any moment; absent otherwise. */
  dropped?: true;
};

/** Degrees, clockwise. */
export type Rotation = 0 | 90 | 180 | 270;

/** A document's tab in the room, and where the presenter was in it. */
export type OpenDocument = {
  id: string;
  title: string;
  pageCount: number;
  /** From 1. */
  page: number;
  /** Of its file; absent: as it was when it was opened. Whoever shows pages fetches them anew when it changes. */
  version?: number;
  /** How its pages lie on the stage; absent: as they are. */
  rotation?: Exclude<Rotation, 0>;
  /** The part of the page that was shown last; absent: the whole page. */
  viewport?: Viewport;
};

/** A blank board's tab. `id` is its board id. */
export type OpenBoard = {
  id: string;
  title: string;
  /** The part of its paper that was shown last; absent: the whole of it. */
  viewport?: Viewport;
};

/** `open`: everybody works on a layer of their own; `kept`: they did, and it is still theirs. */
export type Copies = 'open' | 'kept';

/** What everyone looks at now. */
export type Stage =
  | { kind: 'empty' }
  | { kind: 'document'; documentId: string }
  | { kind: 'board'; boardId: string }
  | { kind: 'media' }
  | { kind: 'screen'; participantId: string };

/** The part of the page that the presenter sees, in page units from 0 to 1; followers show the same part. */
export type Viewport = { x: number; y: number; width: number; height: number };

export type Lesson = { id: string; title: string /** ms since the epoch, server time */; startedAt: number };

/** Somebody at the door. `since`: ms since the epoch, server time. */
export type Knock = { participantId: string; name: string; since: number; denied?: true };

/** How people come in; what is absent is as usual. */
export type Door = {
  /** Who is not on the roster asks, and staff let them in. */
  asks?: true;
  /** Nobody comes in who was not in before, apart from staff. */
  locked?: true;
  /** Who asked: the staff's to see. */
  knocks?: readonly Knock[];
};

/** The head of a room at one sequence number: all that is needed to show it, apart from board records and chat. ≤ 64 KB. */
export type RoomState = {
  roomId: string;
  seq: number;
  /** Time of the last event, ms since the epoch, server time. */
  at: number;
  lesson: Lesson | null;
  people: Readonly<Record<string, Person>>;
  /** What students and guests may do unless it was set for one of them. */
  defaults: Rights;
  /** Absent: who does not present may look around in what is open. */
  lookAround?: false;
  documents: readonly OpenDocument[];
  boards: readonly OpenBoard[];
  /** How often a blank board was closed, for numbers that no other board of the room has; absent: never. */
  closings?: number;
  stage: Stage;
  viewport: Viewport | null;
  /** Tabs (document ids and boards' ids, open or closed) in which everybody has a layer of their own; absent: none. */
  copies?: Readonly<Record<string, Copies>>;
  /** Whose layer everyone is shown, on which board; absent: nobody's. */
  revealed?: { boardId: string; participantId: string };
  /** Absent: nothing has been played yet. */
  media?: RoomMedia;
  /** Absent: whoever has a link comes in. */
  door?: Door;
};

export type ChatMessage = {
  /** The id of the command that sent it. */
  id: string;
  seq: number;
  at: number;
  /** Participant id and the name at that time. */
  author: string;
  authorName: string;
  text: string;
  /** Participant id: a private message; null: for everyone. */
  to: string | null;
};

/** Somebody the room knows; whatever the id is called, nothing but a person of this room is found. */
export function personIn(state: Pick<RoomState, 'people'>, id: string): Person | undefined {
  return Object.hasOwn(state.people, id) ? state.people[id] : undefined;
}

const NOBODY: readonly Knock[] = [];

/** Who asked to come in: those who wait, and those who were turned away. */
export function knocksOf(state: Pick<RoomState, 'door'>): readonly Knock[] {
  return state.door?.knocks ?? NOBODY;
}

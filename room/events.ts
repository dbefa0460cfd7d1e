import type { Audience } from './audience';
import type { BoardRecord, Layer } from './boards';
import type { Role } from './roles';
import type { MediaChange, MediaItem } from './media';
import type { Copies, Rights, Rotation, Stage, Viewport } from './state';

/** What happened, by type. Adding a member means: a case in `apply`, in `visible`, and a line in PROTOCOL.md. */
export type EventBody =
  | { type: 'lesson.started'; payload: { lessonId: string; title: string } }
  | { type: 'lesson.ended'; payload: { lessonId: string; reason: 'ended' | 'empty' } }
  | {
      type: 'person.connected';
      payload: { participantId: string; name: string; role: Role; connectionId: string; device: string };
    }
  | {
      type: 'person.disconnected';
      payload: { participantId: string; connectionId: string; reason: 'left' | 'dropped' };
    }
  | { type: 'person.removed'; payload: { participantId: string } }
  | { type: 'person.readmitted'; payload: { participantId: string } }
  | { type: 'person.muted'; payload: { participantId: string; source: 'microphone' | 'camera' } }
  | { type: 'rights.changed'; payload: { participantId: string; rights: Rights | null } }
  | { type: 'defaults.changed'; payload: { rights: Rights } }
  | { type: 'looking.changed'; payload: { allowed: boolean } }
  | { type: 'hand.raised'; payload: { participantId: string } }
  | { type: 'hand.lowered'; payload: { participantId: string } }
  | {
      type: 'document.opened';
      payload: { documentId: string; title: string; pageCount: number; version?: number };
    }
  | { type: 'document.closed'; payload: { documentId: string } }
  | { type: 'board.opened'; payload: { boardId: string; title: string } }
  /** Its marks stay, and it may be opened again: the title is for the list of those that were closed. */
  | { type: 'board.closed'; payload: { boardId: string; title: string } }
  | { type: 'stage.shown'; payload: { stage: Stage } }
  | { type: 'page.turned'; payload: { documentId: string; page: number } }
  | { type: 'document.replaced'; payload: { documentId: string; pageCount: number; version: number } }
  | { type: 'document.rotated'; payload: { documentId: string; rotation: Rotation } }
  | { type: 'viewport.moved'; payload: { viewport: Viewport | null } }
  | {
      type: 'board.changed';
      payload: {
        boardId: string;
        layer: Layer;
        put: readonly BoardRecord[];
        removed: readonly string[];
        /** When a stroke began, and its points' time offsets in ms: what a replay needs and tldraw does not keep (L9). */
        stroke: { shapeId: string; startedAt: number; offsets: readonly number[] } | null;
      };
    }
  /** In this tab everybody works on a layer of their own, or keeps the one that they have. */
  | { type: 'layers.changed'; payload: { tab: string; copies: Copies } }
  /** Everyone is shown this person's layer, of which the copy is in the layer `revealed`; null: nobody's. */
  | { type: 'layer.revealed'; payload: { boardId: string; participantId: string | null } }
  /** For a replay (L9): x, y in page units, ms after the first. */
  | {
      type: 'laser.moved';
      payload: { boardId: string; samples: readonly (readonly [x: number, y: number, ms: number])[] };
    }
  | {
      type: 'media.loaded';
      payload: { item: MediaItem; generation: number; positionMs: number; paused: boolean };
    }
  /** Where it stands and how it goes on, or that it has come to its end (`paused` at the end then). */
  | { type: 'media.changed'; payload: MediaChange & { generation: number } }
  | { type: 'media.measured'; payload: { generation: number; durationMs: number } }
  | { type: 'media.stopped'; payload: { generation: number } }
  | { type: 'media.queued'; payload: { item: MediaItem } }
  | { type: 'media.unqueued'; payload: { itemId: string } }
  | { type: 'door.changed'; payload: { asks: boolean; locked: boolean } }
  /** Somebody asks to come in. For staff. */
  | { type: 'door.knocked'; payload: { participantId: string; name: string } }
  | { type: 'door.answered'; payload: { participantId: string; admitted: boolean } }
  /** They wait no longer. */
  | { type: 'door.left'; payload: { participantId: string } }
  | {
      type: 'chat.sent';
      payload: { text: string; authorName: string /** A participant id: private */; to: string | null };
    };

export type EventType = EventBody['type'];

/** An event as it stands in the log. */
export type RoomEvent = EventBody & {
  seq: number;
  /** ms since the epoch, server time (L4) */
  at: number;
  /** Participant id; null where the room itself acted. */
  actor: string | null;
  commandId: string | null;
  audience: Audience;
};

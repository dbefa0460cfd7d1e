import type { RoomEvent } from '@/room/events';
import { endsAt, type RoomMedia } from '@/room/media';

/** When what plays in the rooms of one process comes to its end. In between nothing is asked of anybody. */
export class MediaEnds {
  readonly #ends = new Map<string, { generation: number; at: number }>();
  /** Rooms in which something has changed since they were looked at. */
  #stale = new Set<string>();

  /** The room is to be looked at: somebody listens there now, or something may have come to its end. */
  lookAt(roomId: string): void {
    this.#stale.add(roomId);
  }

  /** What was committed in a room, here or elsewhere. */
  note(roomId: string, events: readonly RoomEvent[]): void {
    if (events.some(({ type }) => type.startsWith('media.'))) this.#stale.add(roomId);
  }

  takeStale(): string[] {
    const rooms = [...this.#stale];
    this.#stale = new Set();
    return rooms;
  }

  plays(roomId: string, media: RoomMedia | undefined): void {
    const playing = media?.playing;
    const at = playing ? endsAt(playing) : null;
    if (playing && at !== null) this.#ends.set(roomId, { generation: playing.generation, at });
    else this.#ends.delete(roomId);
  }

  /** What is over at `now` (ms since the epoch), once. */
  takeDue(now: number): { roomId: string; generation: number }[] {
    const due = [...this.#ends].filter(([, { at }]) => at <= now);
    for (const [roomId] of due) this.#ends.delete(roomId);
    return due.map(([roomId, { generation }]) => ({ roomId, generation }));
  }
}

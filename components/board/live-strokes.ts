import type { BoardRecord } from '@/room/boards';
import type { StrokePacket } from './live-packets';
import { countPoints } from './stroke-clock';

/** A stroke that is not heard of any more, nor committed, is taken off after this time, ms. */
const FORGOTTEN_AFTER_MS = 8000;
/** The committed shape is drawn by then, ms: taking the preview off earlier would let it flicker. */
const HANDED_OVER_AFTER_MS = 120;
const MOST_STROKES = 64;
/** tldraw draws a stroke in the making not quite to its end: the preview overlaps by so many points. */
const TAIL = 8;

export type LiveStroke = Omit<StrokePacket, 'from' | 'points'> & {
  author: string;
  /** By index; one that got lost is missing, and the line goes straight past it. */
  points: ({ x: number; y: number } | undefined)[];
  /** Points before this one stand in the log already. */
  committed: number;
  goesAt: number;
};

/** The strokes that others are drawing now on one board, from what arrives of them. Times are ms on a steady clock. */
export class LiveStrokes {
  readonly #strokes = new Map<string, LiveStroke>();
  /** Complete in the log: a packet that was under way longer than its commit is late. */
  readonly #done = new Set<string>();

  /** Takes in a packet; false when it changes nothing. */
  receive(packet: StrokePacket, author: string, now: number): boolean {
    if (this.#done.has(packet.shapeId)) return false;
    const { from, points, ...head } = packet;
    const known = this.#strokes.get(packet.shapeId);
    // A preview belongs to whoever began it: nobody draws on in another's stroke.
    if (known ? known.author !== author : this.#strokes.size >= MOST_STROKES) return false;
    const stroke = known ?? { ...head, author, points: [], committed: 0, goesAt: 0 };
    Object.assign(stroke, head);
    for (let i = 0; i * 2 + 1 < points.length; i++) {
      stroke.points[from + i] = { x: points[i * 2] ?? 0, y: points[i * 2 + 1] ?? 0 };
    }
    stroke.goesAt = now + FORGOTTEN_AFTER_MS;
    this.#strokes.set(packet.shapeId, stroke);
    return true;
  }

  /** The log has this record: a complete stroke needs no preview, a part of one only the rest. */
  commit(record: BoardRecord, now: number): boolean {
    const complete = (record.props as { isComplete?: unknown } | undefined)?.isComplete !== false;
    if (complete && (record.type === 'draw' || record.type === 'highlight')) this.#finish(record.id);
    const stroke = this.#strokes.get(record.id);
    if (!stroke) return false;
    if (complete) stroke.goesAt = Math.min(stroke.goesAt, now + HANDED_OVER_AFTER_MS);
    else stroke.committed = Math.max(0, countPoints(record) - TAIL);
    return true;
  }

  remove(shapeId: string): boolean {
    this.#finish(shapeId);
    return this.#strokes.delete(shapeId);
  }

  /** Takes off what was drawn by people who may not any more: it will not be committed. */
  keepOnlyOf(mayDraw: (participantId: string) => boolean): boolean {
    const gone = [...this.#strokes.values()].filter((stroke) => !mayDraw(stroke.author));
    for (const stroke of gone) this.#strokes.delete(stroke.shapeId);
    return gone.length > 0;
  }

  /** What is to be drawn now; strokes whose time is over are gone. */
  current(now: number): readonly LiveStroke[] {
    for (const [id, stroke] of this.#strokes) if (stroke.goesAt <= now) this.#strokes.delete(id);
    return [...this.#strokes.values()];
  }

  /** When the next stroke goes by itself; null when there is none. */
  nextChange(): number | null {
    const times = [...this.#strokes.values()].map((stroke) => stroke.goesAt);
    return times.length > 0 ? Math.min(...times) : null;
  }

  #finish(shapeId: string): void {
    this.#done.add(shapeId);
    if (this.#done.size <= 500) return;
    const [oldest] = this.#done;
    if (oldest) this.#done.delete(oldest);
  }
}

import type { BoardRecord, Layer } from '@/room/boards';
import {
  encodeCursor,
  encodeLaser,
  encodeStroke,
  MOST_LASER_POINTS,
  MOST_POINTS_A_PACKET,
  type StrokePacket,
} from './live-packets';

/** Between two packets of a stroke, ms: about 28 a second. */
const STROKE_EVERY_MS = 35;
const CURSOR_EVERY_MS = 60;
const LASER_EVERY_MS = 50;
/** While the pen rests the others must not take the stroke for forgotten, ms. */
const REMIND_EVERY_MS = 2500;
/** Points said again in each packet, so that a lost one leaves no gap. */
const SAID_AGAIN = 10;

export const STROKE_TOPIC = 'stroke';
export const CURSOR_TOPIC = 'cursor';
export const LASER_TOPIC = 'laser';

type Send = (topic: string, bytes: Uint8Array) => void;
type Segments = readonly { points: readonly { x: number; y: number }[] }[];

/** Tells the others of a stroke and of the cursor while they move. What cannot be sent is dropped: the log has the result. */
export class LiveSender {
  readonly #packet: Send;
  readonly #place: { boardId: string; layer: Layer };
  #stroke: BoardRecord | null = null;
  #sentPoints: readonly { x: number; y: number }[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #due = 0;
  #lastStrokeAt = 0;
  #lastCursorAt = 0;
  #laser: number[] = [];
  #lastLaserAt = 0;

  constructor(send: Send, place: { boardId: string; layer: Layer }) {
    this.#packet = send;
    this.#place = { boardId: place.boardId, layer: place.layer };
  }

  /** A stroke in the making has changed; `now` in ms on a steady clock. */
  draw(stroke: BoardRecord, now: number): void {
    if (this.#stroke?.id !== stroke.id) this.#sentPoints = [];
    this.#stroke = stroke;
    this.#sendAt(Math.max(now, this.#lastStrokeAt + STROKE_EVERY_MS), now);
  }

  /** The pen is up: the log tells the rest. */
  lift(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#stroke = null;
    this.#sentPoints = [];
  }

  /** Where the pointer is, in page units; null when it left the page. */
  point(at: { x: number; y: number } | null, now: number): void {
    if (at && now - this.#lastCursorAt < CURSOR_EVERY_MS) return;
    this.#lastCursorAt = now;
    this.#packet(CURSOR_TOPIC, encodeCursor({ ...this.#place, at }));
  }

  /** Where the laser is, in page units; null when it is put out. */
  laser(at: { x: number; y: number } | null, now: number): void {
    if (at) this.#laser.push(at.x, at.y);
    const full = this.#laser.length >= 2 * MOST_LASER_POINTS;
    if (this.#laser.length === 0 || (at && !full && now - this.#lastLaserAt < LASER_EVERY_MS)) return;
    this.#lastLaserAt = now;
    this.#packet(LASER_TOPIC, encodeLaser({ ...this.#place, points: this.#laser }));
    this.#laser = [];
  }

  close(): void {
    this.lift();
  }

  /** Sends at this time or, when a sooner one is set, then. */
  #sendAt(due: number, now: number): void {
    if (this.#timer && this.#due <= due) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#due = due;
    if (due <= now) this.#send(now);
    else this.#timer = setTimeout(() => this.#send(due), due - now);
  }

  #send(now: number): void {
    this.#timer = null;
    const stroke = this.#stroke;
    if (!stroke) return;
    this.#lastStrokeAt = now;
    const props = stroke.props as { segments: Segments; color: string; size: string; scale: number };
    const points = props.segments.flatMap((segment) => segment.points);
    const changed = points.findIndex(
      ({ x, y }, i) => this.#sentPoints[i]?.x !== x || this.#sentPoints[i]?.y !== y,
    );
    const unchanged = changed === -1 ? points.length : changed;
    const head: Omit<StrokePacket, 'from' | 'points'> = {
      ...this.#place,
      shapeId: stroke.id,
      kind: stroke.type === 'highlight' ? 'highlight' : 'draw',
      color: props.color,
      size: props.size,
      scale: props.scale,
      x: Number(stroke.x),
      y: Number(stroke.y),
    };
    for (let from = Math.max(0, unchanged - SAID_AGAIN); from < points.length; from += MOST_POINTS_A_PACKET) {
      const some = points.slice(from, from + MOST_POINTS_A_PACKET).flatMap(({ x, y }) => [x, y]);
      this.#packet(STROKE_TOPIC, encodeStroke({ ...head, from, points: some }));
    }
    this.#sentPoints = points;
    this.#sendAt(now + REMIND_EVERY_MS, now);
  }
}

import type { BoardRecord } from '@/room/boards';
import type { StrokeTiming } from './board-outbox';

const MOST_OFFSETS = 5000;
const LONGEST_MS = 600_000;

/** Points of a stroke as it stands, over all its segments. */
export function countPoints(record: BoardRecord): number {
  const props = record.props as { segments?: readonly { points: readonly unknown[] }[] } | undefined;
  return (props?.segments ?? []).reduce((sum, segment) => sum + segment.points.length, 0);
}

/** Notes when each point of a stroke was drawn, which tldraw does not keep and a replay needs (L9). */
export class StrokeClock {
  readonly #strokes = new Map<string, { startedAt: number; offsets: number[] }>();

  /** To be called whenever a stroke in the making has changed; `now` in ms on a steady clock. */
  note(record: BoardRecord, now: number): void {
    const stroke = this.#strokes.get(record.id) ?? { startedAt: now, offsets: [] };
    this.#strokes.set(record.id, stroke);
    const count = Math.min(countPoints(record), MOST_OFFSETS);
    stroke.offsets.length = Math.min(stroke.offsets.length, count);
    const offset = Math.min(LONGEST_MS, Math.round(now - stroke.startedAt));
    while (stroke.offsets.length < count) stroke.offsets.push(offset);
  }

  /** The timing of a stroke for the log; null when it was not drawn here just now. */
  timingOf(record: BoardRecord, now: number): StrokeTiming | null {
    const stroke = this.#strokes.get(record.id);
    if (!stroke || now - stroke.startedAt > LONGEST_MS) return null;
    return { shapeId: record.id, startedMsAgo: now - stroke.startedAt, offsets: [...stroke.offsets] };
  }

  /** A stroke as it stands is on its way to the log. Once it is complete, later changes of the shape are no drawing of it. */
  forget(record: BoardRecord): void {
    if ((record.props as { isComplete?: boolean } | undefined)?.isComplete) this.#strokes.delete(record.id);
  }
}

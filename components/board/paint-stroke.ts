import type { BoardRecord } from '@/room/boards';
import { BOARD_PAGE_ID } from '@/room/boards';
import { type Ink, inkOf } from './ink';

type Point = { x: number; y: number };

/** Paints a line through points, in page units; a missing one was lost, and the line goes straight past it. */
export function paintStroke(
  context: CanvasRenderingContext2D,
  { color, width, opacity }: Ink,
  points: Iterable<Point | undefined>,
): void {
  context.strokeStyle = color;
  context.globalAlpha = opacity;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  let last: Point | undefined;
  for (const point of points) {
    if (!point) continue;
    const { x, y } = point;
    if (last) context.quadraticCurveTo(last.x, last.y, (last.x + x) / 2, (last.y + y) / 2);
    else context.moveTo(x, y);
    last = point;
  }
  // A line of no length would not be painted: a dot has a hair's.
  if (last) context.lineTo(last.x + 0.01, last.y);
  context.stroke();
}

type Stroke = BoardRecord & {
  type: 'draw' | 'highlight';
  x: number;
  y: number;
  rotation: number;
  index: string;
  opacity: number;
  props: { color: string; size: string; scale: number; segments: readonly { points: readonly Point[] }[] };
};

/** Whether a record is a line of the pen or the highlighter that lies on the page itself. */
function isStrokeOnPage(record: BoardRecord): record is Stroke {
  return (record.type === 'draw' || record.type === 'highlight') && record.parentId === BOARD_PAGE_ID;
}

/** Paints the lines among a board's records in their order, in page units; gives how many there were. */
export function paintRecords(context: CanvasRenderingContext2D, records: readonly BoardRecord[]): number {
  const strokes = records.filter(isStrokeOnPage);
  strokes.sort((one, other) => (one.index < other.index ? -1 : one.index > other.index ? 1 : 0));
  for (const { type, x, y, rotation, opacity, props } of strokes) {
    const ink = inkOf(type, props.color, props.size, props.scale);
    context.save();
    context.translate(x, y);
    context.rotate(rotation);
    const points = props.segments.flatMap((segment) => segment.points);
    paintStroke(context, { ...ink, opacity: ink.opacity * opacity }, points);
    context.restore();
  }
  return strokes.length;
}

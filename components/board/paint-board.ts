import type { BoardRecord } from '@/room/boards';
import { inkOf } from './ink';
import { paintRecords } from './paint-stroke';

type Props = Readonly<Record<string, unknown>>;
const TEXT_SIZES: Readonly<Record<string, number>> = { s: 18, m: 24, l: 36, xl: 44 };
const NOTE = { size: 200, paper: '#fed49a' };

/** Paints a board small: lines as they are, everything else near enough to be told apart. Page units; needs no tldraw. */
export function paintBoard(context: CanvasRenderingContext2D, records: readonly BoardRecord[]): void {
  const shapes = records.filter(
    ({ typeName, type }) => typeName === 'shape' && type !== 'draw' && type !== 'highlight',
  );
  shapes.sort((a, b) => (String(a.index) < String(b.index) ? -1 : 1));
  for (const shape of shapes) {
    const props = shape.props as Props;
    context.save();
    context.translate(Number(shape.x), Number(shape.y));
    context.rotate(Number(shape.rotation));
    context.globalAlpha = Number(shape.opacity);
    const scale = Number(props.scale ?? 1);
    const { color, width } = inkOf('draw', String(props.color), String(props.size), scale);
    Object.assign(context, {
      strokeStyle: color,
      fillStyle: color,
      lineWidth: width,
      lineCap: 'round',
      lineJoin: 'round',
    });
    PAINTERS[String(shape.type)]?.(context, props, scale);
    context.restore();
  }
  paintRecords(context, records);
}

type Painter = (context: CanvasRenderingContext2D, props: Props, scale: number) => void;

const PAINTERS: Readonly<Record<string, Painter>> = {
  geo(context, props, scale) {
    const [w, h] = [Number(props.w), Number(props.h) + Number(props.growY)];
    context.beginPath();
    if (props.geo === 'ellipse' || props.geo === 'oval')
      context.ellipse(w / 2, h / 2, w / 2, h / 2, 0, 0, 2 * Math.PI);
    else context.rect(0, 0, w, h);
    context.stroke();
    paintText(context, props, scale, { x: w / 2, y: h / 2, centred: true });
  },
  line(context, props) {
    const points = Object.values(
      (props.points ?? {}) as Record<string, { index: string; x: number; y: number }>,
    );
    points.sort((a, b) => (a.index < b.index ? -1 : 1));
    paintPath(context, points);
  },
  arrow(context, props) {
    const start = props.start as { x: number; y: number };
    const end = props.end as { x: number; y: number };
    paintPath(context, [start, end]);
    const angle = Math.atan2(end.y - start.y, end.x - start.x);
    const wing = (turn: number) => ({
      x: end.x - 14 * Math.cos(angle + turn),
      y: end.y - 14 * Math.sin(angle + turn),
    });
    paintPath(context, [wing(0.5), end, wing(-0.5)]);
  },
  text: (context, props, scale) => paintText(context, props, scale, { x: 0, y: 0, centred: false }),
  note(context, props, scale) {
    context.fillStyle = NOTE.paper;
    const height = (NOTE.size + Number(props.growY)) * scale;
    context.fillRect(0, 0, NOTE.size * scale, height);
    context.fillStyle = '#1d1d1d';
    paintText(context, props, scale, { x: (NOTE.size * scale) / 2, y: height / 2, centred: true });
  },
};

function paintPath(context: CanvasRenderingContext2D, points: readonly { x: number; y: number }[]): void {
  context.beginPath();
  for (const { x, y } of points) context.lineTo(x, y);
  context.stroke();
}

type Place = { x: number; y: number; centred: boolean };

function paintText(context: CanvasRenderingContext2D, props: Props, scale: number, place: Place): void {
  const lines = linesOf(props.richText);
  const size = (TEXT_SIZES[String(props.size)] ?? 24) * scale;
  context.font = `500 ${size}px sans-serif`;
  context.textAlign = place.centred ? 'center' : 'left';
  context.textBaseline = 'middle';
  const top = place.centred ? place.y - ((lines.length - 1) * size * 1.35) / 2 : place.y + size * 0.675;
  lines.forEach((line, index) => context.fillText(line, place.x, top + index * size * 1.35));
}

type Node = { text?: string; content?: Node[] };

function linesOf(richText: unknown): string[] {
  const plain = (node: Node): string => node.text ?? (node.content ?? []).map(plain).join('');
  return ((richText as Node | undefined)?.content ?? []).map(plain);
}

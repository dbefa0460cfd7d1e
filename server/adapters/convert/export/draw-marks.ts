import {
  ARROW_LABEL_FONT_SIZES,
  DefaultColorThemePalette,
  FONT_SIZES,
  LABEL_FONT_SIZES,
  type TLShape,
} from 'tldraw';
import type { EmbeddedFonts } from './embedded-fonts.ts';
import type { HeadlessEditor } from './headless-editor.ts';
import type { MarkRecord } from './marks-job.ts';
import {
  colorOperands,
  type GraphicsStates,
  number,
  operatorsOfSvg,
  pathOperators,
} from './svg-operators.ts';
import { layOut, linesOfText, type RichText, type TypedLine } from './text-layout.ts';

const COLORS = DefaultColorThemePalette.lightMode;
const LABEL_PADDING = 16;
const NOTE_SIZE = 200;
const MARKER = '#fddd00';

type Drawing = { editor: HeadlessEditor; fonts: EmbeddedFonts; states: GraphicsStates };
type Props = Readonly<Record<string, unknown>>;
type Box = { x: number; y: number; width: number; height: number };

/** One layer of one page as operators of a content stream, in the board's units with y downwards. */
export async function drawLayer(records: readonly MarkRecord[], drawing: Drawing): Promise<string[]> {
  const { editor, states } = drawing;
  const out: string[] = [];
  const shapes = editor.load(records);
  const put = (shape: TLShape, operators: readonly string[]) => {
    if (operators.length > 0)
      out.push('q', `${editor.placeOf(shape).map(number).join(' ')} cm`, ...operators, 'Q');
  };
  // What is marked stays readable: a highlighter darkens what lies below it, in two passes as on the board.
  const lookOf = (shape: TLShape) => ({
    opacity: shape.opacity,
    multiply: shape.type === 'highlight',
    states,
  });
  for (const shape of shapes) put(shape, operatorsOfSvg(editor.below(shape), lookOf(shape)));
  for (const shape of shapes) {
    put(shape, [
      ...operatorsOfSvg(editor.drawing(shape), lookOf(shape)),
      ...(await drawText(shape, drawing)),
    ]);
  }
  return out;
}

async function drawText(shape: TLShape, drawing: Drawing): Promise<string[]> {
  const props = (drawing.editor.recordOf(shape.id)?.props ?? {}) as Props;
  const rich = linesOfText(props.richText as RichText | undefined);
  const bounds = drawing.editor.boundsOf(shape);
  const scale = Number(props.scale ?? 1);
  const setting = { drawing, opacity: shape.opacity, scale };
  switch (shape.type) {
    case 'text': {
      const maxWidth = props.autoSize ? null : bounds.width / scale;
      return setText(rich, bounds, {
        ...setting,
        fontSize: sizeOf(FONT_SIZES, props),
        color: solid(props.color),
        align: props.textAlign,
        vertical: 'start',
        padding: 0,
        maxWidth,
      });
    }
    case 'geo': {
      const box = { x: 0, y: 0, width: Number(props.w), height: Number(props.h) + Number(props.growY) };
      return setText(rich, box, {
        ...setting,
        fontSize: sizeOf(LABEL_FONT_SIZES, props),
        color: solid(props.labelColor),
        align: props.align,
        vertical: props.verticalAlign,
        padding: LABEL_PADDING,
        maxWidth: Math.max(16, box.width / scale - 2 * LABEL_PADDING),
      });
    }
    case 'note': {
      const box = { x: 0, y: 0, width: NOTE_SIZE * scale, height: (NOTE_SIZE + Number(props.growY)) * scale };
      const paper = colorOperands(noteOf(props.color).fill);
      const corners = pathOperators(`M 0 0 H ${box.width} V ${box.height} H 0 Z`);
      return [
        ...(paper
          ? [`/${drawing.states.nameOf(shape.opacity, false)} gs`, `${paper} rg`, ...corners, 'f']
          : []),
        ...(await setText(rich, box, {
          ...setting,
          fontSize: Number(props.fontSizeAdjustment) || sizeOf(LABEL_FONT_SIZES, props),
          color: props.labelColor === 'black' ? noteOf(props.color).text : solid(props.labelColor),
          align: props.align,
          vertical: props.verticalAlign,
          padding: LABEL_PADDING,
          maxWidth: NOTE_SIZE - 2 * LABEL_PADDING,
        })),
      ];
    }
    case 'arrow': {
      const box = drawing.editor.labelOf(shape);
      if (!box || props.text === '') return [];
      return setText(linesOfText(String(props.text)), box, {
        ...setting,
        fontSize: sizeOf(ARROW_LABEL_FONT_SIZES, props),
        color: solid(props.labelColor),
        align: 'middle',
        vertical: 'middle',
        padding: 0,
        maxWidth: box.width / scale,
      });
    }
    default:
      return [];
  }
}

type Setting = {
  drawing: Drawing;
  opacity: number;
  /** Of the shape: its text is set at 1 and drawn larger. */
  scale: number;
  fontSize: number;
  color: string;
  align: unknown;
  vertical: unknown;
  padding: number;
  maxWidth: number | null;
};

async function setText(lines: readonly TypedLine[], box: Box, setting: Setting): Promise<string[]> {
  const { drawing, scale, fontSize, padding, maxWidth, color } = setting;
  if (lines.every(({ runs }) => runs.every(({ text }) => text === ''))) return [];
  const { fonts, states } = drawing;
  const set = layOut(lines, { fonts, fontSize, maxWidth });
  const width = box.width / scale - 2 * padding;
  const free = box.height / scale - 2 * padding - set.height;
  const top = padding + free * shareOf(setting.vertical);
  const ink = colorOperands(color) ?? '0 0 0';
  const out = ['q', `${number(scale)} 0 0 ${number(scale)} ${number(box.x)} ${number(box.y)} cm`];
  out.push(`/${states.nameOf(setting.opacity, false)} gs`);
  for (const line of set.lines) {
    const left = padding + (width - line.width) * shareOf(setting.align);
    for (const piece of line.pieces) {
      const x = left + piece.x;
      const y = top + line.baseline;
      if (piece.marked)
        out.push(
          ...bar(
            MARKER,
            x,
            y - fontSize * fonts.ascent,
            piece.width,
            fontSize * (fonts.ascent + fonts.descent),
          ),
        );
      const { name, hex } = await fonts.encode(piece.text, piece.face);
      out.push('BT', `${ink} rg`, `/${name} ${number(fontSize)} Tf`);
      out.push(`1 0 0 -1 ${number(x)} ${number(y)} Tm`, `${hex} Tj`, 'ET');
      if (piece.strike) out.push(...bar(color, x, y - fontSize * 0.3, piece.width, fontSize * 0.06));
    }
  }
  out.push('Q');
  return out;
}

function bar(color: string, x: number, y: number, width: number, height: number): string[] {
  return [`${colorOperands(color) ?? '0 0 0'} rg`, `${[x, y, width, height].map(number).join(' ')} re`, 'f'];
}

/** Where the rest of the room goes: none of it before a start, half of it before a middle. `-legacy` are old records' names. */
function shareOf(align: unknown): number {
  const name = String(align).replace('-legacy', '');
  return name === 'middle' ? 0.5 : name === 'end' ? 1 : 0;
}

function sizeOf(sizes: Readonly<Record<string, number>>, props: Props): number {
  return sizes[String(props.size)] ?? 24;
}

function colorOf(name: unknown) {
  const known = COLORS[String(name) as keyof typeof COLORS];
  return typeof known === 'object' ? known : COLORS.black;
}

function solid(name: unknown): string {
  return colorOf(name).solid;
}

function noteOf(name: unknown): { fill: string; text: string } {
  return colorOf(name).note;
}

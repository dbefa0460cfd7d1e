import svgpath from 'svgpath';
import type { Matrix } from './headless-editor.ts';

/** Names for what a stream needs of its resources: how it is laid over what lies below. */
export type GraphicsStates = { nameOf(opacity: number, multiply: boolean): string };

type Attributes = Readonly<Record<string, string>>;
type Node = { tag: string; attributes: Attributes; children: Node[] };
/** What an element inherits. */
type Style = { fill: string; stroke: string; width: number; opacity: number; cap: string; join: string };

/** As tldraw's own export sets them at the root of its SVG. */
const PLAIN: Style = { fill: '#000000', stroke: 'none', width: 1, opacity: 1, cap: 'round', join: 'round' };
const CAPS: Readonly<Record<string, number>> = { butt: 0, round: 1, square: 2 };
const JOINS: Readonly<Record<string, number>> = { miter: 0, round: 1, bevel: 2 };

/**
 * tldraw's SVG of one shape as the operators of a PDF content stream: groups, paths, rectangles, clips, and nothing else, since that is
 * all that it writes for the shapes that a board may hold.
 */
export function operatorsOfSvg(
  svg: string,
  look: { opacity: number; multiply: boolean; states: GraphicsStates },
): string[] {
  const root = parse(svg);
  const clips = new Map<string, string>();
  collectClips(root, clips);
  const out: string[] = [];
  const draw = (node: Node, inherited: Style): void => {
    if (node.tag === 'defs' || node.tag === 'clipPath') return;
    const style = styleOf(node.attributes, inherited);
    const matrix = transformOf(node.attributes.transform);
    const clip = /url\(#([^)]+)\)/.exec(node.attributes['clip-path'] ?? node.attributes.style ?? '')?.[1];
    const path = pathOf(node);
    out.push('q');
    if (matrix) out.push(`${matrix.map(number).join(' ')} cm`);
    const clipPath = clip === undefined ? undefined : clips.get(clip);
    if (clipPath) out.push(...pathOperators(clipPath), 'W', 'n');
    if (path) out.push(...paint(path, style, node.attributes, look));
    for (const child of node.children) draw(child, style);
    out.push('Q');
  };
  for (const node of root.children) draw(node, PLAIN);
  return out;
}

function paint(
  path: string,
  style: Style,
  attributes: Attributes,
  { opacity, multiply, states }: { opacity: number; multiply: boolean; states: GraphicsStates },
): string[] {
  const fill = colorOperands(style.fill);
  const stroke = colorOperands(style.stroke);
  const seen = style.opacity * opacity;
  if (seen === 0 || (!fill && !stroke)) return [];
  const dashes = (attributes['stroke-dasharray'] ?? '').split(/[ ,]+/).map(Number).filter(Number.isFinite);
  const dashed = dashes.some((length) => length > 0);
  return [
    `/${states.nameOf(seen, multiply)} gs`,
    ...(fill ? [`${fill} rg`] : []),
    ...(stroke
      ? [
          `${stroke} RG`,
          `${number(style.width)} w ${CAPS[style.cap] ?? 0} J ${JOINS[style.join] ?? 0} j`,
          ...(dashed
            ? [
                `[${dashes.map(number).join(' ')}] ${number(Math.abs(Number(attributes['stroke-dashoffset'] ?? 0)))} d`,
              ]
            : []),
        ]
      : []),
    ...pathOperators(path),
    fill && stroke ? 'B' : fill ? 'f' : 'S',
  ];
}

/** A path as a PDF knows it: lines and cubic curves alone. */
export function pathOperators(path: string): string[] {
  const out: string[] = [];
  const put = (operator: string, ...points: number[]) =>
    out.push(`${points.map(number).join(' ')} ${operator}`);
  svgpath(path)
    .abs()
    .unarc()
    .unshort()
    .iterate((segment, _index, x, y) => {
      const [command, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = segment as [string, ...number[]];
      if (command === 'M') put('m', a, b);
      else if (command === 'L') put('l', a, b);
      else if (command === 'H') put('l', a, y);
      else if (command === 'V') put('l', x, a);
      else if (command === 'C') put('c', a, b, c, d, e, f);
      // A quadratic curve as the same cubic one.
      else if (command === 'Q')
        put(
          'c',
          x + (2 / 3) * (a - x),
          y + (2 / 3) * (b - y),
          c + (2 / 3) * (a - c),
          d + (2 / 3) * (b - d),
          c,
          d,
        );
      else out.push('h');
    });
  return out;
}

function collectClips(node: Node, clips: Map<string, string>): void {
  if (node.tag === 'clipPath') clips.set(node.attributes.id ?? '', node.children.map(pathOf).join(' '));
  for (const child of node.children) collectClips(child, clips);
}

function pathOf({ tag, attributes: a }: Node): string {
  if (tag === 'path') return a.d ?? '';
  if (tag !== 'rect') return '';
  const [x, y, w, h] = [a.x, a.y, a.width, a.height].map((value) => Number(value ?? 0));
  return `M ${x} ${y} h ${w} v ${h} h ${-(w ?? 0)} Z`;
}

function styleOf(a: Attributes, from: Style): Style {
  return {
    fill: a.fill ?? from.fill,
    stroke: a.stroke ?? from.stroke,
    width: a['stroke-width'] === undefined ? from.width : Number(a['stroke-width']),
    opacity: from.opacity * Number(a.opacity ?? /(?:^|;)opacity:([\d.]+)/.exec(a.style ?? '')?.[1] ?? 1),
    cap: a['stroke-linecap'] ?? from.cap,
    join: a['stroke-linejoin'] ?? from.join,
  };
}

/** Hatching is a picture in a browser's pattern: here its paler ground stands for it. */
export function colorOperands(color: string): string | null {
  const short = /^#([0-9a-f]{3})$/i.exec(color)?.[1];
  const hex = short ? short.replace(/./g, '$&$&') : /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (color === 'black') return '0 0 0';
  if (color === 'white') return '1 1 1';
  if (!hex) return null;
  return [0, 2, 4].map((at) => number(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(' ');
}

function transformOf(transform: string | undefined): Matrix | null {
  const [, name, list] = /^(scale|translate|matrix)\(([^)]*)\)$/.exec(transform?.trim() ?? '') ?? [];
  if (!name || !list) return null;
  const [a = 0, b, c = 0, d = 0, e = 0, f = 0] = list.split(/[ ,]+/).map(Number);
  if (name === 'scale') return [a, 0, 0, b ?? a, 0, 0];
  if (name === 'translate') return [1, 0, 0, 1, a, b ?? 0];
  return [a, b ?? 0, c, d, e, f];
}

/** Four decimals: a ten-thousandth of a point. */
export function number(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** React writes well-formed markup: a tag is a tag, and values are in double quotes. */
function parse(markup: string): Node {
  const root: Node = { tag: '', attributes: {}, children: [] };
  const open = [root];
  for (const [, end, tag = '', rest = '', self] of markup.matchAll(
    /<(\/?)([a-zA-Z]+)((?:\s[^<>]*?)?)(\/?)>/g,
  )) {
    if (end) {
      open.pop();
      continue;
    }
    const attributes = Object.fromEntries(
      [...rest.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, k = '', v = '']) => [k, v]),
    );
    const node: Node = { tag, attributes, children: [] };
    open.at(-1)?.children.push(node);
    if (!self) open.push(node);
  }
  return root;
}

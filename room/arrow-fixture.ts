import type { BoardRecord } from './boards';
import { shapeRecord } from './shape-fixture';

export const arrowProps = {
  kind: 'arc',
  labelColor: 'black',
  color: 'black',
  fill: 'none',
  dash: 'draw',
  size: 'm',
  arrowheadStart: 'none',
  arrowheadEnd: 'arrow',
  font: 'draw',
  start: { x: 0, y: 0 },
  end: { x: 9, y: 9 },
  bend: 0,
  text: '',
  labelPosition: 0.5,
  scale: 1,
  elbowMidPoint: 0.5,
};

export const holdProps = {
  terminal: 'end',
  normalizedAnchor: { x: 0.5, y: 0.5 },
  isExact: false,
  isPrecise: false,
  snap: 'none',
};

/** An arrow as tldraw writes it, and what holds its end to another shape: that goes when either of the two does (B2). */
export function arrowTo(name: string, toId: string, at: { x: number; y: number }): BoardRecord[] {
  const arrow = shapeRecord({ id: `shape:${name}`, type: 'arrow' }, at, arrowProps);
  const hold = {
    id: `binding:${name}`,
    typeName: 'binding',
    type: 'arrow',
    fromId: arrow.id,
    toId,
    meta: {},
    props: holdProps,
  };
  return [arrow, hold];
}

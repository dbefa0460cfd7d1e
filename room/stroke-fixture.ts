import { BOARD_PAGE_ID } from './boards';
import { shapeRecord } from './shape-fixture';

type Point = { x: number; y: number; z: number };

/** A stroke as tldraw writes it: `at` on the page (or in the shape that it lies in), the points from there. */
export function strokeRecord(
  id: string,
  at: { x: number; y: number },
  points: readonly Point[],
  parentId: string = BOARD_PAGE_ID,
) {
  const props = {
    color: 'black',
    fill: 'none',
    dash: 'draw',
    size: 'm',
    segments: [{ type: 'free', points }],
    isComplete: true,
    isClosed: false,
    isPen: false,
    scale: 1,
  };
  return shapeRecord({ id, type: 'draw' }, at, props, parentId);
}

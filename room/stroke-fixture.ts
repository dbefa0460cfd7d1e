import { BOARD_PAGE_ID } from './boards';

type Point = { x: number; y: number; z: number };

/** A stroke as tldraw writes it: `at` on the page (or in the shape that it lies in), the points from there. */
export function strokeRecord(
  id: string,
  at: { x: number; y: number },
  points: readonly Point[],
  parentId: string = BOARD_PAGE_ID,
) {
  return {
    id,
    typeName: 'shape',
    type: 'draw',
    ...at,
    rotation: 0,
    index: 'a1',
    parentId,
    isLocked: false,
    opacity: 1,
    meta: {},
    props: {
      color: 'black',
      fill: 'none',
      dash: 'draw',
      size: 'm',
      segments: [{ type: 'free', points }],
      isComplete: true,
      isClosed: false,
      isPen: false,
      scale: 1,
    },
  };
}

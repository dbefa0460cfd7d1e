import { BOARD_PAGE_ID } from './boards';

/** A shape as tldraw writes it: `at` on the page, or in the shape that it lies in. */
export function shapeRecord<Props>(
  { id, type }: { id: string; type: string },
  at: { x: number; y: number },
  props: Props,
  parentId: string = BOARD_PAGE_ID,
) {
  return {
    id,
    typeName: 'shape',
    type,
    ...at,
    rotation: 0,
    index: 'a1',
    parentId,
    isLocked: false,
    opacity: 1,
    meta: {},
    props,
  };
}

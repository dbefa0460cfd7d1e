import type { Editor, TLEventInfo } from 'tldraw';
import { opposite, rotatePoint } from '@/components/stage/page-geometry';
import type { Rotation } from '@/room/state';

/**
 * Takes what a hand does on a board that is rotated as a whole to where it is on the board itself: tldraw knows where its element
 * is, not how it lies. The element is a square, so that its middle and its box stay where they are. Returns the way to stop.
 */
export function turnInput(editor: Editor, rotation: Rotation): () => void {
  if (rotation === 0) return () => undefined;
  const dispatch = editor.dispatch.bind(editor);
  const turn = (info: TLEventInfo): TLEventInfo => {
    if (info.type !== 'pointer') return info;
    const box = editor.getContainer().getBoundingClientRect();
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const from = { x: info.point.x - middle.x, y: info.point.y - middle.y };
    const at = rotatePoint(from, opposite(rotation));
    return { ...info, point: { x: middle.x + at.x, y: middle.y + at.y, z: info.point.z } };
  };
  editor.dispatch = (info) => dispatch(turn(info));
  return () => {
    editor.dispatch = dispatch;
  };
}

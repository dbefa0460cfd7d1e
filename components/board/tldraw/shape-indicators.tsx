import { DefaultShapeIndicator, type Editor, type TLShapeId, useEditor, useValue } from 'tldraw';

const WITH_INDICATORS = [
  'select.idle',
  'select.brushing',
  'select.scribble_brushing',
  'select.editing_shape',
  'select.pointing_shape',
  'select.pointing_selection',
  'select.pointing_handle',
];

/**
 * The outlines of what is selected and of what is under the pointer. tldraw's own keep one for every shape of the board, hidden, and lay
 * each out anew whenever its shape changes: on a full page that is half of what drawing costs.
 */
export function ShapeIndicators() {
  const editor = useEditor();
  const ids = useValue('indicated shapes', () => indicatedIn(editor), [editor]);
  return ids.map((id) => <DefaultShapeIndicator key={id} shapeId={id} />);
}

function indicatedIn(editor: Editor): TLShapeId[] {
  const { isChangingStyle, isHoveringCanvas, isCoarsePointer } = editor.getInstanceState();
  if (isChangingStyle || !editor.isInAny(...WITH_INDICATORS)) return [];
  const ids = new Set(editor.getSelectedShapeIds());
  const mayHover = editor.isInAny('select.idle', 'select.editing_shape');
  const hovered = mayHover && isHoveringCanvas && !isCoarsePointer ? editor.getHoveredShapeId() : null;
  if (hovered) ids.add(hovered);
  return [...ids];
}

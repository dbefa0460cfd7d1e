import {
  DefaultColorStyle,
  DefaultFontStyle,
  DefaultSizeStyle,
  type Editor,
  GeoShapeGeoStyle,
  react,
} from 'tldraw';
import type { BoardTools, Tool, ToolState } from '../board-tools';
import { type BoardColor, type BoardSize, COLORS, SIZES } from '../ink';

const TOOL_OF_ID: Readonly<Record<string, Tool>> = {
  select: 'select',
  draw: 'pen',
  highlight: 'highlighter',
  arrow: 'arrow',
  line: 'line',
  text: 'text',
  note: 'note',
  eraser: 'eraser',
  laser: 'laser',
};
const ID_OF_TOOL: Readonly<Record<Tool, string>> = {
  laser: 'laser',
  select: 'select',
  pen: 'draw',
  highlighter: 'highlight',
  rectangle: 'geo',
  ellipse: 'geo',
  arrow: 'arrow',
  line: 'line',
  text: 'text',
  note: 'note',
  eraser: 'eraser',
};

/** Tools that leave nothing of a colour. */
const COLOURLESS: ReadonlySet<Tool> = new Set(['select', 'eraser', 'laser']);

/** Each tool keeps the colour that it was last used with: a highlighter is not the colour of the pen. */
type Colors = Record<'highlighter' | 'note' | 'text' | 'other', BoardColor>;
function slotOf(tool: Tool): keyof Colors {
  return tool === 'highlighter' || tool === 'note' || tool === 'text' ? tool : 'other';
}

/** What was chosen last, in this tab: another document on the stage must not change the pen. */
const chosen: { tool: Tool; size: BoardSize; colors: Colors } = {
  tool: 'pen',
  size: 'm',
  colors: { highlighter: 'yellow', note: 'yellow', text: 'black', other: 'blue' },
};

/** The tools of a mounted tldraw editor; `close` lets go of it. */
export function createEditorTools(editor: Editor): BoardTools & { close(): void } {
  const { colors } = chosen;
  const listeners = new Set<() => void>();
  const setColor = (color: BoardColor, selected: boolean) => {
    if (selected) editor.setStyleForSelectedShapes(DefaultColorStyle, color);
    editor.setStyleForNextShapes(DefaultColorStyle, color);
  };
  const pick = (tool: Tool) => {
    chosen.tool = tool;
    if (tool === 'rectangle' || tool === 'ellipse') editor.setStyleForNextShapes(GeoShapeGeoStyle, tool);
    if (!COLOURLESS.has(tool)) setColor(colors[slotOf(tool)], false);
    editor.setCurrentTool(ID_OF_TOOL[tool]);
  };
  editor.setStyleForNextShapes(DefaultFontStyle, 'sans');
  editor.setStyleForNextShapes(DefaultSizeStyle, chosen.size);
  pick(chosen.tool);

  const read = (): ToolState => ({
    tool: toolOf(editor),
    color: known(COLORS, valueOf(editor, DefaultColorStyle), colors.other),
    size: known(SIZES, valueOf(editor, DefaultSizeStyle), 'm'),
    canUndo: editor.getCanUndo(),
    canRedo: editor.getCanRedo(),
  });
  let state = read();
  const container = editor.getContainer();
  const stop = react('tools', () => {
    const next = read();
    container.dataset.tool = next.tool;
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    for (const listener of listeners) listener();
  });
  const stepped = (step: () => void) => {
    editor.markHistoryStoppingPoint('style');
    step();
  };
  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pick,
    setColor(color) {
      if (!COLOURLESS.has(state.tool)) colors[slotOf(state.tool)] = color;
      stepped(() => setColor(color, editor.isIn('select')));
    },
    setSize(size: BoardSize) {
      chosen.size = size;
      stepped(() => {
        if (editor.isIn('select')) editor.setStyleForSelectedShapes(DefaultSizeStyle, size);
        editor.setStyleForNextShapes(DefaultSizeStyle, size);
      });
    },
    undo: () => void editor.undo(),
    redo: () => void editor.redo(),
    removeSelected() {
      if (editor.getSelectedShapeIds().length === 0) return;
      stepped(() => void editor.deleteShapes(editor.getSelectedShapeIds()));
    },
    close() {
      stop();
      delete container.dataset.tool;
      listeners.clear();
    },
  };
}

function toolOf(editor: Editor): Tool {
  const id = editor.getCurrentToolId();
  if (id === 'geo')
    return editor.getStyleForNextShape(GeoShapeGeoStyle) === 'ellipse' ? 'ellipse' : 'rectangle';
  return TOOL_OF_ID[id] ?? 'select';
}

function valueOf(editor: Editor, style: typeof DefaultColorStyle | typeof DefaultSizeStyle): unknown {
  const shared = editor.getSharedStyles().get<string>(style);
  return shared?.type === 'shared' ? shared.value : editor.getStyleForNextShape<string>(style);
}

function known<T extends string>(values: readonly T[], value: unknown, otherwise: T): T {
  return values.find((one) => one === value) ?? otherwise;
}

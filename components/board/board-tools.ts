import type { BoardColor, BoardSize } from './ink';

export const SHAPE_TOOLS = ['rectangle', 'ellipse', 'arrow', 'line'] as const;
export type ShapeTool = (typeof SHAPE_TOOLS)[number];
export type Tool = 'select' | 'pen' | 'highlighter' | ShapeTool | 'text' | 'note' | 'eraser' | 'laser';

export type ToolState = {
  tool: Tool;
  color: BoardColor;
  size: BoardSize;
  canUndo: boolean;
  canRedo: boolean;
};

/** What the tool row and the keys ask of the board, whatever draws it. */
export type BoardTools = {
  getState(): ToolState;
  subscribe(listener: () => void): () => void;
  pick(tool: Tool): void;
  setColor(color: BoardColor): void;
  setSize(size: BoardSize): void;
  /** Takes back one's own last step, nobody else's. */
  undo(): void;
  redo(): void;
  removeSelected(): void;
};

/** Keys of the tools. `M`, `V`, `H`, `C` and the arrows belong to the classroom. */
export const TOOL_KEYS: Readonly<Record<Tool, string>> = {
  select: 'S',
  pen: 'P',
  highlighter: 'I',
  rectangle: 'R',
  ellipse: 'O',
  arrow: 'A',
  line: 'L',
  text: 'T',
  note: 'N',
  eraser: 'E',
  laser: 'K',
};

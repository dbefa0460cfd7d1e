'use client';

import {
  ArrowUpRight,
  Circle,
  Eraser,
  Highlighter,
  type LucideIcon,
  Minus,
  MousePointer2,
  Pen,
  Redo2,
  Shapes,
  Square,
  StickyNote,
  Type,
  Undo2,
  Wand,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import {
  type BoardTools,
  SHAPE_TOOLS,
  type ShapeTool,
  TOOL_KEYS,
  type Tool,
  type ToolState,
} from './board-tools';
import { COLORS, SIZES, swatchOf } from './ink';
import { Popover } from '@/components/ui/popover';
import { useToolKeys } from './use-tool-keys';

const ICONS: Readonly<Record<Tool, LucideIcon>> = {
  select: MousePointer2,
  pen: Pen,
  highlighter: Highlighter,
  rectangle: Square,
  ellipse: Circle,
  arrow: ArrowUpRight,
  line: Minus,
  text: Type,
  note: StickyNote,
  eraser: Eraser,
  laser: Wand,
};
const ROW: readonly Tool[] = ['select', 'pen', 'highlighter'];
const ROW_AFTER_SHAPES: readonly Tool[] = ['text', 'note', 'eraser', 'laser'];
const LOADING: ToolState = { tool: 'pen', color: 'blue', size: 'm', canUndo: false, canRedo: false };
const nothing = () => () => undefined;

/** The tools of the pen. `null` while the board is being fetched: the row has its place already. */
export function ToolRow({ tools }: { tools: BoardTools | null }) {
  const t = useTranslations('board');
  const state = useSyncExternalStore(
    tools?.subscribe ?? nothing,
    () => tools?.getState() ?? LOADING,
    () => LOADING,
  );
  useToolKeys(tools);
  const isShape = SHAPE_TOOLS.some((shape) => shape === state.tool);
  const shape: ShapeTool | null = isShape ? (state.tool as ShapeTool) : null;
  const button = (tool: Tool) => (
    <ToolButton key={tool} tool={tool} active={state.tool === tool} tools={tools} />
  );
  return (
    <div
      role="toolbar"
      aria-label={t('tools')}
      aria-busy={tools === null}
      className="pointer-events-auto relative flex max-w-full items-center gap-0.5 rounded-panel border border-line bg-surface p-1 text-ink"
    >
      {ROW.map(button)}
      <Popover label={t('shapes')} pressed={isShape} icon={<ShapeIcon shape={shape} />} disabled={!tools}>
        {SHAPE_TOOLS.map(button)}
      </Popover>
      {ROW_AFTER_SHAPES.map(button)}
      <Divider />
      <Popover
        label={t('style')}
        icon={<Swatch state={state} />}
        disabled={!tools}
        className="@min-[88rem]/bar:hidden"
      >
        <Styles state={state} tools={tools} />
      </Popover>
      <div className="hidden items-center gap-0.5 @min-[88rem]/bar:flex">
        <Styles state={state} tools={tools} />
      </div>
      <Divider />
      <IconButton
        label={t('undo')}
        shortcut="Control+Z"
        disabled={!state.canUndo}
        onClick={() => tools?.undo()}
        className="max-sm:w-7"
      >
        <Undo2 size={18} />
      </IconButton>
      <IconButton
        label={t('redo')}
        shortcut="Control+Shift+Z"
        disabled={!state.canRedo}
        onClick={() => tools?.redo()}
        className="max-sm:w-7"
      >
        <Redo2 size={18} />
      </IconButton>
    </div>
  );
}

function ToolButton({ tool, active, tools }: { tool: Tool; active: boolean; tools: BoardTools | null }) {
  const t = useTranslations('board');
  const Icon = ICONS[tool];
  return (
    <IconButton
      label={t(`tool.${tool}`)}
      shortcut={TOOL_KEYS[tool]}
      aria-pressed={active}
      disabled={!tools}
      onClick={() => tools?.pick(tool)}
      className="max-sm:w-7"
    >
      <Icon size={18} />
    </IconButton>
  );
}

function ShapeIcon({ shape }: { shape: ShapeTool | null }) {
  const Icon = shape ? ICONS[shape] : Shapes;
  return <Icon size={18} />;
}

function Divider() {
  return <span aria-hidden className="mx-1 h-6 w-px bg-line max-sm:mx-0" />;
}

function Swatch({ state }: { state: ToolState }) {
  return (
    <span
      className="size-4 rounded-full border border-ink/20"
      style={{ background: swatchOf(state.color, state.tool === 'highlighter') }}
    />
  );
}

const DOTS = { s: 4, m: 7, l: 10, xl: 14 } as const;

function Styles({ state, tools }: { state: ToolState; tools: BoardTools | null }) {
  const t = useTranslations('board');
  return (
    <>
      {COLORS.map((color) => (
        <IconButton
          key={color}
          label={t(`color.${color}`)}
          aria-pressed={state.color === color}
          disabled={!tools}
          onClick={() => tools?.setColor(color)}
          className="w-7! aria-pressed:bg-ink/10"
        >
          <span
            className="size-4.5 rounded-full border border-ink/20"
            style={{ background: swatchOf(color, state.tool === 'highlighter') }}
          />
        </IconButton>
      ))}
      {/* On a phone colours and sizes have a row each. */}
      <span aria-hidden className="mx-1 h-6 w-px bg-line max-sm:my-1 max-sm:h-px max-sm:w-full" />
      {SIZES.map((size) => (
        <IconButton
          key={size}
          label={t(`size.${size}`)}
          aria-pressed={state.size === size}
          disabled={!tools}
          onClick={() => tools?.setSize(size)}
          className="w-7!"
        >
          <span className="rounded-full bg-current" style={{ width: DOTS[size], height: DOTS[size] }} />
        </IconButton>
      ))}
    </>
  );
}

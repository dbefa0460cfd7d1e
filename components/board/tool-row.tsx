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
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
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
};
const ROW: readonly Tool[] = ['select', 'pen', 'highlighter'];
const ROW_AFTER_SHAPES: readonly Tool[] = ['text', 'note', 'eraser'];
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
        className="@min-[66rem]/bar:hidden"
      >
        <Styles state={state} tools={tools} />
      </Popover>
      <div className="hidden items-center gap-0.5 @min-[66rem]/bar:flex">
        <Styles state={state} tools={tools} />
      </div>
      <Divider />
      <IconButton
        label={t('undo')}
        shortcut="Control+Z"
        disabled={!state.canUndo}
        onClick={() => tools?.undo()}
        className="max-sm:w-8"
      >
        <Undo2 size={18} />
      </IconButton>
      <IconButton
        label={t('redo')}
        shortcut="Control+Shift+Z"
        disabled={!state.canRedo}
        onClick={() => tools?.redo()}
        className="max-sm:w-8"
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
      className="max-sm:w-8"
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
      <Divider />
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

type PopoverProps = {
  label: string;
  icon: ReactNode;
  pressed?: boolean;
  disabled: boolean;
  className?: string;
  children: ReactNode;
};

/** A button that opens a row of others above it. It closes by choosing, by Escape and by pressing elsewhere. */
function Popover({ label, icon, pressed, disabled, className = '', children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const press = (event: PointerEvent) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) setOpen(false);
    };
    const choose = (event: MouseEvent) => {
      if (event.target instanceof Node && panel.current?.contains(event.target)) setOpen(false);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false);
    };
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('click', choose);
    document.addEventListener('keydown', key, true);
    return () => {
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('click', choose);
      document.removeEventListener('keydown', key, true);
    };
  }, [open]);
  return (
    <div ref={box} className={`sm:relative ${className}`}>
      <IconButton
        label={label}
        aria-expanded={open}
        aria-haspopup="true"
        aria-pressed={pressed}
        disabled={disabled}
        onClick={() => setOpen(!open)}
        className="max-sm:w-8"
      >
        {icon}
      </IconButton>
      {open && (
        <fieldset
          ref={panel}
          aria-label={label}
          className="absolute inset-x-0 bottom-full z-10 mx-auto mb-2 flex w-max items-center max-sm:max-w-full max-sm:flex-wrap max-sm:justify-center sm:right-auto sm:left-1/2 sm:-translate-x-1/2 gap-0.5 rounded-panel border border-line bg-surface p-1 shadow-float"
        >
          {children}
        </fieldset>
      )}
    </div>
  );
}

import { createElement, type ReactElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import {
  ArrowShapeUtil,
  createTLStore,
  DrawShapeUtil,
  defaultBindingUtils,
  Editor,
  EditorContext,
  FONT_SIZES,
  GeoShapeUtil,
  HighlightShapeUtil,
  LineShapeUtil,
  NoteShapeUtil,
  SelectTool,
  TextShapeUtil,
  type TLRecord,
  type TLShape,
  type TLTextShape,
} from 'tldraw';
import type { MarkRecord } from './marks-job.ts';
import { type Fonts, layOut, linesOfText, type RichText } from './text-layout.ts';

/** As the classroom draws it (components/board/tldraw/editor-config.ts). */
const HIGHLIGHT = { underlayOpacity: 0.35, overlayOpacity: 0.15 };
const EMPTY_TEXT = { type: 'doc', content: [{ type: 'paragraph' }] };

/** tldraw's own drawing of a board's records, without a browser: outlines, bound arrows and colours are exactly the classroom's. */
export type HeadlessEditor = {
  /** Takes a board in the place of the one before; gives its shapes, lowest first. */
  load(records: readonly MarkRecord[]): TLShape[];
  /** What lies below everything else of a shape (a highlighter's first pass), as SVG; empty: nothing. */
  below(shape: TLShape): string;
  /** A shape without its text, as SVG in the shape's own coordinates. */
  drawing(shape: TLShape): string;
  /** Where a shape lies on the page. */
  placeOf(shape: TLShape): Matrix;
  boundsOf(shape: TLShape): { x: number; y: number; width: number; height: number };
  /** Where an arrow's label lies; null: it has none. */
  labelOf(shape: TLShape): { x: number; y: number; width: number; height: number } | null;
  /** The record as it came, with its text. */
  recordOf(id: string): MarkRecord | undefined;
  /** Takes away what stood in for a browser: others in this process look for one too. */
  close(): void;
};

/** `[a b c d e f]` as in SVG and PDF. */
export type Matrix = readonly [number, number, number, number, number, number];

export async function createHeadlessEditor(fonts: Fonts): Promise<HeadlessEditor> {
  const leave = standInForBrowser();
  const inner = '../../../../node_modules/@tldraw/editor/dist-esm/lib/hooks/useSafeId.mjs';
  // tldraw keeps this to itself; an arrow's drawing does not come without it.
  const { IdProvider } = (await import(inner)) as {
    IdProvider: (props: { children?: ReactNode }) => ReactElement;
  };
  const texts = new Map<string, MarkRecord>();

  class MeasuredText extends TextShapeUtil {
    override getMinDimensions(shape: TLTextShape) {
      const { size, autoSize, w } = shape.props;
      const fontSize = FONT_SIZES[size];
      const fixed = autoSize ? null : Math.max(16, Math.floor(w));
      const richText = (texts.get(shape.id)?.props as { richText?: RichText } | undefined)?.richText;
      const { width, height } = layOut(linesOfText(richText), { fonts, fontSize, maxWidth: fixed });
      return { width: fixed ?? Math.max(16, width + 1), height: Math.max(fontSize, height) };
    }
  }
  const shapeUtils = [
    DrawShapeUtil,
    HighlightShapeUtil.configure(HIGHLIGHT),
    GeoShapeUtil,
    LineShapeUtil,
    ArrowShapeUtil,
    MeasuredText,
    NoteShapeUtil,
  ];
  const store = createTLStore({ shapeUtils, bindingUtils: defaultBindingUtils });
  const editor = new Editor({
    store,
    shapeUtils,
    bindingUtils: defaultBindingUtils,
    tools: [SelectTool],
    getContainer: () => inert() as HTMLElement,
    initialState: 'select',
    autoFocus: false,
  });
  editor.fonts.trackFontsForShape = () => undefined;
  editor.textMeasure.measureText = (text, { fontSize, maxWidth }) => {
    const { width, height } = layOut(linesOfText(text), { fonts, fontSize, maxWidth });
    return { x: 0, y: 0, w: width, h: height, scrollWidth: width };
  };

  const markup = (element: ReactElement | null | undefined) =>
    element
      ? renderToStaticMarkup(
          createElement(EditorContext.Provider, { value: editor }, createElement(IdProvider, null, element)),
        )
      : '';
  const context = {
    isDarkMode: false,
    addExportDef: () => undefined,
    waitUntil: () => undefined,
    resolveAssetUrl: async () => null,
    scale: 1,
    pixelRatio: 1,
  };

  return {
    load(records) {
      texts.clear();
      const all = store.allRecords().filter(({ typeName }) => typeName === 'shape' || typeName === 'binding');
      store.remove(all.map(({ id }) => id));
      for (const record of records) texts.set(record.id, record);
      store.put(records.map(withoutText) as unknown as TLRecord[]);
      return editor.getCurrentPageShapesSorted();
    },
    below: (shape) => {
      const element = editor.getShapeUtil(shape).toBackgroundSvg?.(shape, context);
      return markup(element as ReactElement | null);
    },
    drawing(shape) {
      if (shape.type === 'text' || shape.type === 'note') return '';
      const bare =
        shape.type === 'arrow' ? ({ ...shape, props: { ...shape.props, text: '' } } as TLShape) : shape;
      return markup(editor.getShapeUtil(shape).toSvg?.(bare, context) as ReactElement | null);
    },
    placeOf(shape) {
      const { a, b, c, d, e, f } = editor.getShapePageTransform(shape);
      return [a, b, c, d, e, f];
    },
    boundsOf(shape) {
      const { x, y, width, height } = editor.getShapeGeometry(shape).bounds;
      return { x, y, width, height };
    },
    labelOf(shape) {
      const geometry = editor.getShapeGeometry(shape);
      const label =
        'children' in geometry ? (geometry.children as { isLabel: boolean; bounds: DOMRect }[]) : [];
      const box = label.find(({ isLabel }) => isLabel)?.bounds;
      return box ? { x: box.x, y: box.y, width: box.width, height: box.height } : null;
    },
    recordOf: (id) => texts.get(id),
    close: leave,
  };
}

/** tldraw writes text as HTML, which takes a browser: we set it ourselves, and it gets the shape alone. */
function withoutText(record: MarkRecord): MarkRecord {
  const props = record.props as Record<string, unknown> | undefined;
  return props && 'richText' in props ? { ...record, props: { ...props, richText: EMPTY_TEXT } } : record;
}

/** The editor listens to a page and measures it; here there is none, and nothing ever happens. */
function standInForBrowser(): () => void {
  const nothing = () => undefined;
  const parts = {
    window: globalThis,
    document: inert(),
    devicePixelRatio: 1,
    addEventListener: nothing,
    removeEventListener: nothing,
    matchMedia: () => ({ matches: false, addEventListener: nothing, removeEventListener: nothing }),
    requestAnimationFrame: () => 0,
    cancelAnimationFrame: nothing,
  };
  Object.assign(globalThis, parts);
  return () => {
    for (const name of Object.keys(parts)) Reflect.deleteProperty(globalThis, name);
  };
}

/** Something of which everything may be asked, and which does nothing. */
function inert(): unknown {
  const kept: Record<PropertyKey, unknown> = {
    children: [],
    childNodes: [],
    getBoundingClientRect: () => ({
      x: 0,
      y: 0,
      width: 1000,
      height: 1000,
      top: 0,
      left: 0,
      right: 1000,
      bottom: 1000,
    }),
    [Symbol.toPrimitive]: () => 0,
  };
  return new Proxy(() => undefined, {
    get: (_target, key) => (key in kept ? kept[key] : (kept[key] = inert())),
    set: (_target, key, value) => {
      kept[key] = value;
      return true;
    },
    apply: () => inert(),
  });
}

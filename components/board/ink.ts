/** tldraw's light palette, so that a stroke in the making looks like what it becomes without loading tldraw. */
const INK: Readonly<Record<string, { solid: string; highlight: string }>> = {
  black: { solid: '#1d1d1d', highlight: '#fddd00' },
  grey: { solid: '#9fa8b2', highlight: '#cbe7f1' },
  blue: { solid: '#4465e9', highlight: '#10acff' },
  'light-blue': { solid: '#4ba1f1', highlight: '#00f4ff' },
  green: { solid: '#099268', highlight: '#00ffc8' },
  'light-green': { solid: '#4cb05e', highlight: '#65f641' },
  yellow: { solid: '#f1ac4b', highlight: '#fddd00' },
  orange: { solid: '#e16919', highlight: '#ffa500' },
  red: { solid: '#e03131', highlight: '#ff636e' },
  'light-red': { solid: '#f87777', highlight: '#ff7fa3' },
  violet: { solid: '#ae3ec9', highlight: '#c77cff' },
  'light-violet': { solid: '#e085f4', highlight: '#ff88ff' },
  white: { solid: '#ffffff', highlight: '#ffffff' },
};

/** The colours that the tool row offers, by tldraw's names. */
export const COLORS = ['black', 'red', 'orange', 'green', 'blue', 'violet', 'yellow', 'white'] as const;
export type BoardColor = (typeof COLORS)[number];

/** The sizes that the tool row offers, by tldraw's names. */
export const SIZES = ['s', 'm', 'l', 'xl'] as const;
export type BoardSize = (typeof SIZES)[number];

/** Widths in page units: about what tldraw's pen comes to at a middling speed, and FONT_SIZES × 1.12 for the highlighter. */
const PEN_WIDTH: Readonly<Record<string, number>> = { s: 2.4, m: 3.6, l: 4.8, xl: 9 };
const HIGHLIGHTER_WIDTH: Readonly<Record<string, number>> = { s: 20, m: 27, l: 40, xl: 49 };

export type Ink = { color: string; width: number; opacity: number };

/** How to draw a stroke: colour, width in page units, opacity. */
export function inkOf(kind: 'draw' | 'highlight', color: string, size: string, scale: number): Ink {
  const ink = INK[color] ?? { solid: '#1d1d1d', highlight: '#fddd00' };
  return kind === 'draw'
    ? { color: ink.solid, width: (PEN_WIDTH[size] ?? 3.6) * scale, opacity: 1 }
    : { color: ink.highlight, width: (HIGHLIGHTER_WIDTH[size] ?? 27) * scale, opacity: 0.45 };
}

export function swatchOf(color: BoardColor, highlighter: boolean): string {
  const ink = INK[color];
  return (highlighter ? ink?.highlight : ink?.solid) ?? '#1d1d1d';
}

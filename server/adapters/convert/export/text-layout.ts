/** A text in the form in which the board keeps it: paragraphs, lists and headings of marked runs. Checked when it was written (L8). */
export type RichText = { type: string; content?: RichNode[] };
type RichNode = {
  type: string;
  text?: string;
  content?: RichNode[];
  marks?: { type: string }[];
  attrs?: Record<string, unknown>;
};

export type Face = 'medium' | 'mediumItalic' | 'bold' | 'boldItalic';
type Run = { text: string; face: Face; strike: boolean; marked: boolean };
/** A line as it was typed: it may become several. */
export type TypedLine = { runs: readonly Run[]; indent: number; bullet: string };

export type Fonts = {
  /** Width of a text in this face, in units of its size. */
  widthOf(text: string, face: Face): number;
  /** Of the font's own height above and below the base line, in units of its size. */
  ascent: number;
  descent: number;
};

export type Piece = Run & { x: number; width: number };
export type SetLine = { pieces: readonly Piece[]; width: number; baseline: number };

/** tldraw's own (TEXT_PROPS). */
export const LINE_HEIGHT = 1.35;
/** Of a list, in units of the size: about tldraw's 3.25ch. */
const INDENT = 1.9;

/** The typed lines of a text, of rich text or of plain. */
export function linesOfText(text: RichText | string | undefined): TypedLine[] {
  if (text === undefined) return [];
  if (typeof text === 'string')
    return text.split('\n').map((line) => ({ runs: [plainRun(line)], indent: 0, bullet: '' }));
  return (text.content ?? []).flatMap((block) => blockLines(block, 0, ''));
}

function plainRun(text: string): Run {
  return { text, face: 'medium', strike: false, marked: false };
}

function blockLines(block: RichNode, indent: number, bullet: string): TypedLine[] {
  if (block.type === 'bulletList' || block.type === 'orderedList') {
    const first = Number(block.attrs?.start ?? 1);
    return (block.content ?? []).flatMap((item, index) =>
      (item.content ?? []).flatMap((child, at) => {
        const sign = block.type === 'bulletList' ? '•' : `${first + index}.`;
        return blockLines(child, indent + 1, at === 0 ? sign : '');
      }),
    );
  }
  const lines: Run[][] = [[]];
  for (const node of block.content ?? []) {
    if (node.type === 'hardBreak') lines.push([]);
    else lines.at(-1)?.push(runOf(node, block.type === 'heading'));
  }
  return lines.map((runs, index) => ({ runs, indent, bullet: index === 0 ? bullet : '' }));
}

function runOf(node: RichNode, heading: boolean): Run {
  const has = (mark: string) => node.marks?.some(({ type }) => type === mark) ?? false;
  const bold = heading || has('bold');
  const italic = has('italic');
  const face = bold ? (italic ? 'boldItalic' : 'bold') : italic ? 'mediumItalic' : 'medium';
  return { text: node.text ?? '', face, strike: has('strike'), marked: has('highlight') };
}

type Setting = {
  fonts: Fonts;
  fontSize: number /** Null: lines end where they were typed. */;
  maxWidth: number | null;
};

/** Breaks lines between words, and within one only where it is wider than a line, as the board's CSS does. */
export function layOut(
  lines: readonly TypedLine[],
  { fonts, fontSize, maxWidth }: Setting,
): { lines: SetLine[]; width: number; height: number } {
  const set: Piece[][] = [];
  for (const line of lines) set.push(...breakLine(line, { fonts, fontSize, maxWidth }));
  const height = fontSize * LINE_HEIGHT;
  const content = (fonts.ascent + fonts.descent) * fontSize;
  const placed = set.map((pieces, index): SetLine => {
    const last = pieces.findLast(({ text }) => text.trim() !== '');
    return {
      pieces,
      width: last ? last.x + last.width : 0,
      baseline: index * height + (height - content) / 2 + fonts.ascent * fontSize,
    };
  });
  return {
    lines: placed,
    width: Math.max(0, ...placed.map(({ width }) => width)),
    height: Math.max(1, placed.length) * height,
  };
}

function breakLine(line: TypedLine, { fonts, fontSize, maxWidth }: Setting): Piece[][] {
  const start = line.indent * INDENT * fontSize;
  const room = maxWidth ?? Number.POSITIVE_INFINITY;
  const rows: Piece[][] = [[]];
  let x = start;
  const put = (run: Run, text: string) => {
    const width = fonts.widthOf(text, run.face) * fontSize;
    rows.at(-1)?.push({ ...run, text, x, width });
    x += width;
  };
  const next = () => {
    rows.push([]);
    x = start;
  };
  if (line.bullet !== '') {
    const sign = plainRun(line.bullet);
    const width = fonts.widthOf(sign.text, sign.face) * fontSize;
    rows[0]?.push({ ...sign, x: start - width - 0.4 * fontSize, width });
  }
  for (const run of line.runs) {
    for (const word of run.text.split(/(?<=\s)(?=\S)/u)) {
      const width = fonts.widthOf(word.trimEnd(), run.face) * fontSize;
      if (x > start && x + width > room) next();
      if (start + width <= room) put(run, word);
      else {
        for (const letter of word) {
          if (x > start && x + fonts.widthOf(letter, run.face) * fontSize > room) next();
          put(run, letter);
        }
      }
    }
  }
  return rows;
}

/** What may stand inside what. Links are in no list: a mark or a node that is not here is refused. */
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  doc: ['paragraph', 'heading', 'bulletList', 'orderedList'],
  paragraph: ['text', 'hardBreak'],
  heading: ['text', 'hardBreak'],
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  listItem: ['paragraph', 'bulletList', 'orderedList'],
  text: [],
  hardBreak: [],
};
const MARKS: ReadonlySet<unknown> = new Set(['bold', 'italic', 'strike', 'code', 'highlight']);

type Attribute = (value: unknown) => boolean;
const direction: Attribute = (value) =>
  value === null || value === 'auto' || value === 'ltr' || value === 'rtl';
const wholeNumber: Attribute = (value) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10_000;
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  paragraph: { dir: direction },
  heading: {
    dir: direction,
    level: (value) => wholeNumber(value) && Number(value) >= 1 && Number(value) <= 6,
  },
  bulletList: { dir: direction },
  orderedList: {
    dir: direction,
    start: wholeNumber,
    type: (value) => value === null,
  },
  listItem: { dir: direction },
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks a shape's rich text node by node; tldraw's validator accepts anything inside it. Null when it may stand, else the
 * reason in a word or two. Its depth is bounded by the caller.
 */
export function checkRichText(doc: unknown, longestText: number): string | null {
  let characters = 0;
  const node = (value: unknown, allowed: readonly string[]): string | null => {
    if (!isObject(value) || typeof value.type !== 'string' || !allowed.includes(value.type))
      return 'rich text node';
    const { type, text, content, attrs, marks, ...unknown } = value;
    if (Object.keys(unknown).length > 0) return 'rich text field';
    if (type === 'text') {
      if (typeof text !== 'string' || text.length === 0) return 'rich text';
      characters += text.length;
      if (characters > longestText) return 'text too long';
    } else if (text !== undefined || marks !== undefined) return 'rich text field';
    return attributes(type, attrs) ?? markList(marks) ?? children(type, content);
  };
  const children = (type: string, content: unknown): string | null => {
    if (content === undefined) return null;
    const allowed = CHILDREN[type] ?? [];
    if (!Array.isArray(content) || allowed.length === 0) return 'rich text';
    for (const child of content) {
      const reason = node(child, allowed);
      if (reason) return reason;
    }
    return null;
  };
  return node(doc, ['doc']);
}

function attributes(type: string, attrs: unknown): string | null {
  if (attrs === undefined) return null;
  if (!isObject(attrs)) return 'rich text attribute';
  const known = ATTRIBUTES[type];
  const good = Object.entries(attrs).every(([name, value]) => known?.[name]?.(value) === true);
  return good ? null : 'rich text attribute';
}

function markList(marks: unknown): string | null {
  if (marks === undefined) return null;
  if (!Array.isArray(marks)) return 'rich text mark';
  const good = marks.every(
    (mark) => isObject(mark) && MARKS.has(mark.type) && Object.keys(mark).length === 1,
  );
  return good ? null : 'rich text mark';
}

/** Something that takes place from `top` to `bottom`. */
type Span = { top: number; bottom: number };
/** Beside what else it stands: in which column of how many, and over how many of them. */
export type Placed<T> = T & { column: number; columns: number; width: number };

/**
 * Places spans so that no two that overlap share a column. Those that are connected by overlapping share a number of columns, as small as it can be;
 * each is as wide as the free columns right of it let it be. In the order of their tops.
 */
export function placeInColumns<T extends Span>(spans: readonly T[]): Placed<T>[] {
  const sorted = [...spans].sort((a, b) => a.top - b.top || b.bottom - a.bottom);
  const placed: Placed<T>[] = [];
  let group: { span: T; column: number }[] = [];
  let ends: number[] = [];
  const close = () => {
    placed.push(...group.map((one) => widen(one, group, ends.length)));
    [group, ends] = [[], []];
  };
  for (const span of sorted) {
    if (group.length > 0 && span.top >= Math.max(...ends)) close();
    const free = ends.findIndex((end) => end <= span.top);
    const column = free < 0 ? ends.length : free;
    ends[column] = span.bottom;
    group.push({ span, column });
  }
  close();
  return placed;
}

function widen<T extends Span>(
  { span, column }: { span: T; column: number },
  group: readonly { span: T; column: number }[],
  columns: number,
): Placed<T> {
  const right = group
    .filter((other) => other.column > column && overlap(other.span, span))
    .map((other) => other.column);
  return { ...span, column, columns, width: Math.min(columns, ...right) - column };
}

export function overlap(a: Span, b: Span): boolean {
  return a.top < b.bottom && b.top < a.bottom;
}

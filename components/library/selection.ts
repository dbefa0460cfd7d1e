/** Which items of a list are chosen, and where the keyboard stands in it. Keys are the list's own. */
export type Selection = {
  chosen: ReadonlySet<string>;
  /** Where the keyboard is. */
  at: string | null;
  /** From where a range is spanned. */
  from: string | null;
};

export const NOTHING: Selection = { chosen: new Set(), at: null, from: null };

/** Chooses one item alone. */
export const chooseOnly = (key: string): Selection => ({ chosen: new Set([key]), at: key, from: key });

/** Chooses an item beside what is chosen, or leaves it out. */
export function toggle({ chosen }: Selection, key: string): Selection {
  const next = new Set(chosen);
  if (!next.delete(key)) next.add(key);
  return { chosen: next, at: key, from: key };
}

/** Chooses everything from where the range began up to an item. */
export function spanTo({ from, at }: Selection, key: string, order: readonly string[]): Selection {
  const start = from ?? at ?? key;
  const [a, b] = [order.indexOf(start), order.indexOf(key)];
  if (a < 0 || b < 0) return chooseOnly(key);
  return { chosen: new Set(order.slice(Math.min(a, b), Math.max(a, b) + 1)), at: key, from: start };
}

/** Moves the keyboard by a number of items, within the list. */
export function step(selection: Selection, by: number, order: readonly string[]): Selection {
  const now = selection.at === null ? -1 : order.indexOf(selection.at);
  const next = order[Math.min(order.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
  return next === undefined ? selection : { ...selection, at: next };
}

export const chooseAll = (selection: Selection, order: readonly string[]): Selection => ({
  ...selection,
  chosen: new Set(order),
});

/** Without what is no longer there; the keyboard goes to what took its place. */
export function prune(selection: Selection, before: readonly string[], order: readonly string[]): Selection {
  const there = new Set(order);
  const chosen = new Set([...selection.chosen].filter((key) => there.has(key)));
  const stays = selection.at === null || there.has(selection.at);
  const place = Math.min(order.length - 1, selection.at === null ? 0 : before.indexOf(selection.at));
  const at = stays ? selection.at : (order[place] ?? null);
  return { chosen, at, from: selection.from !== null && there.has(selection.from) ? selection.from : at };
}

import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Item } from './items';
import * as select from './selection';

type Verbs = { open: (item: Item) => void; remove: (items: Item[]) => void; rename: (item: Item) => void };

/** Which items are chosen, by mouse and by keyboard. The names are what has the focus: one of them is in the tab order. */
export function useSelection(list: RefObject<HTMLElement | null>, items: readonly Item[], verbs: Verbs) {
  const [selection, setSelection] = useState(select.NOTHING);
  const order = items.map(({ key }) => key);
  useGone(order, setSelection);
  const chosenItems = items.filter(({ key }) => selection.chosen.has(key));

  function focus(next: select.Selection) {
    setSelection(next);
    if (next.at === null) return;
    list.current?.querySelector<HTMLElement>(`[data-key="${next.at}"] [data-name]`)?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const target = event.target as HTMLElement;
    // Fields, menus and buttons within an item keep their own keys.
    if (!target.matches('[data-name]')) return;
    const key = target.closest('[data-key]')?.getAttribute('data-key') ?? null;
    const at = { ...selection, at: key };
    const by = STEPS[event.key]?.(columnsOf(list.current), items.length);
    const item = items.find((one) => one.key === key);
    if (by !== undefined) {
      const next = select.step(at, by, order);
      focus(event.shiftKey && next.at !== null ? select.spanTo(at, next.at, order) : next);
    } else if (event.key === ' ' && key !== null) setSelection(select.toggle(selection, key));
    else if (event.key === 'Escape' && selection.chosen.size > 0) setSelection(select.NOTHING);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) setSelection(select.chooseAll(at, order));
    else if (event.key === 'F2' && item) verbs.rename(item);
    else if (event.key === 'Delete' && item) verbs.remove(chosenItems.length > 0 ? chosenItems : [item]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    chosen: selection.chosen,
    chosenItems,
    /** The name that the tab key reaches. */
    at: selection.at ?? order[0] ?? null,
    onKeyDown,
    clear: () => setSelection(select.NOTHING),
    toggle: (key: string) => setSelection(select.toggle(selection, key)),
    /** A press beside the name and the buttons: alone, with Ctrl beside others, with Shift up to here. */
    onPress(event: MouseEvent, key: string) {
      if ((event.target as HTMLElement).closest('button, a, input, label')) return;
      if (event.shiftKey) setSelection(select.spanTo(selection, key, order));
      else if (event.ctrlKey || event.metaKey) setSelection(select.toggle(selection, key));
      else setSelection(select.chooseOnly(key));
    },
    /** For a menu: what it is about is chosen, unless it is among others that are. */
    chooseFor(key: string): void {
      if (!selection.chosen.has(key)) setSelection({ ...select.NOTHING, at: key });
    },
  };
}

const STEPS: Record<string, (columns: number, items: number) => number> = {
  ArrowDown: (columns) => columns,
  ArrowUp: (columns) => -columns,
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  Home: (_columns, items) => -items,
  End: (_columns, items) => items,
};

/** How many items stand beside each other in the first line. */
function columnsOf(list: HTMLElement | null): number {
  const [first, ...rest] = list?.querySelectorAll<HTMLElement>('[data-key]') ?? [];
  const below = rest.findIndex((item) => item.offsetTop !== first?.offsetTop);
  return below < 0 ? rest.length + 1 : below + 1;
}

/** What is no longer in the list is no longer chosen. */
function useGone(
  order: readonly string[],
  set: (change: (now: select.Selection) => select.Selection) => void,
) {
  const before = useRef(order);
  const joined = order.join('\n');
  useEffect(() => {
    const was = before.current;
    before.current = order;
    if (was.join('\n') !== joined) set((now) => select.prune(now, was, order));
    // The keys say it all; the array is new each time.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [joined, set]);
}

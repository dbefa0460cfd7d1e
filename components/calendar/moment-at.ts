import { type Axis, instantAt } from './axis';

/** How tall a minute of a week is. */
export const PX_PER_MINUTE = 0.8;

/** The moment at a place of the window, on the day whose column is there or nearest to it. */
export function momentAt(axis: Axis, grid: HTMLElement | null, x: number, y: number): number | null {
  const box = grid?.getBoundingClientRect();
  if (!box || box.width === 0) return null;
  const column = Math.floor(((x - box.left) / box.width) * axis.days.length);
  const day = axis.days[Math.min(axis.days.length - 1, Math.max(0, column))];
  const at = Math.min(axis.length - 1, Math.max(0, (y - box.top) / PX_PER_MINUTE));
  return day ? instantAt(day, at) : null;
}

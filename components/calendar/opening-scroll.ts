import { type Axis, placeAt } from './axis';
import { PX_PER_MINUTE } from './moment-at';

/** What is in view when a week is opened that is not this one. */
const MORNING_MINUTES = 7 * 60;
/** What is seen of the time before now. */
const BEFORE_MINUTES = 90;
/** So late that the evening is in view. */
const LATEST_MINUTES = 15 * 60;
/** The line of the hour is not cut. */
const MARGIN_PX = 8;

/** How far down a week opens, in pixels: at the morning, or a little before now. */
export function openingScroll(axis: Axis, now: number): number {
  const today = axis.days.find(({ from, to }) => now >= from && now < to);
  const at = today ? (placeAt(today, now) ?? MORNING_MINUTES) - BEFORE_MINUTES : MORNING_MINUTES;
  return Math.max(0, Math.min(at, LATEST_MINUTES) * PX_PER_MINUTE - MARGIN_PX);
}

/** Does it while the page is read, before anybody sees it at midnight. The browser runs it as text: it uses nothing from outside. */
export function scrollAhead(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-opens-at]')) {
    box.scrollTop = Number(box.dataset.opensAt);
  }
}

import type { Viewport } from '@/room/state';

/** Where a viewer stands: with the presenter, or looking around by themselves. */
export type StageView = { kind: 'following' } | { kind: 'looking'; viewport: Viewport | null };

/** The part of the page to show: the presenter's, or the viewer's own while they look around. */
export function shownViewport(view: StageView, shared: Viewport | null): Viewport | null {
  return view.kind === 'following' ? shared : view.viewport;
}

/** At most one call in `intervalMs`, the last value always delivered. */
export function createThrottle<T>(intervalMs: number, deliver: (value: T) => void) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waiting: { value: T } | null = null;
  function tick() {
    timer = null;
    if (!waiting) return;
    const { value } = waiting;
    waiting = null;
    push(value);
  }
  function push(value: T) {
    if (timer) {
      waiting = { value };
      return;
    }
    deliver(value);
    timer = setTimeout(tick, intervalMs);
  }
  return {
    push,
    cancel() {
      if (timer) clearTimeout(timer);
      timer = null;
      waiting = null;
    },
  };
}

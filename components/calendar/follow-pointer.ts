/** How long a finger rests before it carries something; moving earlier scrolls. */
const HOLD_MS = 350;
/** How far a pointer strays without meaning it. */
const SLACK_PX = 5;

type On = {
  begin: () => void;
  move: (x: number, y: number) => void;
  /** `dropped`: let go; else it was taken back. */
  end: (dropped: boolean) => void;
  /** Pressed and let go in one place. */
  tap?: () => void;
};

/** Follows a pointer from its press: a mouse drags as soon as it moves, a finger after it has rested. Escape takes it back. */
export function followPointer(down: PointerEvent, on: On): void {
  const byTouch = down.pointerType === 'touch';
  const stop = new AbortController();
  const { signal } = stop;
  let dragging = false;
  const begin = () => {
    dragging = true;
    on.begin();
  };
  const hold = byTouch ? setTimeout(begin, HOLD_MS) : undefined;
  const finish = (dropped: boolean) => {
    clearTimeout(hold);
    stop.abort();
    if (!dragging) return;
    swallowClick();
    on.end(dropped);
  };
  document.addEventListener(
    'pointermove',
    ({ pointerId, clientX, clientY }) => {
      if (pointerId !== down.pointerId) return;
      const strayed = Math.hypot(clientX - down.clientX, clientY - down.clientY) > SLACK_PX;
      if (!dragging && !strayed) return;
      if (!dragging && byTouch) return finish(false);
      if (!dragging) begin();
      on.move(clientX, clientY);
    },
    { signal },
  );
  document.addEventListener(
    'pointerup',
    ({ pointerId }) => {
      if (pointerId !== down.pointerId) return;
      const tapped = !dragging;
      finish(true);
      if (tapped) on.tap?.();
    },
    { signal },
  );
  document.addEventListener('pointercancel', () => finish(false), { signal });
  document.addEventListener('keydown', (event) => takeBack(event), { signal, capture: true });
  // A finger that rests would open the browser's own menu, and one that carries would scroll.
  document.addEventListener('contextmenu', (event) => byTouch && event.preventDefault(), { signal });
  document.addEventListener('touchmove', (event) => dragging && event.preventDefault(), {
    signal,
    passive: false,
  });

  function takeBack(event: KeyboardEvent) {
    if (!dragging || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    finish(false);
  }
}

/** Letting go after a drag is no click on what happens to be there. */
function swallowClick(): void {
  const stop = new AbortController();
  window.addEventListener(
    'click',
    (event) => {
      event.stopPropagation();
      event.preventDefault();
    },
    { capture: true, signal: stop.signal },
  );
  setTimeout(() => stop.abort());
}

/**
 * Keeps the wheel from tldraw, which would swallow it, and gives it to what lies around the board: the stage zooms and
 * moves the page. Returns the way to stop.
 */
export function passWheelOn(frame: HTMLElement): () => void {
  const pass = (event: WheelEvent) => {
    event.stopPropagation();
    const copy = new WheelEvent('wheel', event);
    if (frame.parentElement?.dispatchEvent(copy) === false) event.preventDefault();
  };
  frame.addEventListener('wheel', pass, { capture: true, passive: false });
  return () => frame.removeEventListener('wheel', pass, { capture: true });
}

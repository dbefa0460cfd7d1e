import type { Editor } from 'tldraw';

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

/** The keys go to the board that was touched last, and an arrow that moves what is selected turns no page. */
export function takeFocus(frame: HTMLElement, editor: Editor): () => void {
  const focus = () => void editor.focus({ focusContainer: true });
  const key = (event: KeyboardEvent) => {
    if (event.key.startsWith('Arrow') && editor.getSelectedShapeIds().length > 0) event.preventDefault();
  };
  frame.addEventListener('pointerdown', focus, { capture: true });
  frame.addEventListener('keydown', key);
  return () => {
    frame.removeEventListener('pointerdown', focus, { capture: true });
    frame.removeEventListener('keydown', key);
  };
}

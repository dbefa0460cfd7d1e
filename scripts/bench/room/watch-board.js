// Runs in the page, before anything of it: goes in as a listener as soon as one can, and notes when as many shapes as
// `benchShapes` are on the screen. See late-join.ts.
{
  const painted = () => {
    document.documentElement.dataset.boardAt ??= String(performance.timeOrigin + performance.now());
  };
  // Painted as lines at first, then as tldraw's shapes.
  const shapes = () =>
    Math.max(
      Number(document.querySelector('[data-first-marks]')?.dataset.firstMarks ?? 0),
      document.querySelectorAll('.tl-shape').length,
    );
  const look = () => {
    for (const button of document.querySelectorAll('button:not(:disabled)'))
      if (button.textContent.trim() === 'Join as listener') button.click();
    if (shapes() < globalThis.benchShapes) return;
    observer.disconnect();
    // The frame that shows them has been handed over when the next one begins.
    requestAnimationFrame(() => requestAnimationFrame(painted));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled', 'data-first-marks'],
  });
}

// Runs in the page, before anything of it: notes when what the bench waits for reaches the page, on the machine's clock (ms since
// the epoch). See show.ts.
{
  const now = () => performance.timeOrigin + performance.now();
  const bench = {
    /** When the last event of a turned page came out of the stream. */
    arrivedAt: 0,
    /** When the last key went down. */
    pressedAt: 0,
    /** Milliseconds of the long tasks since it was emptied. */
    longTasks: [],
    /** How often pdf.js has handed over a drawn page. */
    drawn: 0,
    /** When the page was last drawn at the screen's own resolution, and seen so. */
    sharpAt: 0,
  };
  globalThis.lecternBench = bench;
  const decode = TextDecoder.prototype.decode;
  TextDecoder.prototype.decode = function (...all) {
    const text = decode.apply(this, all);
    if (text.includes('"page.turned"')) bench.arrivedAt = now();
    return text;
  };
  const onKey = (event) => {
    bench.pressedAt = performance.timeOrigin + event.timeStamp;
  };
  addEventListener('keydown', onKey, { capture: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  const isSharp = () => {
    const canvas = document.querySelector('canvas[data-drawn]');
    if (!canvas) return false;
    const seen = canvas.getBoundingClientRect().width * devicePixelRatio;
    return Math.abs(canvas.width / seen - 1) < 0.02;
  };
  let sharp = false;
  const look = () => {
    const is = isSharp();
    // The frame that shows it has been handed over when the next one begins.
    if (is && !sharp)
      requestAnimationFrame(() => {
        bench.sharpAt = now();
      });
    sharp = is;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const observer = new MutationObserver((changes) => {
    for (const { target, attributeName } of changes)
      if (attributeName === 'width' && target.matches('canvas[data-drawn]')) bench.drawn += 1;
  });
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['width'] });
}

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

import { afterEach, expect, test, vi } from 'vitest';
import { askUntilThere } from './lazy-part';

const missing = Object.assign(new Error('Failed to load chunk'), { name: 'ChunkLoadError' });

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('code that does not come is asked for until it does, at once when the network is back', async () => {
  vi.useFakeTimers();
  const window = new EventTarget();
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
  let away = true;
  const load = vi.fn<() => Promise<string>>(async () => {
    if (away) throw missing;
    return 'the part';
  });
  const part = askUntilThere(load);
  await vi.advanceTimersByTimeAsync(60_000);
  const asked = load.mock.calls.length;
  expect(asked).toBeGreaterThan(5);
  away = false;
  window.dispatchEvent(new Event('online'));
  expect(await part).toBe('the part');
  expect(load).toHaveBeenCalledTimes(asked + 1);
});

test('code that is there and fails is no question of the network', async () => {
  await expect(askUntilThere(() => Promise.reject(new TypeError('broken')))).rejects.toThrow('broken');
});

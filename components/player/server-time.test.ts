import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { ServerTime } from './server-time';

test('the quickest of the last eight answers counts, and is off by half of its way at most', async () => {
  const delay = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(delay, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: -300_000, max: 300_000 }),
      async (delays, ahead) => {
        let now = 1000;
        const ways = [...delays];
        const ask = async () => {
          const [there, back] = ways.shift() ?? [0, 0];
          now += there;
          const told = now + ahead;
          now += back;
          return told;
        };
        const time = new ServerTime(
          ask,
          () => 0,
          () => now,
        );
        for (let asked = 0; asked < delays.length; asked += 1) await time.sample();
        const quickest = Math.min(...delays.slice(-8).map(([there, back]) => there + back));
        expect(Math.abs(time.now() - (now + ahead))).toBeLessThanOrEqual(quickest / 2);
      },
    ),
  );
});

test('without an answer it is what is known otherwise', async () => {
  const time = new ServerTime(
    () => Promise.reject(new Error('offline')),
    () => 42,
  );
  await time.sample();
  expect(time.now()).toBe(42);
});

test('who ends it while an answer is on its way is not asked for again', async () => {
  vi.useFakeTimers();
  try {
    let asked = 0;
    const time = new ServerTime(
      async () => (asked += 1),
      () => 0,
      () => 0,
    );
    const stop = time.start();
    stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).toBe(1);
    const stopAgain = time.start();
    await vi.advanceTimersByTimeAsync(2000);
    stopAgain();
    // Eight answers in all, before and after.
    expect(asked).toBe(8);
  } finally {
    vi.useRealTimers();
  }
});

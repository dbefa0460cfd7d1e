import { expect, test } from 'vitest';
import { countAll, hitFrom, placeOf, stepHit } from './find-words';

const found = [
  { page: 2, hits: 2 },
  { page: 5, hits: 1 },
  { page: 9, hits: 3 },
];

test('hits are gone through in the order of the pages, and around the ends', () => {
  expect(countAll(found)).toBe(6);
  let hit = hitFrom(found, 1);
  const seen: (number | undefined)[] = [];
  for (let step = 0; step < 7 && hit; step++) {
    seen.push(placeOf(found, hit));
    hit = stepHit(found, hit, 1);
  }
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 1]);
  expect(stepHit(found, { page: 2, nth: 0 }, -1)).toEqual({ page: 9, nth: 2 });
  expect(stepHit(found, { page: 5, nth: 0 }, -1)).toEqual({ page: 2, nth: 1 });
});

test('from a page without a hit, the next is the first after it, and the one before the last before it', () => {
  expect(hitFrom(found, 3)).toEqual({ page: 5, nth: 0 });
  expect(hitFrom(found, 10)).toEqual({ page: 2, nth: 0 });
  expect(stepHit(found, { page: 6, nth: 0 }, 1)).toEqual({ page: 9, nth: 0 });
  expect(stepHit(found, { page: 6, nth: 0 }, -1)).toEqual({ page: 5, nth: 0 });
  expect(stepHit(found, { page: 1, nth: 0 }, -1)).toEqual({ page: 9, nth: 2 });
  expect([hitFrom([], 1), stepHit([], { page: 1, nth: 0 }, 1)]).toEqual([null, null]);
});

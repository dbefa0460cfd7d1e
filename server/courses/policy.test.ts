import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveTo } from './policy';

test('what is moved stands where it was put, and the others keep their order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 8 }),
      fc.nat(7),
      fc.integer(),
      (ids, from, to) => {
        const id = ids[from % ids.length] ?? '';
        const moved = moveTo(ids, id, to);
        expect(moved.filter((one) => one !== id)).toEqual(ids.filter((one) => one !== id));
        expect(moved.indexOf(id)).toBe(Math.max(0, Math.min(ids.length - 1, to)));
      },
    ),
  );
  expect(moveTo(['a', 'b'], 'c', 0)).toEqual(['a', 'b']);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faceGrid, facesThatFit, pageOf, stripOf } from './faces-layout';

test('a grid of faces always fits its place, and nobody of its page is left out', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 200, max: 2600 }),
      fc.integer({ min: 150, max: 1600 }),
      (count, width, height) => {
        const grid = faceGrid(count, width, height);
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(Math.min(count, grid.perPage));
        expect(grid.columns * grid.tileWidth + 8 * (grid.columns - 1)).toBeLessThanOrEqual(width);
        expect(grid.rows * grid.tileHeight + 8 * (grid.rows - 1)).toBeLessThanOrEqual(height);
      },
    ),
  );
});

test('one face is large, two stand side by side on a wide stage and one above the other on a phone', () => {
  expect(faceGrid(1, 1200, 700)).toMatchObject({ columns: 1, rows: 1 });
  expect(faceGrid(2, 1200, 700)).toMatchObject({ columns: 2, rows: 1 });
  expect(faceGrid(2, 380, 600)).toMatchObject({ columns: 1, rows: 2 });
});

test('a page that is gone becomes the last one', () => {
  expect(pageOf([1, 2, 3, 4, 5], 7, 2)).toEqual({ items: [5], page: 2, pages: 3 });
  expect(pageOf([], 3, 2)).toEqual({ items: [], page: 0, pages: 1 });
});

test('a column holds at least one face', () => {
  expect(facesThatFit(10, 100)).toBe(1);
  expect(facesThatFit(216, 100)).toBe(2);
});

test('of a strip every tile that is seen is there, and of hundreds not many more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 40, max: 300 }),
      fc.integer({ min: 0, max: 200_000 }),
      fc.integer({ min: 0, max: 1600 }),
      (count, tile, scrolled, seen) => {
        const { first, end, startOf, length } = stripOf(count, tile, scrolled, seen);
        for (let index = 0; index < count; index += 1) {
          const isSeen = startOf(index) < scrolled + seen && startOf(index) + tile > scrolled;
          if (isSeen) expect(first <= index && index < end).toBe(true);
        }
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(seen / tile) + 6);
        if (count > 0) expect(length).toBe(startOf(count - 1) + tile + 8);
      },
    ),
  );
});

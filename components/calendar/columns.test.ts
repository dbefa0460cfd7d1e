import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap, placeInColumns } from './columns';

const span = fc
  .tuple(fc.integer({ min: 0, max: 96 }), fc.integer({ min: 1, max: 24 }), fc.nat())
  .map(([start, length, id]) => ({ id, top: start * 15, bottom: (start + length) * 15 }));
const spans = fc.array(span, { maxLength: 30 });

describe('lessons at the same time', () => {
  it('stand beside each other, and what is alone has the whole width', () => {
    const placed = placeInColumns([
      { id: 1, top: 0, bottom: 60 },
      { id: 2, top: 30, bottom: 90 },
      { id: 3, top: 60, bottom: 120 },
      { id: 4, top: 120, bottom: 180 },
    ]);
    expect(placed.map(({ id, column, columns, width }) => ({ id, column, columns, width }))).toEqual([
      { id: 1, column: 0, columns: 2, width: 1 },
      { id: 2, column: 1, columns: 2, width: 1 },
      { id: 3, column: 0, columns: 2, width: 1 },
      { id: 4, column: 0, columns: 1, width: 1 },
    ]);
  });
  it('never share a column, however wide they are', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const placed = placeInColumns(given);
        expect(placed).toHaveLength(given.length);
        for (const [index, a] of placed.entries()) {
          expect(a.column).toBeGreaterThanOrEqual(0);
          expect(a.width).toBeGreaterThanOrEqual(1);
          expect(a.column + a.width).toBeLessThanOrEqual(a.columns);
          for (const b of placed.slice(index + 1)) {
            if (!overlap(a, b)) continue;
            expect(a.columns).toBe(b.columns);
            const [left, right] = a.column < b.column ? [a, b] : [b, a];
            expect(left.column + left.width).toBeLessThanOrEqual(right.column);
          }
        }
      }),
    );
  });
  it('have no more columns than take place at once', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const atOnce = given.map(
          ({ top }) => given.filter((one) => one.top <= top && top < one.bottom).length,
        );
        for (const { columns } of placeInColumns(given)) {
          expect(columns).toBeLessThanOrEqual(Math.max(...atOnce));
        }
      }),
    );
  });
});

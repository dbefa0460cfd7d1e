import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_ZOOM, panViewport, placePage, zoomOf, zoomViewport } from './page-geometry';
import { MAX_PIXELS, placeRegion, regionToDraw } from './page-region';

const size = fc.record({
  width: fc.integer({ min: 80, max: 3000 }),
  height: fc.integer({ min: 80, max: 3000 }),
});
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const viewport = fc
  .record({ zoom: fc.double({ min: 1.01, max: MAX_ZOOM, noNaN: true }), x: fraction, y: fraction })
  .map(({ zoom, x, y }) => ({
    x: x * (1 - 1 / zoom),
    y: y * (1 - 1 / zoom),
    width: 1 / zoom,
    height: 1 / zoom,
  }));

describe('placePage', () => {
  test('a whole page lies in the middle and nothing of it is cut off', () => {
    fc.assert(
      fc.property(size, size, (page, stage) => {
        const at = placePage(page, stage, null);
        expect(at.offsetX).toBeGreaterThan(0);
        expect(at.offsetX * 2 + at.width * at.scale).toBeCloseTo(stage.width, 5);
        expect(at.offsetY * 2 + at.height * at.scale).toBeCloseTo(stage.height, 5);
      }),
    );
  });

  test('whatever part is to be seen is seen in full, on a stage of any shape', () => {
    fc.assert(
      fc.property(size, size, viewport, (page, stage, part) => {
        const at = placePage(page, stage, part);
        const left = at.offsetX + part.x * page.width * at.scale;
        const top = at.offsetY + part.y * page.height * at.scale;
        expect(left).toBeGreaterThanOrEqual(-0.01);
        expect(top).toBeGreaterThanOrEqual(-0.01);
        expect(left + part.width * page.width * at.scale).toBeLessThanOrEqual(stage.width + 0.01);
        expect(top + part.height * page.height * at.scale).toBeLessThanOrEqual(stage.height + 0.01);
      }),
    );
  });
});

describe('zooming and moving', () => {
  test('keeps the point under the cursor in its place, unless an edge is in the way', () => {
    const before = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    const after = zoomViewport(before, 2, { x: 0.5, y: 0.4 });
    expect(after).toEqual({ x: 0.375, y: expect.closeTo(0.325), width: 0.25, height: 0.25 });
  });

  test('never leaves the page, and in and out again ends where it began', () => {
    fc.assert(
      fc.property(viewport, fraction, fraction, (part, x, y) => {
        for (const moved of [zoomViewport(part, 1.3, { x, y }), panViewport(part, x - 0.5, y - 0.5)]) {
          if (!moved) continue;
          expect(Math.min(moved.x, moved.y)).toBeGreaterThanOrEqual(0);
          expect(Math.max(moved.x + moved.width, moved.y + moved.height)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
    expect(zoomViewport(zoomViewport(null, 2), 0.5)).toBeNull();
    expect(zoomOf(zoomViewport(null, 1000))).toBe(MAX_ZOOM);
    expect(panViewport(null, 0.1, 0.1)).toBeNull();
  });
});

describe('what pdf.js draws', () => {
  test('is the whole page while that is not too many pixels, else the part that is seen; never more than the cap', () => {
    fc.assert(
      fc.property(
        size,
        size,
        fc.option(viewport),
        fc.constantFrom(1, 1.5, 2, 3),
        (page, stage, part, ratio) => {
          const at = placePage(page, stage, part);
          const region = regionToDraw(at, stage, ratio);
          if (!region) throw new Error('Something of a page is always seen');
          expect(region.width * region.height * region.scale ** 2).toBeLessThanOrEqual(MAX_PIXELS * 1.0001);
          const place = placeRegion(region, at);
          const whole = region.width === page.width && region.height === page.height;
          if (!whole) expect(place.width).toBeLessThanOrEqual(stage.width + 0.01);
          expect(region.x + region.width).toBeLessThanOrEqual(page.width + 0.01);
        },
      ),
    );
  });
});

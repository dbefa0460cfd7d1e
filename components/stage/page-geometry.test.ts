import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fitsWidth,
  fitWidth,
  MAX_ZOOM,
  type PageGeometry,
  panViewport,
  placePage,
  pointOnTable,
  rotatePoint,
  seenOfTable,
  type Size,
  tableOn,
  zoomOf,
  zoomViewport,
} from './page-geometry';
import { MAX_PIXELS, regionToDraw } from './page-region';

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

const rotation = fc.constantFrom(0 as const, 90 as const, 180 as const, 270 as const);

/** Where a page point is on the stage once the table is rotated. */
function onStage({ rotation: turned = 0, ...at }: PageGeometry, stage: Size, x: number, y: number) {
  const table = tableOn(stage, turned);
  const from = rotatePoint(
    {
      x: at.offsetX + x * at.width * at.scale - table.width / 2,
      y: at.offsetY + y * at.height * at.scale - table.height / 2,
    },
    turned,
  );
  return { x: stage.width / 2 + from.x, y: stage.height / 2 + from.y };
}

describe('a rotated page', () => {
  test('shows the same part in full, whatever the rotation, and fills one side of the stage with it', () => {
    fc.assert(
      fc.property(size, size, fc.option(viewport), rotation, (page, stage, part, turned) => {
        const at = placePage(page, stage, part, turned);
        const { x, y, width, height } = part ?? { x: 0, y: 0, width: 1, height: 1 };
        const corners = [onStage(at, stage, x, y), onStage(at, stage, x + width, y + height)];
        const [left, right] = corners.map((corner) => corner.x).toSorted((a, b) => a - b);
        const [top, bottom] = corners.map((corner) => corner.y).toSorted((a, b) => a - b);
        expect(left).toBeGreaterThanOrEqual(-0.01);
        expect(top).toBeGreaterThanOrEqual(-0.01);
        expect(right).toBeLessThanOrEqual(stage.width + 0.01);
        expect(bottom).toBeLessThanOrEqual(stage.height + 0.01);
        const filled = Math.max(
          ((right ?? 0) - (left ?? 0)) / stage.width,
          ((bottom ?? 0) - (top ?? 0)) / stage.height,
        );
        expect(filled).toBeGreaterThan(0.69);
      }),
    );
  });

  test('lies clockwise: the upper left corner of a page that is turned by 90° is at the upper right', () => {
    const stage = { width: 1000, height: 500 };
    const at = placePage({ width: 200, height: 400 }, stage, null, 90);
    const corner = onStage(at, stage, 0, 0);
    expect(corner.x).toBeGreaterThan(900);
    expect(corner.y).toBeLessThan(30);
  });

  test('is pressed where it is seen', () => {
    fc.assert(
      fc.property(size, size, rotation, fraction, fraction, (page, stage, turned, x, y) => {
        const at = placePage(page, stage, null, turned);
        const pressed = pointOnTable(onStage(at, stage, x, y), stage, turned);
        expect((pressed.x - at.offsetX) / at.scale).toBeCloseTo(x * page.width, 4);
        expect((pressed.y - at.offsetY) / at.scale).toBeCloseTo(y * page.height, 4);
      }),
    );
  });

  test('fits the width of the stage from its top', () => {
    fc.assert(
      fc.property(size, size, rotation, (page, stage, turned) => {
        const part = fitWidth(page, stage, turned);
        if (!part || zoomOf(part) > MAX_ZOOM - 0.01) return;
        expect(fitsWidth(part, turned)).toBe(true);
        const at = placePage(page, stage, part, turned);
        const corners = [onStage(at, stage, 0, 0), onStage(at, stage, 1, 1)];
        expect(Math.abs((corners[0]?.x ?? 0) - (corners[1]?.x ?? 0))).toBeCloseTo(stage.width, 3);
        expect(Math.min(...corners.map((corner) => corner.y))).toBeCloseTo(0, 3);
      }),
    );
    expect(fitWidth({ width: 1600, height: 900 }, { width: 400, height: 800 })).toBeNull();
    expect(fitsWidth(null)).toBe(false);
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
    // From the page's width one comes nearer and further away by as much as from anywhere else.
    const width = { x: 0, y: 0, width: 1, height: 0.5 };
    expect(zoomViewport(width, 2)).toEqual({ x: 0.25, y: 0.125, width: 0.5, height: 0.25 });
    expect(zoomOf(zoomViewport(width, 0.8))).toBeCloseTo(zoomOf(width) * 0.8);
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
        rotation,
        (page, stage, part, ratio, turned) => {
          const at = placePage(page, stage, part, turned);
          const region = regionToDraw(at, seenOfTable(stage, turned), ratio);
          if (!region) throw new Error('Something of a page is always seen');
          expect(region.width * region.height * region.scale ** 2).toBeLessThanOrEqual(MAX_PIXELS * 1.0001);
          const whole = region.width === page.width && region.height === page.height;
          const longest = Math.max(stage.width, stage.height);
          if (!whole)
            expect(Math.max(region.width, region.height) * at.scale).toBeLessThanOrEqual(longest + 0.01);
          expect(region.x + region.width).toBeLessThanOrEqual(page.width + 0.01);
        },
      ),
    );
  });
});

test('a stage whose size is its class’s own, as a DOMRect’s, is measured like any other', () => {
  class Rect {
    get width() {
      return 800;
    }
    get height() {
      return 600;
    }
  }
  for (const rotation of [0, 90] as const)
    expect(pointOnTable({ x: 80, y: 60 }, new Rect(), rotation)).toEqual(
      pointOnTable({ x: 80, y: 60 }, { width: 800, height: 600 }, rotation),
    );
});

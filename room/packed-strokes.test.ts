import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packRecord, unpackRecord } from './packed-strokes';
import { strokeRecord } from './stroke-fixture';

const hundredths = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((step) => step / 100);
const point = fc.record({
  x: fc.oneof(hundredths, fc.double({ noNaN: true, noDefaultInfinity: true })),
  y: hundredths,
  z: fc.oneof(hundredths, fc.float({ noNaN: true, noDefaultInfinity: true })),
});
const place = { x: 10, y: 20 };

describe('B4 points of strokes travel as text', () => {
  test('and come back exactly as they were, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const record = strokeRecord('shape:a', place, points);
        expect(JSON.stringify(unpackRecord(packRecord(record)))).toBe(JSON.stringify(record));
      }),
    );
  });

  test('all that tldraw draws', () => {
    const drawn = fc.array(fc.record({ x: hundredths, y: hundredths, z: hundredths }));
    fc.assert(
      fc.property(drawn, (points) => {
        const packed = packRecord(strokeRecord('shape:a', place, points));
        expect(packed).toMatchObject({ props: { segments: [{ type: 'free', points: expect.any(String) }] } });
        expect(packRecord(packed)).toBe(packed);
      }),
    );
  });

  test('and a record takes less than two fifths of the characters', () => {
    const points = Array.from({ length: 100 }, (_, at) => ({
      x: at * 3.37,
      y: Math.round(at * 7.1) / 10,
      z: 0.5,
    }));
    const drawn = points.map(({ x, ...rest }) => ({ x: Math.round(x * 100) / 100, ...rest }));
    const text = JSON.stringify(packRecord(strokeRecord('shape:a', place, drawn)));
    expect(text.length).toBeLessThan(0.4 * JSON.stringify(strokeRecord('shape:a', place, drawn)).length);
  });

  test('what is no stroke, or none of ours, stays the same', () => {
    for (const record of [
      {
        id: 'shape:a',
        typeName: 'shape',
        type: 'geo',
        props: { segments: [{ points: [{ x: 1, y: 1, z: 1 }] }] },
      },
      { id: 'shape:a', typeName: 'shape', type: 'draw' },
      { id: 'shape:a', typeName: 'shape', type: 'draw', props: { segments: [null] } },
      strokeRecord('shape:a', place, [{ x: 1 / 3, y: 0, z: 0 }]),
    ]) {
      expect(packRecord(record)).toBe(record);
      expect(unpackRecord(record)).toBe(record);
    }
  });

  test.each(['?', 'A', 'AAAA', 'AA"'])('%j is refused', (points) => {
    const record = strokeRecord('shape:a', place, []);
    const packed = { ...record, props: { ...record.props, segments: [{ type: 'free', points }] } };
    expect(() => unpackRecord(packed)).toThrow(RangeError);
  });
});

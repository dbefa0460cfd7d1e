import { drawShapeProps } from '@tldraw/tlschema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segments } from './board-segments';

test('L8: a stroke has the segments that tldraw’s own validator takes, and no others', () => {
  const number = fc.oneof(fc.integer({ min: -99, max: 99 }), fc.constantFrom<unknown>(NaN, null, '1', {}));
  const point = fc.record(
    { x: number, y: number, z: number, w: fc.integer() },
    { requiredKeys: [], noNullPrototype: true },
  );
  const usual = fc.constant({ x: 1, y: 2, z: 0.5 });
  const segment = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constantFrom('free', 'straight', 'x'),
        points: fc.array(fc.oneof({ weight: 9, arbitrary: usual }, point), { minLength: 1 }),
      }),
    },
    fc.jsonValue(),
  );
  const takes = (validator: { validate: (value: unknown) => unknown }, value: unknown) => {
    try {
      validator.validate(value);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.oneof(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.jsonValue()), (value) => {
      expect(takes(segments, value)).toBe(takes(drawShapeProps.segments, value));
    }),
    { numRuns: 2000 },
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanName } from '../clean-name';

it('a cleaned name stays as it is when it is cleaned again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      expect(cleanName(cleanName(raw))).toBe(cleanName(raw));
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roomSlug } from './slug';

test('a room is addressed by the words of its course', () => {
  expect(roomSlug('Algebra 1', '00000000-0000-4000-8000-000000000000')).toBe('algebra-1-0000');
  expect(roomSlug('  Éléments d’analyse!  ', '00000000-0000-4000-8000-000000000000')).toBe(
    'elements-d-analyse-0000',
  );
  expect(roomSlug('天文学', '00000000-0000-4000-8000-000000000000')).toBe('room-0000');
});

test('a slug is always safe in an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.uuid(), (title, id) => {
      expect(roomSlug(title, id)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*-[a-z0-9]{4}$/);
    }),
  );
});

import { expect, test } from 'vitest';
import { createRecordValidator } from '@/server/rooms/board-records';
import { arrowTo } from '@/room/arrow-fixture';

test('a board takes the arrows of a fault run, and what holds them', () => {
  const validate = createRecordValidator();
  const records = arrowTo('Owner_A_1', 'shape:Owner_A_0', { x: 1, y: 2 });
  expect(records.map((record) => validate(record))).toEqual(records.map((record) => ({ ok: true, record })));
});

import { expect, test } from 'vitest';
import type { Frame } from '@/room/frames';
import { Deliveries } from './deliveries';

const frame = (...commandIds: string[]): Frame => ({
  from: 1,
  to: commandIds.length,
  at: 0,
  events: commandIds.map((commandId, index) => ({
    seq: index + 1,
    at: 0,
    actor: null,
    commandId,
    audience: 'everyone',
    type: 'viewport.moved',
    payload: { viewport: null },
  })),
});

test('counts what is missing of what was acknowledged, and what came twice', () => {
  const deliveries = new Deliveries(2);
  deliveries.send('a', 0);
  deliveries.send('b', 10);
  deliveries.send('unanswered', 20);
  deliveries.acknowledge('a', 5);
  deliveries.acknowledge('b', 12);
  deliveries.take(0, frame('a', 'somebody else’s'), 30);
  deliveries.take(1, frame('a', 'b', 'a'), 40);
  expect(deliveries).toMatchObject({ acks: [5, 2], latencies: [30, 40, 30], lost: 1, duplicated: 1 });
});

test('settles with the last delivery', async () => {
  const deliveries = new Deliveries(1);
  deliveries.send('a', 0);
  const settled = deliveries.settle(60_000);
  deliveries.take(0, frame('a'), 1);
  await settled;
  expect(deliveries.latencies).toEqual([1]);
});

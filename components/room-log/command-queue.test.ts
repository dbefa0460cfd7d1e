import { expect, test } from 'vitest';
import type { Command, CommandResult } from '@/room/commands';
import { MAX_BATCH_BYTES } from '@/room/limits';
import { CommandQueue } from './command-queue';
import { type Failure, TransportError } from './transport';

const say = (id: string, text: string): Command => ({ id, type: 'chat.send', payload: { text, to: null } });
const taken = (commands: readonly Command[]): CommandResult[] =>
  commands.map(({ id }) => ({ ok: true, id, seqs: [1] }));

/** A server that answers so, one call after the other, and then takes everything. Its waits are short. */
function queueOn(failures: Failure[]) {
  const calls: (readonly Command[])[] = [];
  const send = async (commands: readonly Command[]) => {
    calls.push(commands);
    const failure = failures.shift();
    if (failure) throw new TransportError(failure);
    return taken(commands);
  };
  return { queue: new CommandQueue({ send }, () => -0.98), calls };
}

test('a server that fails once after a long time away is asked again', async () => {
  const away = Array.from({ length: 15 }, (): Failure => ({ kind: 'away' }));
  const { queue, calls } = queueOn([...away, { kind: 'failed' }]);
  expect(await queue.add(say('a', 'hi'))).toMatchObject({ ok: true });
  expect(calls).toHaveLength(17);
});

test('one that goes on failing is believed', async () => {
  const { queue, calls } = queueOn(Array.from({ length: 50 }, (): Failure => ({ kind: 'failed' })));
  expect(await queue.add(say('a', 'hi'))).toMatchObject({ ok: false, code: 'INTERNAL' });
  expect(calls.length).toBeLessThan(50);
});

test('L2: what travels together is counted in bytes, whatever the script', async () => {
  const { queue, calls } = queueOn([]);
  const long = '数'.repeat(60_000);
  await Promise.all(Array.from({ length: 12 }, (_, index) => queue.add(say(`c${index}`, long))));
  expect(calls.flat().map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, index) => `c${index}`));
  for (const commands of calls)
    expect(Buffer.byteLength(JSON.stringify(commands))).toBeLessThanOrEqual(MAX_BATCH_BYTES + 2);
});

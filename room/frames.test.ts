import { expect, test } from 'vitest';
import { initialState } from './apply';
import { decodeMessage, encodeMessage, type StreamMessage } from './frames';

const head = initialState('00000000-0000-4000-8000-000000000000');
const messages: Record<StreamMessage['kind'], StreamMessage> = {
  hello: { kind: 'hello', connectionId: 'a', serverNow: 1 },
  frame: { kind: 'frame', frame: { from: 1, to: 3, at: 5, events: [] } },
  snapshot: { kind: 'snapshot', snapshot: { head, chat: { messages: [], hasOlder: false } } },
  ping: { kind: 'ping', serverNow: 2 },
  reconnect: { kind: 'reconnect', withinMs: 2500 },
  closed: { kind: 'closed', reason: 'removed' },
};

test.each(Object.values(messages))('T1.1: a message travels as one server-sent event: $kind', (message) => {
  const text = encodeMessage(message);
  expect(text.endsWith('\n\n')).toBe(true);
  expect(text.trim()).not.toContain('\n\n');
  expect(decodeMessage(text.trim())).toEqual(message);
});

test('T1.1: what a resume may start from carries its place', () => {
  expect(encodeMessage(messages.frame)).toMatch(/^id: 3\n/);
  expect(encodeMessage(messages.snapshot)).toMatch(/^id: 0\n/);
  for (const kind of ['hello', 'ping', 'reconnect', 'closed'] as const)
    expect(encodeMessage(messages[kind])).not.toMatch(/^id:/m);
});

test('T7.1: a message that this build does not know is passed over', () => {
  expect(decodeMessage('event: from-the-future\ndata: {"a":1}')).toBeNull();
  expect(decodeMessage(': a comment')).toBeNull();
});

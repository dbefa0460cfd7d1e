import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { encodeFrame, encodeMessage } from '@/room/frames';
import type { Command, CommandResult } from '@/room/commands';
import { listenOnLoopback, offer } from './remote';

/**
 * The yardstick: what Node itself costs. It answers at the app's two addresses, takes any command for an event, stores and
 * checks nothing, and writes the same frames, coalesced in the same way, to everybody who listens.
 */
const COALESCE_MS = 30;

const listeners = new Set<ServerResponse>();
let waiting: string[] = [];
let head = 0;
let lastFlush = 0;
let timer: NodeJS.Timeout | null = null;

const server = createServer((request, response) => {
  if (request.method === 'GET') listen(response);
  else void take(request, response);
});

const calls = { listen: () => listenOnLoopback(server) };
export type YardstickCalls = typeof calls;
offer(calls);

function listen(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  response.write(encodeMessage({ kind: 'hello', connectionId: '', serverNow: Date.now() }));
  listeners.add(response);
  response.once('close', () => listeners.delete(response));
}

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) text += part;
  const { commands } = JSON.parse(text) as { commands: Command[] };
  const results = commands.map(({ id, type, payload }): CommandResult => {
    head += 1;
    const fixed = { seq: head, at: Date.now(), actor: id, commandId: id, audience: 'everyone' };
    waiting.push(JSON.stringify({ type, payload, ...fixed }));
    return { ok: true, id, seqs: [head] };
  });
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ result: { data: { results } } }));
  schedule();
}

function schedule(): void {
  if (timer) return;
  const ms = lastFlush + COALESCE_MS - performance.now();
  if (ms <= 0) flush();
  else timer = setTimeout(flush, ms);
}

function flush(): void {
  timer = null;
  lastFlush = performance.now();
  const frame = Buffer.from(encodeFrame(head - waiting.length + 1, head, Date.now(), waiting));
  waiting = [];
  for (const listener of listeners) listener.write(frame);
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Wire } from './wire';

const PATH = '/api/rooms/00000000-0000-4000-8000-000000000000/stream?after=0';
const FRAME = `id: 1\ndata: {"from":1,"to":1,"at":1,"events":[${'1,'.repeat(2000)}1]}\n\n`;

let app: Server;
let wire: Wire;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
beforeEach(async () => {
  answer = (_request, response) => response.end('well');
  app = createServer((request, response) => answer(request, response));
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
  wire = await Wire.open((app.address() as AddressInfo).port);
});
afterEach(async () => {
  await wire.close();
  app.closeAllConnections();
  app.close();
});

test('a wire carries what it is given', async () => {
  expect(await (await fetch(wire.url)).text()).toBe('well');
});

test('a stream is cut inside a frame, and nothing but the stream', async () => {
  answer = (request, response) => {
    response.write(': begun\n\n');
    if (request.url === PATH) setTimeout(() => response.write(FRAME), 20);
    else setTimeout(() => response.end(FRAME), 20);
  };
  const cut = wire.cutNextFrame();
  const other = await (await fetch(wire.url)).text();
  expect(other.endsWith(FRAME)).toBe(true);

  const { body } = await fetch(wire.url + PATH);
  let text = '';
  const read = async () => {
    for await (const piece of body ?? []) text += Buffer.from(piece).toString();
  };
  await expect(read()).rejects.toThrow();
  await cut;
  expect(text).toContain('data: {"from":1');
  expect(text).not.toContain(FRAME);
});

test('a line that is held brings nothing and says nothing, and the next one is well', async () => {
  let write = (_text: string) => {};
  let ended = false;
  answer = (request, response) => {
    if (request.url !== PATH) {
      response.end('well');
      return;
    }
    write = (text) => response.write(text);
    write(': begun\n\n');
    request.socket.once('close', () => {
      ended = true;
    });
  };
  const leave = new AbortController();
  const { body } = await fetch(wire.url + PATH, { signal: leave.signal });
  const reader = body?.getReader();
  await reader?.read();
  expect(wire.hold()).toBe(1);
  expect(wire.hold()).toBe(0);
  write(FRAME);
  const next = reader?.read().catch(() => 'given up');
  expect(await (await fetch(wire.url)).text()).toBe('well');
  leave.abort();
  expect(await next).toBe('given up');
  // By now the app would have heard of it.
  expect(await (await fetch(wire.url)).text()).toBe('well');
  expect(ended).toBe(false);
});

test('a slow wire lets a stream through at its pace, and at once when it is well again', async () => {
  answer = (_request, response) => response.end(FRAME);
  const slowed = wire.slowDown(1000);
  const { body } = await fetch(wire.url + PATH);
  const reader = body?.getReader();
  const first = await reader?.read();
  expect(first?.value?.length).toBeLessThan(FRAME.length);
  await slowed;
  wire.bytesPerSecond = null;
  let read = first?.value?.length ?? 0;
  await vi.waitFor(async () => {
    const { value } = (await reader?.read()) ?? {};
    read += value?.length ?? 0;
    expect(read).toBe(FRAME.length);
  });
});

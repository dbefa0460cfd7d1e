import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchInTime } from './fetch-in-time';

/** `/silent` gets no answer; any other path one that begins at once, and ends after 2.5 s. */
let server: Server;
let url: string;
beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url === '/silent') return;
    response.write('be');
    setTimeout(() => response.end('gun'), 2500);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('a question that nobody answers fails, and can be asked again', async () => {
  await expect(fetchInTime(`${url}/silent`, undefined, 50)).rejects.toThrow('aborted');
});

test('an answer that has begun in time may take its time', async () => {
  expect(await (await fetchInTime(url, undefined, 2000)).text()).toBe('begun');
});

test('who asks may give up themselves', async () => {
  const asked = fetchInTime(`${url}/silent`, { signal: AbortSignal.timeout(20) });
  await expect(asked).rejects.toThrow('timeout');
});

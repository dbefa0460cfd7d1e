import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppRouter } from '@/server/router';
import { CommandQueue } from './command-queue';
import { createTrpcTransport } from './trpc-transport';

const ROOM = '00000000-0000-4000-8000-000000000000';
const COMMAND = { id: ROOM, type: 'hand.raise', payload: {} } as const;

/** A server that says nothing to the first call, and answers the second. */
let server: Server;
const bodies: string[] = [];
beforeEach(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      bodies.push(body);
      if (bodies.length === 1) return;
      const results = [{ ok: true, id: COMMAND.id, seqs: [1] }];
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify([{ result: { data: { results } } }]));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('L1.7: commands whose answer never comes are sent again with the same ids', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const trpc = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url })] });
  const queue = new CommandQueue(createTrpcTransport(ROOM, { trpc, fetch }, 1500), () => -0.98);
  expect(await queue.add(COMMAND)).toEqual({ ok: true, id: COMMAND.id, seqs: [1] });
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toBe(bodies[0]);
});

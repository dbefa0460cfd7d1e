import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTRPCClient, httpLink } from '@trpc/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { initialState } from '@/room/apply';
import { encodeMessage } from '@/room/frames';
import type { AppRouter } from '@/server/router';
import { CommandQueue } from './command-queue';
import { createRoomLog } from './create-room-log';
import { createTrpcTransport } from './trpc-transport';

const ROOM = '00000000-0000-4000-8000-000000000000';
const COMMAND = { id: ROOM, type: 'hand.raise', payload: {} } as const;

type Answer = (response: ServerResponse, url: string) => void;

/** A server that gives these answers, one after the other, and then takes the command. */
let server: Server;
let answers: Answer[] = [];
let bodies: string[] = [];
beforeEach(async () => {
  bodies = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      bodies.push(body);
      const answer = answers.shift() ?? take;
      answer(response, request.url ?? '');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

const RESULT = { result: { data: { results: [{ ok: true, id: COMMAND.id, seqs: [] }] } } };
const take: Answer = (response, url) => {
  if (url.includes('/stream')) {
    const hello = encodeMessage({ kind: 'hello', connectionId: ROOM, serverNow: 1 });
    response.setHeader('content-type', 'text/event-stream').write(hello);
  } else response.setHeader('content-type', 'application/json').end(JSON.stringify(RESULT));
};
const page =
  (status: number): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html>\n\ndata: 1\n\nSign in</html>');
  };
const cut: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
  response.write('{"result":{"data":{"resu');
  response.socket?.end();
};

/** The API as a browser has it, at this server. */
function wires() {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const trpc = createTRPCClient<AppRouter>({ links: [httpLink({ url })] });
  const there: typeof fetch = (input, init) => fetch(new URL(String(input), url), init);
  return { trpc, fetch: there };
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('L1.7: commands whose answer never comes are sent again with the same ids', async () => {
  answers = [() => undefined];
  const queue = new CommandQueue(createTrpcTransport(ROOM, wires(), 1500), () => -0.98);
  expect(await queue.add(COMMAND)).toEqual({ ok: true, id: COMMAND.id, seqs: [] });
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toBe(bodies[0]);
});

test.each([
  ['a sign-in page of the train that answers everything', page(200)],
  ['a proxy without a server behind it', page(502)],
  ['a proxy of a server that is too busy', page(503)],
  ['a proxy of a server that is too slow', page(504)],
  ['a line that breaks in the middle of an answer', cut],
])('%s is no answer of the room: all that waits goes through afterwards', async (_, answer) => {
  answers = Array.from({ length: 30 }, () => answer);
  const head = { ...initialState(ROOM), lesson: { id: ROOM, title: 'Algebra', startedAt: 1 } };
  const myself = { name: 'Tess', role: 'owner' as const };
  const log = createRoomLog(
    { me: ROOM, myself, head, chat: { messages: [], hasOlder: false }, serverNow: 1 },
    createTrpcTransport(ROOM, wires()),
    { now: () => Date.now(), random: () => -0.98, newId: () => COMMAND.id },
  );
  log.connect();
  const sent = log.send({ type: 'chat.send', payload: { text: 'hi', to: null } });
  await vi.waitFor(() => expect(log.getView().connection.kind).toBe('reconnecting'));
  expect(await sent).toMatchObject({ ok: true });
  await vi.waitFor(() => expect(log.getView().connection.kind).toBe('live'));
  log.close();
});

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request as ask } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { decodeMessage, type StreamMessage } from '@/room/frames';
import type { App } from './app';
import { createFrontDoor } from './front-door';
import { MAX_JSON_BYTES } from './http';
import { guestCookie } from './identity/service';
import { ask as askRoom, makeRoom, say } from './rooms/rooms-fixture';
import { runtimeOf } from './rooms/runtime';
import type { Participant } from './rooms/service';
import { testApp } from './testing';

let database: TestDatabase;
let app: App;
let port = 0;
const server = createServer();

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  const frontDoor = createFrontDoor(app);
  server.on('request', (request, response) => {
    if (!frontDoor(request, response)) response.writeHead(404).end('left to Next');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' ? (address?.port ?? 0) : 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await runtimeOf(app).hub.close();
  await database.drop();
});

/** What the browser of somebody who came by a personal link sends along. */
const cookieOf = ({ roomId, id }: Participant) =>
  guestCookie(app, roomId, id, Date.now()).split(';')[0] ?? '';

type Sent = { method?: string; headers?: Record<string, string>; body?: string; at?: number };

function send(
  path: string,
  { method = 'GET', headers = {}, body, at = port }: Sent = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sending = ask({ host: '127.0.0.1', port: at, path, method, headers, agent: false }, resolve);
    sending.once('error', reject).end(body);
  });
}

/** Opens a stream; `got` fills while it is read. */
async function openTab(who: Participant) {
  const headers = { cookie: cookieOf(who) };
  const response = await send(`/api/rooms/${who.roomId}/stream?after=0`, { headers });
  const got: StreamMessage[] = [];
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    const blocks = (rest + part).split('\n\n');
    rest = blocks.pop() ?? '';
    got.push(...blocks.flatMap((block) => decodeMessage(block) ?? []));
  });
  response.on('error', () => undefined);
  return { response, got };
}

/** Their stream as the process has it. */
const streamOf = (participantId: string) =>
  runtimeOf(app)
    .hub.listeners()
    .find(({ viewer }) => viewer.id === participantId);

const textsIn = (got: readonly StreamMessage[]) =>
  got
    .flatMap((message) => (message.kind === 'frame' ? message.frame.events : []))
    .flatMap((event) => (event.type === 'chat.sent' ? [event.payload.text] : []));

test('T1: frames come in order, behind the headers of every answer of the API', async () => {
  const { teacher, student } = await makeRoom(database, app);
  const { response, got } = await openTab(student);
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
  for (let index = 0; index < 20; index += 1) await askRoom(app, teacher, say(`m${index}`));
  await vi.waitFor(
    () => expect(textsIn(got)).toEqual(Array.from({ length: 20 }, (_, index) => `m${index}`)),
    10_000,
  );
  expect(got[0]?.kind).toBe('hello');
  response.destroy();
});

test('T5: what the system has taken does not count as waiting', async () => {
  const { student } = await makeRoom(database, app);
  const { response } = await openTab(student);
  await vi.waitFor(() => expect(streamOf(student.id)?.live).toBe(true), 10_000);
  streamOf(student.id)?.deliver(Buffer.from(`: ${'x'.repeat(4000)}\n\n`));
  expect(streamOf(student.id)?.waitingBytes).toBe(0);
  response.destroy();
});

test('T9.1: the end is told and comes', async () => {
  const { roomId, teacher, student } = await makeRoom(database, app);
  const { response, got } = await openTab(student);
  const ended = once(response, 'end');
  await vi.waitFor(() => expect(got.some((message) => message.kind === 'frame')).toBe(true), 10_000);
  await askRoom(app, teacher, { type: 'person.remove', payload: { participantId: student.id } });
  await ended;
  expect(got.at(-1)).toEqual({ kind: 'closed', reason: 'removed' });
  expect(response.complete).toBe(true);
  expect(runtimeOf(app).hub.streamsOf(roomId, student.id)).toBe(0);
});

test('T5: who does not read is cut off', async () => {
  const { student } = await makeRoom(database, app);
  const { response } = await openTab(student);
  await vi.waitFor(() => expect(streamOf(student.id)?.live).toBe(true), 10_000);
  response.pause();
  // What the system's own buffers take is not waiting here: some megabytes go before anything is.
  const frame = Buffer.alloc(1024 * 1024, 'x');
  for (let sent = 0; streamOf(student.id) && sent < 100; sent += 1) streamOf(student.id)?.deliver(frame);
  expect(streamOf(student.id)).toBeUndefined();
  response.resume();
  await vi.waitFor(() => expect(response.closed).toBe(true), 10_000);
  expect(response.complete).toBe(false);
});

test('C1: a browser that goes away leaves its stream', async () => {
  const { student } = await makeRoom(database, app);
  const { response } = await openTab(student);
  await vi.waitFor(() => expect(streamOf(student.id)?.live).toBe(true), 10_000);
  response.destroy();
  await vi.waitFor(() => expect(streamOf(student.id)).toBeUndefined(), 10_000);
});

test('T8: who may not see a room gets 404, as for one that is not there', async () => {
  const { roomId } = await makeRoom(database, app);
  for (const path of [
    `/api/rooms/${roomId}/stream`,
    `/api/rooms/${randomUUID()}/stream`,
    '/api/rooms/x/stream',
  ]) {
    const response = await send(path);
    expect(response.statusCode).toBe(404);
    expect(JSON.parse(await text(response))).toEqual({ code: 'NOT_FOUND' });
  }
});

test.each([
  { way: 'alone', path: '/api/trpc/rooms.send', inputs: (input: unknown) => input },
  { way: 'in a batch', path: '/api/trpc/rooms.send?batch=1', inputs: (input: unknown) => ({ 0: input }) },
])(
  'L1.1: commands are answered, from the app’s own pages alone, and not beyond their size: $way',
  async ({ path, inputs }) => {
    const { roomId, student } = await makeRoom(database, app);
    const id = randomUUID();
    const body = JSON.stringify(inputs({ roomId, commands: [{ id, ...say('hello') }] }));
    const headers = {
      cookie: cookieOf(student),
      origin: app.env.LECTERN_URL,
      'content-type': 'application/json',
    };
    const taken = await send(path, { method: 'POST', headers, body });
    expect(taken.statusCode).toBe(200);
    expect(taken.headers['x-request-id']).toBeTruthy();
    expect([JSON.parse(await text(taken))].flat()).toMatchObject([
      { result: { data: { results: [{ id, ok: true }] } } },
    ]);

    for (const [sent, status, message] of [
      [
        JSON.stringify(inputs({ roomId: randomUUID(), commands: [{ id, ...say('hello') }] })),
        404,
        'NOT_FOUND',
      ],
      [JSON.stringify(inputs({ roomId, commands: [] })), 400, 'BAD_INPUT'],
      ['{"roomId":', 400, 'BAD_INPUT'],
      [JSON.stringify(inputs({ roomId })).replace('{', '{"__proto__":1,'), 400, 'BAD_INPUT'],
    ] as const) {
      const refused = await send(path, { method: 'POST', headers, body: sent });
      expect(refused.statusCode).toBe(status);
      expect(refused.headers['x-request-id']).toBeTruthy();
      const [answer] = [JSON.parse(await text(refused))].flat() as [
        { error: { message: string; data: { appCode: string; stack?: string } } },
      ];
      expect(answer.error).toMatchObject({ message, data: { appCode: message } });
      expect(answer.error.data.stack).toBeUndefined();
    }

    const foreign = await send(path, {
      method: 'POST',
      headers: { ...headers, origin: 'https://evil.example' },
      body,
    });
    expect(foreign.statusCode).toBe(403);
    expect(await text(foreign)).toContain('BAD_ORIGIN');

    const padded = { ...headers, 'content-length': String(MAX_JSON_BYTES + 1) };
    const large = await send(path, { method: 'POST', headers: padded, body: 'x'.repeat(MAX_JSON_BYTES + 1) });
    expect(large.statusCode).toBe(413);
  },
);

test('L1.6: who was told to wait is told so again without a query, in this room alone, and others are answered', async () => {
  const { app: counted, count } = testApp.counting(database);
  const door = createServer((request, response) => void createFrontDoor(counted)(request, response));
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  const at = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const [here, there] = [await makeRoom(database, app), await makeRoom(database, app)];
  const cookie = `${cookieOf(here.student)}; ${cookieOf(there.student)}`;
  const sendAll = async (who: string, roomId: string, size: number) => {
    const commands = Array.from({ length: size }, () => ({ id: randomUUID(), ...say('hello') }));
    const headers = { cookie: who, origin: app.env.LECTERN_URL, 'content-type': 'application/json' };
    const body = JSON.stringify({ roomId, commands });
    const response = await send('/api/trpc/rooms.send', { method: 'POST', headers, body, at });
    const { result } = JSON.parse(await text(response));
    return result.data.results as { id: string; ok: boolean; code?: string; retryAfterMs?: number }[];
  };
  for (let sent = 0; sent < 9; sent += 1) await sendAll(cookie, here.roomId, 50);
  const before = count();
  const [refused] = await sendAll(cookie, here.roomId, 1);
  expect(refused).toMatchObject({ ok: false, code: 'TOO_MANY_REQUESTS', retryAfterMs: expect.any(Number) });
  expect(refused?.retryAfterMs).toBeGreaterThan(0);
  expect(count()).toBe(before);
  expect(await sendAll(cookie, there.roomId, 1)).toMatchObject([{ ok: true }]);
  expect(await sendAll(cookieOf(here.other), here.roomId, 1)).toMatchObject([{ ok: true }]);
  door.closeAllConnections();
  door.close();
});

test('C6: a sign of life is taken, and from the app’s own pages alone', async () => {
  const { roomId } = await makeRoom(database, app);
  const path = `/api/rooms/${roomId}/stream?connection=${randomUUID()}`;
  const own = await send(path, { method: 'POST', headers: { origin: app.env.LECTERN_URL } });
  expect(own.statusCode).toBe(204);
  expect((await send(path, { method: 'POST' })).statusCode).toBe(403);
});

test('everything else is Next’s', async () => {
  for (const path of ['/', '/api/trpc/rooms.state', '/api/trpc/rooms.sendX', '/api/rooms/x/leave'])
    expect(await text(await send(path, { method: 'POST' }))).toBe('left to Next');
});

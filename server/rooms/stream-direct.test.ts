import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { decodeMessage, type StreamMessage } from '@/room/frames';
import type { App } from '../app';
import type { Viewer } from '../identity/service';
import { keepNodeResponses, nodeResponseOf } from '../node-response';
import { testApp } from '../testing';
import { ask, makeRoom, say } from './rooms-fixture';
import { runtimeOf } from './runtime';
import { serveStream } from './stream-door';

// In the app, streams are written to Node's response itself: here with a server of Node's that does what Next does.
let database: TestDatabase;
let app: App;
let port = 0;
let viewer: Viewer = { kind: 'anonymous' };
let keySeen: string | undefined;
let passedThroughBody = 0;
const server = createServer((request, response) => void answer(request, response));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = new Headers(request.headers as Record<string, string>);
  if (!request.url?.startsWith('/api/rooms/')) {
    response.end(nodeResponseOf(headers) ? 'found' : 'not found');
    return;
  }
  keySeen = headers.get('x-lectern-response') ?? undefined;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const url = new URL(request.url, 'http://localhost');
  const roomId = url.pathname.split('/')[3] ?? '';
  const result = await serveStream(app, viewer, roomId, { url: url.href, headers, signal: gone.signal });
  response.writeHead(result.status, Object.fromEntries(result.headers));
  const write = (bytes: Uint8Array) => {
    passedThroughBody += 1;
    response.write(bytes);
  };
  const sender = new WritableStream({ write, close: () => void response.end() });
  await result.body?.pipeTo(sender, { signal: gone.signal }).catch((error: unknown) => {
    if (!gone.signal.aborted) throw error;
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  keepNodeResponses();
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

function fetchPath(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers, agent: false }, resolve).once('error', reject);
  });
}

/** Opens a stream; `got` fills while it is read. */
async function openTab(roomId: string, as: Viewer) {
  viewer = as;
  const response = await fetchPath(`/api/rooms/${roomId}/stream?after=0`);
  const got: StreamMessage[] = [];
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
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

test('T1: frames are written to the response itself, in order, behind the headers', async () => {
  const { roomId, teacher, viewers } = await makeRoom(database, app);
  passedThroughBody = 0;
  const { response, got } = await openTab(roomId, viewers.student);
  expect(response.headers['content-type']).toContain('text/event-stream');
  for (let index = 0; index < 20; index += 1) await ask(app, teacher, say(`m${index}`));
  await vi.waitFor(
    () => expect(textsIn(got)).toEqual(Array.from({ length: 20 }, (_, index) => `m${index}`)),
    10_000,
  );
  expect(got[0]?.kind).toBe('hello');
  expect(passedThroughBody).toBe(0);
  response.destroy();
});

test('T5: what the system has taken does not count as waiting', async () => {
  const { roomId, student, viewers } = await makeRoom(database, app);
  const { response } = await openTab(roomId, viewers.student);
  await vi.waitFor(() => expect(streamOf(student.id)?.live).toBe(true), 10_000);
  streamOf(student.id)?.deliver(Buffer.from(`: ${'x'.repeat(4000)}\n\n`));
  expect(streamOf(student.id)?.waitingBytes).toBe(0);
  response.destroy();
});

test('T9.1: the end is told and comes', async () => {
  const { roomId, teacher, student, viewers } = await makeRoom(database, app);
  const { response, got } = await openTab(roomId, viewers.student);
  const ended = once(response, 'end');
  await vi.waitFor(() => expect(got.some((message) => message.kind === 'frame')).toBe(true), 10_000);
  await ask(app, teacher, { type: 'person.remove', payload: { participantId: student.id } });
  await ended;
  expect(got.at(-1)).toEqual({ kind: 'closed', reason: 'removed' });
  expect(runtimeOf(app).hub.streamsOf(roomId, student.id)).toBe(0);
});

test('T5: who does not read is cut off', async () => {
  const { roomId, student, viewers } = await makeRoom(database, app);
  const { response } = await openTab(roomId, viewers.student);
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

test('a key that a client sends finds nothing', async () => {
  const { roomId, viewers } = await makeRoom(database, app);
  const { response } = await openTab(roomId, viewers.student);
  expect(nodeResponseOf(new Headers({ 'x-lectern-response': keySeen ?? '' }))).not.toBeNull();
  const other = await fetchPath('/other', { 'x-lectern-response': keySeen ?? '' });
  expect(await other.setEncoding('utf8').toArray()).toEqual(['not found']);
  response.destroy();
});

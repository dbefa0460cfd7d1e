import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createContext } from '@/server/context';
import { getApp } from '@/server/app';
import { keepNodeResponses } from '@/server/node-response';
import { startRooms } from '@/server/rooms/background';
import { serveStream } from '@/server/rooms/stream-door';
import { listenOnLoopback, offer } from './remote';

/**
 * Streams from a process of their own, apart from the pages: the other side of docs/decisions/012. It has the app's code and
 * Node's HTTP server, and hears of every commit as any other process does, by NOTIFY.
 */
const app = getApp();
keepNodeResponses();
startRooms(app, async () => undefined);

const server = createServer((request, response) => {
  serve(request, response).catch((error: unknown) => {
    app.log.error({ err: error }, 'a stream could not be opened');
    response.destroy();
  });
});

const calls = { listen: () => listenOnLoopback(server) };
export type LiveCalls = typeof calls;
offer(calls);

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const headers = new Headers(request.headers as Record<string, string>);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const { viewer } = await createContext(headers);
  const roomId = url.pathname.split('/')[3] ?? '';
  const answer = await serveStream(app, viewer, roomId, { url: url.href, headers, signal: gone.signal });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  const sender = new WritableStream<Uint8Array>({
    write: (bytes) => void response.write(bytes),
    close: () => void response.end(),
  });
  await answer.body?.pipeTo(sender, { signal: gone.signal }).catch((error: unknown) => {
    if (!gone.signal.aborted) throw error;
  });
}

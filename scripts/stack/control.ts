import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Stack } from './stack';

/**
 * A door on the loopback to the process that owns a stack: tests run in other processes and want to kill and restart its
 * LiveKit. `POST <url>/livekit/kill` and `/livekit/restart` answer 204 when it is answer.
 */
export async function serveControl(stack: Stack): Promise<{ url: string; close(): Promise<void> }> {
  const secret = randomBytes(16).toString('hex');
  const actions: Record<string, (() => Promise<void>) | undefined> = {
    [`POST /${secret}/livekit/kill`]: stack.livekit?.kill,
    [`POST /${secret}/livekit/restart`]: stack.livekit?.restart,
  };
  const server = createServer((request, response) => {
    const action = actions[`${request.method} ${request.url}`];
    const answer = (status: number, text = '') => response.writeHead(status).end(text);
    if (!action) return answer(404);
    action().then(
      () => answer(204),
      (error) => answer(500, String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/${secret}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

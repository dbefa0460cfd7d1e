import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encode } from 'next-auth/jwt';
import { createTestDatabase } from '@/db/testing';
import { createWorkerAdapters } from '../adapters/worker';
import type { App } from '../app';
import { createUser, startSession } from '../identity/service';
import { sessionCookieName, sessionSecret } from '../identity/session-token';
import { startJobs } from '../jobs/worker';
import { testApp } from '../testing';
import { createFilesServer } from './server';

export type FilesStack = Awaited<ReturnType<typeof startFilesStack>>;
export type FilesPerson = Awaited<ReturnType<FilesStack['person']>>;

type Route = (request: Request) => Promise<Response>;

/** The web server's upload door (`uploadRoute`), the files origin and the jobs: all real, on ports of their own. */
export async function startFilesStack(uploadRoute: Route, more: Partial<App['env']> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-files-'));
  const database = await createTestDatabase();
  const web = createServer();
  const LECTERN_URL = `http://localhost:${await listen(web)}`;
  // The address has to be known before the server that answers at it is made.
  const placeholder = createServer();
  const port = await listen(placeholder);
  await new Promise((resolve) => placeholder.close(resolve));
  const app = testApp(database, {
    LECTERN_URL,
    LECTERN_FILES_URL: `http://127.0.0.1:${port}`,
    LECTERN_STATE_DIR: folder,
    ...more,
  });
  becomeProcessApp(app);
  serveRoute(web, LECTERN_URL, uploadRoute);
  const adapters = await createWorkerAdapters(app);
  const jobs = await startJobs(app, adapters);
  const files = createFilesServer(app, adapters);
  await new Promise<void>((resolve) => files.listen(port, '127.0.0.1', resolve));
  let people = 0;

  return {
    app,
    adapters,
    /** Somebody with an account, and the cookie that their browser sends. */
    async person() {
      people += 1;
      const user = await createUser(app, {
        email: `person-${people}@example.test`,
        name: `Person ${people}`,
        password: 'correct horse battery',
      });
      const sid = await startSession(app, user.id, new Headers());
      const token = await encode({ token: { sub: user.id, sid }, secret: sessionSecret(app.env) });
      return { user, cookie: `${sessionCookieName(app.env)}=${token}` };
    },
    async stop() {
      await Promise.all([close(web), close(files)]);
      await jobs.stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `getApp()` gives this one from now on: what route handlers use. */
function becomeProcessApp(app: App): void {
  const holder = globalThis as { [key: symbol]: unknown };
  holder[Symbol.for('lectern.app')] = app;
}

function serveRoute(server: Server, origin: string, handle: Route): void {
  server.on('request', (incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const headers = new Headers(
        Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const request = new Request(new URL(incoming.url ?? '/', origin), {
        method: 'POST',
        headers,
        body: Buffer.concat(parts),
      });
      handle(request).then(
        async (response) =>
          outgoing
            .writeHead(response.status, { 'content-type': 'application/json' })
            .end(await response.text()),
        (error: unknown) => outgoing.writeHead(500).end(String(error)),
      );
    });
  });
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

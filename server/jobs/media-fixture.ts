import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { createTestDatabase } from '@/db/testing';
import { createWorkerAdapters } from '../adapters/worker';
import { findDocument, readPlayback } from '../documents/service';
import type { Env } from '../env';
import { createFilesServer } from '../files/server';
import { createUser } from '../identity/service';
import { testApp } from '../testing';
import { addDocument } from './jobs-fixture';

export type MediaStack = Awaited<ReturnType<typeof startMediaStack>>;

/** A database, storage, the files origin, and somebody with a library. Jobs are the test's own. */
export async function startMediaStack(more: Partial<Env> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-media-'));
  const database = await createTestDatabase();
  const placeholder = createServer();
  const port = await listen(placeholder, 0);
  await new Promise((resolve) => placeholder.close(resolve));
  const app = testApp(database, {
    LECTERN_STATE_DIR: folder,
    LECTERN_FILES_URL: `http://127.0.0.1:${port}`,
    ...more,
  });
  const adapters = await createWorkerAdapters(app);
  const files = createFilesServer(app, adapters);
  await listen(files, port);
  const person = { email: 'mara@example.test', name: 'Mara', password: 'correct horse battery' };
  const ownerId = (await createUser(app, person)).id;
  return {
    ...{ app, adapters, database, folder, ownerId },
    add: (name: string, bytes: Uint8Array, replaces?: string) =>
      addDocument(app, adapters.storage, ownerId, { name, bytes, replaces }),
    playback: (id: string) => readPlayback(app, id, Date.now()),
    /** The document once nothing more becomes of it by itself. */
    settled: (id: string, timeout = 30_000) =>
      vi.waitFor(
        async () => {
          const document = await findDocument(app.db, id);
          expect(document).toMatchObject({ status: expect.stringMatching(/ready|failed/) });
          if (!document) throw new Error('It is gone');
          return document;
        },
        { timeout, interval: 50 },
      ),
    async stop() {
      files.closeAllConnections();
      await new Promise((resolve) => files.close(resolve));
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** What a player gets of a film: its list, and everything in it put together as one file. */
export async function fetchFilm(url: string): Promise<{ list: string; film: Buffer }> {
  const list = await (await fetch(url)).text();
  const addresses = [/#EXT-X-MAP:URI="([^"]+)"/.exec(list)?.[1], ...(list.match(/^http.+$/gm) ?? [])];
  const pieces: Buffer[] = [];
  for (const address of addresses) {
    const response = await fetch(address ?? '');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    pieces.push(Buffer.from(await response.arrayBuffer()));
  }
  return { list, film: Buffer.concat(pieces) };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/**
 * For the tests of a file: a folder of their own, and a server of this machine that no document may ask anything. `asked` is what was asked all the
 * same.
 */
export function makeGround(prefix: string): { folder: string; address: string; asked: string[] } {
  const ground = { folder: '', address: '', asked: new Array<string>() };
  const server = createServer((request, response) => {
    ground.asked.push(request.url ?? '');
    response.end('words from elsewhere');
  });
  beforeAll(async () => {
    ground.folder = await mkdtemp(path.join(tmpdir(), prefix));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ground.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(ground.folder, { recursive: true, force: true });
  });
  return ground;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { startListener } from './listener-fixture';

/** For the tests of a file: a folder of their own, and a server that no document may ask anything (listener-fixture.ts). */
export function makeGround(prefix: string): { folder: string; address: string; asked: readonly string[] } {
  const ground: ReturnType<typeof makeGround> = { folder: '', address: '', asked: [] };
  let listener: Awaited<ReturnType<typeof startListener>>;
  beforeAll(async () => {
    listener = await startListener();
    const folder = await mkdtemp(path.join(tmpdir(), prefix));
    Object.assign(ground, { folder, address: listener.address, asked: listener.asked });
  });
  afterAll(async () => {
    await listener.stop();
    await rm(ground.folder, { recursive: true, force: true });
  });
  return ground;
}

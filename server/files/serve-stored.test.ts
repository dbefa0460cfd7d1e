import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import S3rver from 's3rver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkerAdapters } from '../adapters/worker';
import { testApp } from '../testing';
import { fileAddress } from './address';
import { createFilesServer } from './server';

/** The files origin where people's files lie in a bucket: chosen by the settings, on a real server that speaks S3's language. */
let folder: string;
let bucket: S3rver;
let files: Server;
const key = randomUUID();
let address: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-bucket-'));
  bucket = new S3rver({
    ...{ port: 0, address: '127.0.0.1', silent: true, directory: folder },
    configureBuckets: [{ name: 'lectern', configs: [] }],
  });
  const { port } = await bucket.run();
  const placeholder = createServer();
  const filesPort = await listen(placeholder, 0);
  await new Promise((resolve) => placeholder.close(resolve));
  const app = testApp({ db: null, sql: null, url: 'postgres://nowhere' } as never, {
    ...{ S3_BUCKET: 'lectern', S3_ENDPOINT: `http://127.0.0.1:${port}` },
    ...{ S3_ACCESS_KEY_ID: 'S3RVER', S3_SECRET_ACCESS_KEY: 'S3RVER' },
    LECTERN_FILES_URL: `http://127.0.0.1:${filesPort}`,
  });
  const adapters = await createWorkerAdapters(app);
  files = createFilesServer(app, adapters);
  await listen(files, filesPort);
  await adapters.storage.append(key, 0, Readable.from([Buffer.from('0123456789')]));
  const grant = { key, mimeType: 'application/pdf', downloadName: null };
  address = fileAddress(app.env, grant, Date.now() + 60_000);
});
afterAll(async () => {
  await new Promise((resolve) => files.close(resolve));
  await bucket.close();
  await rm(folder, { recursive: true, force: true });
});

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const ask = async (range?: string, method = 'GET') => {
  const response = await fetch(address, {
    method,
    headers: { connection: 'close', ...(range ? { range } : {}) },
  });
  const { headers, status } = response;
  return {
    status,
    range: headers.get('content-range'),
    length: headers.get('content-length'),
    text: await response.text(),
  };
};

test('a file in a bucket is given out whole and in parts, as one on the disk', async () => {
  expect(await ask()).toEqual({ status: 200, range: null, length: '10', text: '0123456789' });
  expect(await ask('bytes=2-4')).toEqual({ status: 206, range: 'bytes 2-4/10', length: '3', text: '234' });
  expect(await ask('bytes=-3')).toMatchObject({ status: 206, text: '789' });
  expect(await ask('bytes=0-1,4-5')).toMatchObject({ status: 200, text: '0123456789' });
  expect(await ask('bytes=50-')).toMatchObject({ status: 416, range: 'bytes */10' });
  expect(await ask(undefined, 'HEAD')).toMatchObject({ status: 200, length: '10', text: '' });
  const tampered = new URL(address);
  tampered.pathname = `/f/${randomUUID()}`;
  expect((await fetch(tampered)).status).toBe(403);
});

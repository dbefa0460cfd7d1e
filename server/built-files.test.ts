import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBuiltFiles } from './built-files';

const TEXT = 'export const leaves = 3;\n'.repeat(100);
let folder = '';
let port = 0;
const server = createServer();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-built-'));
  await mkdir(path.join(folder, 'chunks'));
  await writeFile(path.join(folder, 'chunks/a.js'), TEXT);
  await writeFile(path.join(folder, 'chunks/a.js.br'), brotliCompressSync(TEXT));
  await writeFile(path.join(folder, 'chunks/a.js.gz'), gzipSync(TEXT));
  await writeFile(path.join(folder, 'chunks/gone.js.br'), '');
  await writeFile(path.join(folder, 'chunks/plain.js'), TEXT);
  await writeFile(path.join(folder, '../secret.js.br'), 'secret');
  const serve = createBuiltFiles(folder);
  server.on('request', (asked, response) => {
    if (!serve(asked, response)) response.writeHead(404).end('left to Next');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' ? (address?.port ?? 0) : 0;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
  await rm(path.join(folder, '../secret.js.br'));
});

type Got = { status: number | undefined; headers: IncomingHttpHeaders; body: Buffer };

function get(file: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asking = request({
      host: '127.0.0.1',
      port,
      path: `/_next/static/${file}`,
      method,
      headers,
      agent: false,
    });
    asking.on('error', reject);
    asking.on('response', (response) => {
      const { statusCode: status, headers: told } = response;
      buffer(response).then((body) => resolve({ status, headers: told, body }), reject);
    });
    asking.end();
  });
}

test('a script comes as it was compressed, in the best way that the browser takes, for a year', async () => {
  const best = await get('chunks/a.js?v=1', { 'accept-encoding': 'gzip, deflate, br, zstd' });
  expect(best).toMatchObject({
    status: 200,
    headers: {
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    },
  });
  expect(brotliDecompressSync(best.body).toString()).toBe(TEXT);
  const other = await get('chunks/a.js', { 'accept-encoding': 'br;q=0, gzip;q=0.5' });
  expect(other.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(other.body).toString()).toBe(TEXT);
});

test('who has it is told that it is the same; a part is a part of what is sent', async () => {
  const headers = { 'accept-encoding': 'br' };
  const { headers: told, body } = await get('chunks/a.js', headers);
  expect((await get('chunks/a.js', { ...headers, 'if-none-match': String(told.etag) })).status).toBe(304);
  const part = await get('chunks/a.js', { ...headers, range: 'bytes=2-5' });
  expect(part.status).toBe(206);
  expect(part.body).toEqual(body.subarray(2, 6));
  expect((await get('chunks/a.js', { ...headers, range: 'bytes=5-2' })).status).toBe(416);
  expect((await get('chunks/a.js', { ...headers, range: 'bytes=99999-' })).status).toBe(416);
});

test('what is not there compressed, or wanted so, or is somewhere else, is left', async () => {
  const br = { 'accept-encoding': 'br' };
  const left = [
    await get('chunks/a.js'),
    await get('chunks/a.js', { 'accept-encoding': 'br;q=0' }),
    await get('chunks/a.js', br, 'POST'),
    await get('chunks/plain.js', br),
    await get('chunks/none.js', br),
    await get('../secret.js', br),
    await get('%2e%2e/secret.js', br),
    await get('chunks/../../secret.js', br),
    await get('', br),
  ];
  expect(left.map(({ status, body }) => `${status} ${body.toString()}`)).toEqual(
    left.map(() => '404 left to Next'),
  );
});

test('a build that was replaced is missed, and nothing ends by it', async () => {
  await rm(path.join(folder, 'chunks/gone.js.br'));
  expect((await get('chunks/gone.js', { 'accept-encoding': 'br' })).status).toBe(404);
  expect((await get('chunks/a.js', { 'accept-encoding': 'br' })).status).toBe(200);
});

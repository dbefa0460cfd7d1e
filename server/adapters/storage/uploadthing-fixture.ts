import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Busboy } from '@fastify/busboy';
import parseRange from 'range-parser';
import { z } from 'zod';

/** What a request was refused with. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const prepared = z.object({
  fileName: z.string(),
  fileSize: z.int().positive(),
  acl: z.enum(['private', 'public-read']),
});
const signed = z.object({
  expires: z.coerce.number(),
  'x-ut-identifier': z.string(),
  'x-ut-file-size': z.coerce.number(),
  'x-ut-acl': z.string(),
});

export type UploadthingServer = Awaited<ReturnType<typeof startUploadthing>>;

/**
 * uploadthing's documented endpoints on a port of this machine: `/v7/prepareUpload`, the ingest, private files by signed address, and
 * `/v6/deleteFiles`. It refuses a wrong key, a signature that does not fit, an address that is over, a file of another size than was
 * signed, and a name that was used before, even if its file was deleted.
 */
export async function startUploadthing() {
  const apiKey = `sk_live_${randomBytes(24).toString('hex')}`;
  const appId = 'lectern0test';
  const files = new Map<string, Buffer>();
  const used = new Set<string>();
  const asked: string[] = [];
  let broken: string | null = null;
  let origin = '';

  const sign = (address: string) =>
    `hmac-sha256=${createHmac('sha256', apiKey).update(address).digest('hex')}`;

  /** The parameters of an address whose signature fits. */
  function requireSigned(request: IncomingMessage): URLSearchParams {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const given = Buffer.from(url.searchParams.get('signature') ?? '');
    url.searchParams.delete('signature');
    const expected = Buffer.from(sign(url.href));
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new Refusal(401, 'Invalid signature');
    if (Number(url.searchParams.get('expires')) < Date.now()) throw new Refusal(401, 'URL expired');
    return url.searchParams;
  }

  function requireKey(request: IncomingMessage): void {
    if (request.headers['x-uploadthing-api-key'] !== apiKey) throw new Refusal(401, 'Invalid API key');
  }

  async function prepare(request: IncomingMessage): Promise<unknown> {
    requireKey(request);
    const { fileName, fileSize, acl } = prepared.parse(JSON.parse(await text(request)));
    const key = randomBytes(24).toString('base64url');
    const url = new URL(`/ingest/${key}`, origin);
    // The vendor's own package encodes each value once by itself.
    for (const [name, value] of Object.entries({
      expires: String(Date.now() + 3_600_000),
      'x-ut-identifier': appId,
      'x-ut-file-name': encodeURIComponent(fileName),
      'x-ut-file-size': String(fileSize),
      'x-ut-acl': acl,
    }))
      url.searchParams.append(name, value);
    url.searchParams.append('signature', sign(url.href));
    return { key, url: url.href };
  }

  async function ingest(request: IncomingMessage, key: string): Promise<unknown> {
    const params = signed.parse(Object.fromEntries(requireSigned(request)));
    if (params['x-ut-identifier'] !== appId) throw new Refusal(401, 'Another app');
    if (params['x-ut-acl'] !== 'private') throw new Refusal(403, 'This app holds private files alone');
    if (request.headers.range !== 'bytes=0-') throw new Refusal(400, 'Not from the beginning');
    if (used.has(key)) throw new Refusal(409, 'This name was used');
    const bytes = await fileOf(request);
    if (bytes.length !== params['x-ut-file-size']) throw new Refusal(400, 'Another size than was signed');
    used.add(key);
    files.set(key, bytes);
    const url = `${origin}/f/${key}`;
    return { url, appUrl: url, ufsUrl: url, fileHash: createHash('md5').update(bytes).digest('hex') };
  }

  function give(request: IncomingMessage, response: ServerResponse, key: string): void {
    requireSigned(request);
    const bytes = files.get(key);
    if (!bytes) throw new Refusal(404, 'No such file');
    const { range } = request.headers;
    const parsed = range === undefined ? null : parseRange(bytes.length, range);
    if (typeof parsed === 'number') throw new Refusal(416, 'No such part');
    const part = parsed?.[0];
    if (!part) return void response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    response.writeHead(206, {
      'content-range': `bytes ${part.start}-${part.end}/${bytes.length}`,
      'content-length': part.end - part.start + 1,
    });
    response.end(bytes.subarray(part.start, part.end + 1));
  }

  async function remove(request: IncomingMessage): Promise<unknown> {
    requireKey(request);
    const { fileKeys } = z.object({ fileKeys: z.array(z.string()) }).parse(JSON.parse(await text(request)));
    const deletedCount = fileKeys.filter((key) => files.delete(key)).length;
    return { success: true, deletedCount };
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', origin);
    const what = `${request.method} ${pathname.split('/').slice(0, 3).join('/')}`;
    asked.push(what);
    if (broken !== null && what.startsWith(broken)) throw new Refusal(503, 'Out of order');
    const key = decodeURIComponent(pathname.split('/').at(-1) ?? '');
    const answer = (body: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (what === 'POST /v7/prepareUpload') return void answer(await prepare(request));
    if (what === 'POST /v6/deleteFiles') return void answer(await remove(request));
    if (what.startsWith('PUT /ingest')) return void answer(await ingest(request, key));
    if (what.startsWith('GET /f') || what === `GET /a/${appId}`) return give(request, response, key);
    throw new Refusal(404, `Nothing is known of ${what}`);
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      const answer = JSON.stringify({ error: error instanceof Error ? error.message : 'Bad request' });
      // Whoever sends hears of it once all is sent.
      request.on('end', () => response.writeHead(error instanceof Refusal ? error.status : 400).end(answer));
      request.resume();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;

  return {
    origin,
    port,
    apiKey,
    appId,
    /** As the vendor's dashboard shows it. */
    token: Buffer.from(JSON.stringify({ apiKey, appId, regions: ['sea1'] })).toString('base64'),
    /** What it holds, by the vendor's names. */
    files,
    /** Method and beginning of the path of what it was asked. */
    asked,
    /** Lets what begins so fail from now on; null: nothing. */
    breakDown(what: string | null) {
      broken = what;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The one file of a multipart body. */
function fileOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const contentType = request.headers['content-type'];
    if (!contentType) throw new Refusal(400, 'No form');
    const parser = new Busboy({ headers: { ...request.headers, 'content-type': contentType } });
    const parts: Buffer[] = [];
    parser.on('file', (_field, file) => file.on('data', (part: Buffer) => parts.push(part)));
    parser.on('finish', () => resolve(Buffer.concat(parts)));
    parser.on('error', reject);
    request.pipe(parser);
  });
}

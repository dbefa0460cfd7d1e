import type { IncomingMessage, ServerResponse } from 'node:http';
import send from 'send';
import type { Storage } from '../adapters/storage/port';
import type { App } from '../app';
import { readFileAddress } from './address';
import { serveStored } from './serve-stored';

const PLAYED = [
  ...['video/mp4', 'video/webm', 'audio/mp4', 'audio/webm'],
  ...['audio/mpeg', 'audio/flac', 'audio/ogg', 'audio/wav'],
];
/** Types that a page of ours may show. Anything else is a download, whatever the address asks for. */
const SHOWN = new Set(['application/pdf', 'image/webp', 'image/png', 'image/jpeg', 'text/vtt', ...PLAYED]);

/** Answers a signed address with the file's bytes: whole, in part, or not at all when the browser has it. */
export function serveFile(
  app: Pick<App, 'env' | 'log'>,
  storage: Storage,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> | void {
  const now = Date.now();
  const grant = readFileAddress(app.env, new URL(request.url ?? '/', app.env.LECTERN_FILES_URL), now);
  if (!grant) return fail(response, 403, 'LINK_INVALID');
  const file = storage.localFile(grant.key);
  response.setHeader('content-type', SHOWN.has(grant.mimeType) ? grant.mimeType : 'application/octet-stream');
  response.setHeader(
    'content-disposition',
    disposition(SHOWN.has(grant.mimeType) ? grant.downloadName : (grant.downloadName ?? 'file')),
  );
  response.setHeader(
    'cache-control',
    `private, max-age=${Math.floor((grant.expiresAt - now) / 1000)}, immutable`,
  );
  if (!file) return serveRemote(storage, grant.key, request, response);
  send(request, `/${file.path}`, { root: file.root, dotfiles: 'allow', cacheControl: false, index: false })
    .on('error', (error: NodeJS.ErrnoException & { status?: number }) => {
      if (error.status === 416) return fail(response, 416, 'BAD_INPUT');
      app.log.warn({ key: grant.key, err: error }, 'file not served');
      fail(response, 404, 'NOT_FOUND');
    })
    .pipe(response);
}

async function serveRemote(
  storage: Storage,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const status = await serveStored(storage, key, request, response);
  if (status === 416) fail(response, 416, 'BAD_INPUT');
  if (status === 404) fail(response, 404, 'NOT_FOUND');
}

/** RFC 6266: a plain name for old readers, the true one beside it. */
function disposition(name: string | null): string {
  if (name === null) return 'inline';
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

export function fail(response: ServerResponse, status: number, error: string): void {
  if (response.headersSent) return void response.destroy();
  response.removeHeader('content-disposition');
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ error }));
}

import { existsSync, readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import send from 'send';
import { ANSWER_HEADERS } from './perimeter-headers';

/** What is compressed, by its extension, and what it is. */
export const COMPRESSED: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};
/** How, the smaller one first, and under which further extension it lies. */
export const ENCODINGS = [
  { coding: 'br', extension: '.br' },
  { coding: 'gzip', extension: '.gz' },
] as const;

const PREFIX = '/_next/static/';

/**
 * Serves the build's scripts and style sheets as they were compressed after it (scripts/compress-assets.ts); Next would compress them anew for
 * everybody who comes. What is not there so, or for somebody who takes neither, is left (false).
 * @param folder  the build's `static`
 */
export function createBuiltFiles(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const there = new Set(existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []);
  return (request, response) => {
    const { method, url = '', headers } = request;
    if (method !== 'GET' || !url.startsWith(PREFIX)) return false;
    const [name = ''] = url.slice(PREFIX.length).split('?', 1);
    const type = COMPRESSED[path.extname(name)];
    const encoding = ENCODINGS.find(
      ({ coding, extension }) => takes(headers['accept-encoding'], coding) && there.has(name + extension),
    );
    if (!type || !encoding) return false;
    response.setHeaders(new Map(Object.entries(ANSWER_HEADERS)));
    response.setHeader('content-type', type);
    response.setHeader('content-encoding', encoding.coding);
    response.setHeader('vary', 'Accept-Encoding');
    // Their names change with what is in them.
    send(request, name + encoding.extension, { root: folder, maxAge: '1y', immutable: true }).pipe(response);
    return true;
  };
}

/** RFC 9110 §12.5.3, but for `*`. */
function takes(accepted: string | string[] | undefined, coding: string): boolean {
  return String(accepted ?? '')
    .split(',')
    .some((one) => {
      const [name = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
      return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import parseRange from 'range-parser';
import type { Storage } from '../adapters/storage/port';

/**
 * Answers with the bytes of a file that lies on another machine, whole or the part that was asked for. The headers that say what it is
 * are set already.
 * @returns the status of what was not sent
 */
export async function serveStored(
  storage: Storage,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<200 | 404 | 416> {
  const size = await storage.size(key);
  if (size === null) return 404;
  const asked = request.headers.range === undefined ? -2 : parseRange(size, request.headers.range);
  if (asked === -1) {
    response.setHeader('content-range', `bytes */${size}`);
    return 416;
  }
  // Several parts at once are answered with the whole, as the standard allows (RFC 9110, 14.2).
  const [range] = typeof asked === 'number' || asked.type !== 'bytes' || asked.length > 1 ? [] : asked;
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('content-length', range ? range.end - range.start + 1 : size);
  if (range) response.setHeader('content-range', `bytes ${range.start}-${range.end}/${size}`);
  response.writeHead(range ? 206 : 200);
  if (request.method === 'HEAD' || size === 0) response.end();
  else await pipeline(storage.read(key, range), response);
  return 200;
}

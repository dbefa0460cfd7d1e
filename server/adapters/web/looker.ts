import { get as getHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getHttps } from 'node:https';
import { fileTypeFromBuffer } from 'file-type';
import { type RequestFilteringAgentOptions, useAgent } from 'request-filtering-agent';
import type { WebLook, WebLooker } from './port';

const TIMEOUT_MS = 5000;
const MOST_REDIRECTS = 5;
/** As much of a file's beginning as tells what it is. */
const HEAD_BYTES = 4100;
const PLAYABLE = /^(video|audio)\//;
const HLS = /^#EXTM3U/;

/**
 * Asks for a file's beginning with connections that refuse any address that is not public, after its name was resolved: at each
 * redirect anew, and at the moment of connecting, so that a name that changes in between leads nowhere either.
 * @param options  what is allowed beside that: `allowPrivateIPAddress` where an installation says so
 */
export function filteringLooker(options: RequestFilteringAgentOptions = {}): WebLooker {
  return {
    async look(url) {
      let at = url;
      for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
        const found = await lookOnce(at, options);
        if (!('location' in found)) return found;
        if (!URL.canParse(found.location, at)) return { ok: false, why: 'unreachable' };
        const next = new URL(found.location, at);
        if (next.protocol !== 'https:' && next.protocol !== 'http:') return { ok: false, why: 'private' };
        at = next.href;
      }
      return { ok: false, why: 'unreachable' };
    },
  };
}

async function lookOnce(
  url: string,
  options: RequestFilteringAgentOptions,
): Promise<WebLook | { location: string }> {
  let response: IncomingMessage;
  try {
    response = await ask(url, options);
  } catch (error) {
    return { ok: false, why: isFiltered(error) ? 'private' : 'unreachable' };
  }
  try {
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location) return { location: headers.location };
    if (statusCode !== 200 && statusCode !== 206) return { ok: false, why: 'unreachable' };
    const mimeType = await typeOf(response);
    return mimeType ? { ok: true, mimeType } : { ok: false, why: 'not-media' };
  } catch {
    // It broke off before it was known what it is.
    return { ok: false, why: 'unreachable' };
  } finally {
    response.destroy();
  }
}

function ask(url: string, options: RequestFilteringAgentOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { protocol } = new URL(url);
    const request: RequestOptions = {
      agent: useAgent(url, options),
      headers: {
        range: `bytes=0-${HEAD_BYTES - 1}`,
        accept: 'video/*, audio/*, application/vnd.apple.mpegurl',
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    (protocol === 'https:' ? getHttps : getHttp)(url, request, resolve).once('error', reject);
  });
}

/** By its content, never by what the other side calls it. */
async function typeOf(response: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= HEAD_BYTES) break;
  }
  const head = Buffer.concat(parts).subarray(0, HEAD_BYTES);
  if (HLS.test(head.toString('latin1'))) return 'application/vnd.apple.mpegurl';
  const found = await fileTypeFromBuffer(head);
  return found && PLAYABLE.test(found.mime) ? found.mime : null;
}

function isFiltered(error: unknown): boolean {
  return error instanceof Error && /is not allowed/.test(error.message);
}

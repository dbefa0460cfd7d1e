import { get as getHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { get as getHttps } from 'node:https';
import { fileTypeFromBuffer } from 'file-type';
import { type RequestFilteringAgentOptions, useAgent } from 'request-filtering-agent';
import { onePerOrigin, readPlaylist } from './playlist';
import type { WebLook, WebLooker } from './port';

const TIMEOUT_MS = 5000;
const MOST_REDIRECTS = 5;
/** As much of a file's beginning as tells what it is. */
const HEAD_BYTES = 4100;
/** Of a playlist: twelve hours in pieces of four seconds. */
const PLAYLIST_BYTES = 1_000_000;
/** Of one playlist, and further playlists of a master. */
const MOST_ORIGINS = 8;
const PLAYABLE = /^(video|audio)\//;
const HLS_TYPE = 'application/vnd.apple.mpegurl';
const HLS = /^#EXTM3U/;

type Refused = Extract<WebLook, { ok: false }>;
type Answer = { ok: true; at: string; head: Buffer };

/**
 * Asks for a file's beginning with connections that refuse any address that is not public, after its name was resolved: at each
 * redirect anew, and at the moment of connecting, so that a name that changes in between leads nowhere either. Of a playlist, what it
 * sends browsers to is asked in the same way: each further playlist, and one address of each origin.
 * @param options  what is allowed beside that: `allowPrivateIPAddress` where an installation says so
 */
export function filteringLooker(options: RequestFilteringAgentOptions = {}): WebLooker {
  async function look(url: string): Promise<WebLook> {
    const answer = await follow(url, HEAD_BYTES, options);
    if (!answer.ok) return answer;
    if (HLS.test(answer.head.toString('latin1'))) return lookAtPlaylist(answer.at, true);
    const found = await fileTypeFromBuffer(answer.head);
    return found && PLAYABLE.test(found.mime) ? { ok: true, mimeType: found.mime } : NOT_MEDIA;
  }

  async function lookAtPlaylist(url: string, mayBeMaster: boolean): Promise<WebLook> {
    const answer = await follow(url, PLAYLIST_BYTES, options);
    if (!answer.ok) return answer;
    const text = answer.head.toString('utf8');
    const playlist = HLS.test(text) ? readPlaylist(text, answer.at) : null;
    if (!playlist || (playlist.kind === 'master' && !mayBeMaster)) return NOT_MEDIA;
    if (playlist.kind === 'master') {
      const looks = await Promise.all(
        playlist.variants.slice(0, MOST_ORIGINS).map((variant) => lookAtPlaylist(variant, false)),
      );
      return looks.find(({ ok }) => !ok) ?? looks[0] ?? NOT_MEDIA;
    }
    if (playlist.slides) return { ok: false, why: 'broadcast' };
    const origins = onePerOrigin(playlist.addresses);
    if (origins.length === 0 || origins.length > MOST_ORIGINS) return NOT_MEDIA;
    const reached = await Promise.all(origins.map((address) => follow(address, 1, options)));
    return reached.find((one): one is Refused => !one.ok) ?? { ok: true, mimeType: HLS_TYPE };
  }

  return { look };
}

const NOT_MEDIA: Refused = { ok: false, why: 'not-media' };
const UNREACHABLE: Refused = { ok: false, why: 'unreachable' };
const PRIVATE: Refused = { ok: false, why: 'private' };

/** The first bytes of what an address leads to in the end. */
async function follow(
  url: string,
  bytes: number,
  options: RequestFilteringAgentOptions,
): Promise<Answer | Refused> {
  let at = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    if (!/^https?:/.test(at)) return PRIVATE;
    const found = await askOnce(at, bytes, options);
    if (!('location' in found)) return found;
    if (!URL.canParse(found.location, at)) return UNREACHABLE;
    at = new URL(found.location, at).href;
  }
  return UNREACHABLE;
}

async function askOnce(
  url: string,
  bytes: number,
  options: RequestFilteringAgentOptions,
): Promise<Answer | Refused | { location: string }> {
  let response: IncomingMessage;
  try {
    response = await ask(url, bytes, options);
  } catch (error) {
    return isFiltered(error) ? PRIVATE : UNREACHABLE;
  }
  try {
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location) return { location: headers.location };
    if (statusCode !== 200 && statusCode !== 206) return UNREACHABLE;
    return { ok: true, at: url, head: await readHead(response, bytes) };
  } catch {
    // It broke off before it was known what it is.
    return UNREACHABLE;
  } finally {
    response.destroy();
  }
}

function ask(url: string, bytes: number, options: RequestFilteringAgentOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { protocol } = new URL(url);
    const request: RequestOptions = {
      agent: useAgent(url, options),
      headers: {
        range: `bytes=0-${bytes - 1}`,
        accept: `video/*, audio/*, ${HLS_TYPE}`,
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    (protocol === 'https:' ? getHttps : getHttp)(url, request, resolve).once('error', reject);
  });
}

/** What it is is told by its content, never by what the other side calls it. */
async function readHead(response: IncomingMessage, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(parts).subarray(0, bytes);
}

function isFiltered(error: unknown): boolean {
  return error instanceof Error && /is not allowed/.test(error.message);
}

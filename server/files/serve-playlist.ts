import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App } from '../app';
import { readPlaylist } from '../documents/service';
import { readPlaylistAddress } from './playlist-address';
import { fail } from './serve';

/** Answers a signed address with a film's list of parts as it stands now. */
export async function servePlaylist(
  app: App,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', app.env.LECTERN_FILES_URL);
  const grant = readPlaylistAddress(app.env, url, Date.now());
  if (!grant) return fail(response, 403, 'LINK_INVALID');
  const playlist = await readPlaylist(app, grant, grant.expiresAt);
  if (!playlist) return fail(response, 404, 'NOT_FOUND');
  response.writeHead(200, {
    'content-type': 'application/vnd.apple.mpegurl',
    'cache-control': playlist.complete ? 'private, max-age=60' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : playlist.text);
}

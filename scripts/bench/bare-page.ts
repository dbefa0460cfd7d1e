import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../stack/folders';

/** The yardstick of `bench:join`: a page that does nothing but join a LiveKit room with livekit-client and show the first video. */
export async function serveBarePage(): Promise<{
  url(livekitUrl: string, token: string): string;
  close(): Promise<void>;
}> {
  const client = await readFile(path.join(root, 'node_modules/livekit-client/dist/livekit-client.umd.js'));
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/livekit-client.js')) {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(client);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  });
  const port = await listen(server);
  return {
    url: (livekitUrl, token) => `http://127.0.0.1:${port}/?${new URLSearchParams({ livekitUrl, token })}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const PAGE = `<!doctype html><title>bare</title><script src="/livekit-client.js"></script><script>
  const query = new URLSearchParams(location.search);
  const room = new LivekitClient.Room({ adaptiveStream: true });
  room.on('trackSubscribed', (track) => {
    if (track.kind !== 'video') return;
    const video = track.attach();
    video.muted = true;
    document.body.append(video);
  });
  room.connect(query.get('livekitUrl'), query.get('token'));
</script>`;

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
      else reject(new Error('The bare page has no port.'));
    });
  });
}

import { once } from 'node:events';
import { createServer } from 'node:http';

type Video = { id: string; title: string; channel: string; duration: string };

/** What the stand-in knows. */
export const STAND_IN_VIDEOS: readonly Video[] = [
  { id: 'aaaaaaaaaa1', title: 'The Moon’s phases & eclipses', channel: 'Sky School', duration: 'PT12M30S' },
  { id: 'aaaaaaaaaa2', title: 'Why the Moon shows one face', channel: 'Sky School', duration: 'PT1H2M3S' },
  { id: 'aaaaaaaaaa3', title: 'Moon live', channel: 'Observatory', duration: 'P0D' },
];

const reasonOf = (code: number, reason: string) => ({
  status: code,
  body: { error: { code, errors: [{ domain: 'youtube', reason, message: reason }] } },
});

/**
 * A local server that answers as YouTube documents it: search.list and videos.list of the Data API under `/v3/`, and oEmbed. The
 * words `quota` and `key` are refused as YouTube refuses them. `asked` holds the paths that were called.
 */
export async function startYouTubeStandIn() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    asked.push(url.pathname);
    const { status, body } = answer(url);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const dataUrl = `${origin}/v3/`;
  return {
    asked,
    dataUrl,
    oembedUrl: `${origin}/oembed`,
    /** Settings of a web process that is to ask it. */
    env: { YOUTUBE_API_KEY: 'a-key', YOUTUBE_API_URL: dataUrl },
    close: () => server.close(),
  };
}

function answer(url: URL): { status: number; body: unknown } {
  const of = (name: string) => url.searchParams.get(name) ?? '';
  switch (url.pathname) {
    case '/v3/search':
      return search(of('q'));
    case '/v3/videos': {
      const ids = of('id').split(',');
      return {
        status: 200,
        body: { items: STAND_IN_VIDEOS.filter(({ id }) => ids.includes(id)).map(listed) },
      };
    }
    case '/oembed': {
      const video = STAND_IN_VIDEOS.find(({ id }) => of('url').endsWith(id));
      return video
        ? { status: 200, body: { title: video.title, author_name: video.channel, type: 'video' } }
        : { status: 404, body: 'Not Found' };
    }
    default:
      return { status: 404, body: null };
  }
}

function search(words: string): { status: number; body: unknown } {
  if (words === 'quota') return reasonOf(403, 'quotaExceeded');
  if (words === 'key') return reasonOf(400, 'badRequest');
  if (words === 'broken') return { status: 500, body: null };
  const hits = STAND_IN_VIDEOS.filter(({ title }) => title.toLowerCase().includes(words.toLowerCase()));
  return {
    status: 200,
    body: { items: hits.map(({ id }) => ({ id: { kind: 'youtube#video', videoId: id } })) },
  };
}

function listed({ id, title, channel, duration }: Video) {
  return {
    id,
    snippet: { title, channelTitle: channel },
    contentDetails: { duration },
  };
}

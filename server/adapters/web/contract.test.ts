import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filteringLooker } from './looker';

// The beginning of an MP4, of an HLS playlist and of a page.
const MP4 = Buffer.concat([
  Buffer.from('00000020', 'hex'),
  Buffer.from('ftypisom\0\0\u0002\0isomiso2avc1mp41'),
  Buffer.alloc(5000),
]);
const PAGES: Record<string, { status?: number; headers?: Record<string, string>; body?: Buffer | string }> = {
  '/film': { headers: { 'content-type': 'text/plain' }, body: MP4 },
  '/empty-list': { body: '#EXTM3U\n#EXT-X-VERSION:3\n' },
  '/list': { body: '#EXTM3U\n#EXT-X-MAP:URI="film"\n#EXTINF:4,\nfilm\n#EXT-X-ENDLIST\n' },
  '/growing': { body: '#EXTM3U\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXTINF:4,\n/film\n' },
  '/broadcast': { body: '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:99\n#EXTINF:4,\n/film\n' },
  '/list-inside': { body: '#EXTM3U\n#EXTINF:4,\n/film\n#EXTINF:4,\nhttp://10.0.0.8/film\n#EXT-X-ENDLIST\n' },
  '/list-key': {
    body: '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="http://169.254.169.254/key"\n#EXTINF:4,\n/film\n#EXT-X-ENDLIST\n',
  },
  '/list-local': { body: '#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n' },
  '/master': { body: '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlist\n' },
  '/master-inside': {
    body: '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlist\n#EXT-X-STREAM-INF:BANDWIDTH=2\nhttp://192.168.0.1/list\n',
  },
  '/master-of-masters': { body: '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmaster-of-masters\n' },

  '/page': { headers: { 'content-type': 'video/mp4' }, body: '<!doctype html><title>Hello</title>' },
  '/empty': { body: '' },
  '/there': { status: 302, headers: { location: '/film' } },
  '/inside': { status: 302, headers: { location: 'http://127.0.0.2:1/film' } },
  '/name': { status: 302, headers: { location: 'http://localhost:1/film' } },
  '/local': { status: 302, headers: { location: 'file:///etc/passwd' } },
  '/round': { status: 302, headers: { location: '/round' } },
  '/nothing': { status: 404 },
};
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const { status = 200, headers = {}, body = '' } = PAGES[request.url ?? ''] ?? { status: 404 };
  response.writeHead(status, headers).end(body);
});
let origin = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => void server.close());

describe('looking at an address', () => {
  // The one loopback address stands for the public ones.
  const looker = filteringLooker({ allowIPAddressList: ['127.0.0.1'] });

  test.each([
    ['/film', { ok: true, mimeType: 'video/mp4' }],
    ['/list', { ok: true, mimeType: 'application/vnd.apple.mpegurl' }],
    ['/growing', { ok: true, mimeType: 'application/vnd.apple.mpegurl' }],
    ['/master', { ok: true, mimeType: 'application/vnd.apple.mpegurl' }],
    ['/broadcast', { ok: false, why: 'broadcast' }],
    ['/empty-list', { ok: false, why: 'broadcast' }],
    ['/list-inside', { ok: false, why: 'private' }],
    ['/list-key', { ok: false, why: 'private' }],
    ['/list-local', { ok: false, why: 'private' }],
    ['/master-inside', { ok: false, why: 'private' }],
    ['/master-of-masters', { ok: false, why: 'not-media' }],
    ['/there', { ok: true, mimeType: 'video/mp4' }],
    ['/page', { ok: false, why: 'not-media' }],
    ['/empty', { ok: false, why: 'not-media' }],
    ['/nothing', { ok: false, why: 'unreachable' }],
    ['/round', { ok: false, why: 'unreachable' }],
    ['/inside', { ok: false, why: 'private' }],
    ['/local', { ok: false, why: 'private' }],
  ])('%s', async (path, found) => {
    expect(await looker.look(origin + path)).toEqual(found);
  });

  test('a name that leads inside is refused where a redirect leads to it, and nobody is asked', async () => {
    const strict = filteringLooker();
    asked.length = 0;
    expect(await strict.look(origin.replace('127.0.0.1', 'localhost') + '/film')).toEqual({
      ok: false,
      why: 'private',
    });
    for (const host of ['10.0.0.1', '192.168.1.1', '169.254.169.254', '[::1]', '[fd00::1]', '0.0.0.0'])
      expect(await strict.look(`http://${host}/film`)).toEqual({ ok: false, why: 'private' });
    expect(asked).toEqual([]);
  });

  test('where nobody listens', async () => {
    expect(await looker.look('http://127.0.0.1:1/film')).toEqual({ ok: false, why: 'unreachable' });
  });
});

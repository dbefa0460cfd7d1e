import { describe, expect, it } from 'vitest';
import { addressOf, readCapped, refuseProtoKeys, requestIdOf, requireOwnOrigin } from './http';

const appUrl = 'https://lectern.example';

function post(headers: Record<string, string>) {
  return { method: 'POST', headers: new Headers(headers) };
}

describe('a request that changes something', () => {
  it('is taken from the app itself', () => {
    expect(() => requireOwnOrigin(post({ origin: appUrl }), `${appUrl}/`)).not.toThrow();
  });

  it.each<Record<string, string>>([
    {},
    { origin: 'null' },
    { origin: 'https://lectern.example.evil.test' },
    { origin: 'http://lectern.example' },
    { referer: `${appUrl}/room/x` },
  ])('is refused from elsewhere: %j', (headers) => {
    expect(() => requireOwnOrigin(post(headers), appUrl)).toThrow('BAD_ORIGIN');
  });

  it('is not asked where it comes from when it only reads', () => {
    expect(() => requireOwnOrigin({ method: 'GET', headers: new Headers() }, appUrl)).not.toThrow();
  });
});

describe('a body', () => {
  const body = (bytes: number, chunks = 1) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < chunks; i += 1) controller.enqueue(new Uint8Array(bytes / chunks).fill(65));
        controller.close();
      },
    });
  const request = (stream: BodyInit, headers: Record<string, string> = {}) =>
    new Request(appUrl, { method: 'POST', body: stream, headers, duplex: 'half' } as RequestInit);

  it('comes whole when it fits to the byte', async () => {
    expect((await readCapped(request(body(100, 4)), 100)).byteLength).toBe(100);
  });

  it('is refused one byte above, with no length given', async () => {
    await expect(readCapped(request(body(101)), 100)).rejects.toThrow('TOO_LARGE');
  });

  it('is refused by its announced length before it is read', async () => {
    await expect(readCapped(request('x', { 'content-length': '101' }), 100)).rejects.toThrow('TOO_LARGE');
  });

  it('is refused when it lies about its length', async () => {
    await expect(readCapped(request(body(200, 2), { 'content-length': '10' }), 100)).rejects.toThrow(
      'TOO_LARGE',
    );
  });
});

describe('__proto__ in JSON', () => {
  it.each([
    '{"__proto__":{"admin":true}}',
    '{"0":{"commands":[{"__proto__" : 1}]}}',
    '{"\\u005f_proto__":1}',
    '{"a":{"__pr\\u006fto__":null}}',
  ])('is refused: %s', (json) => {
    expect(() => refuseProtoKeys(json)).toThrow('BAD_INPUT');
  });

  it('is not looked for in what is nested without end', () => {
    const deep = `{"\\u0041":${'['.repeat(400_000)}${']'.repeat(400_000)}}`;
    expect(() => refuseProtoKeys(deep)).toThrow('BAD_INPUT');
  });

  it.each([
    '{"text":"what is __proto__?"}',
    '{"text":"\\"__proto__\\": 1"}',
    '{"text":"caf\\u00e9"}',
    'not json __proto__',
  ])('is fine as text: %s', (json) => {
    expect(() => refuseProtoKeys(json)).not.toThrow();
  });
});

it('a request id from outside is taken only when it can do no harm', () => {
  expect(requestIdOf(new Headers({ 'x-request-id': 'abc-123-def' }))).toBe('abc-123-def');
  expect(requestIdOf(new Headers({ 'x-request-id': 'a b"; DROP' }))).toMatch(/^[0-9a-f-]{36}$/);
  expect(requestIdOf(new Headers())).toMatch(/^[0-9a-f-]{36}$/);
});

it('the address is the one that the outermost of our proxies wrote, whatever was sent to it', () => {
  const headers = new Headers({ 'x-forwarded-for': '6.6.6.6, 203.0.113.7, 10.0.0.9' });
  expect(addressOf(headers, 0)).toBe('10.0.0.9');
  expect(addressOf(headers, 1)).toBe('10.0.0.9');
  expect(addressOf(headers, 2)).toBe('203.0.113.7');
  expect(addressOf(new Headers(), 1)).toBe('unknown');
});

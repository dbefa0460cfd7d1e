import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, loggedPath, mayReadMetrics, nonceIn, transportSecurity } from './perimeter';

const settings = {
  LECTERN_URL: 'https://lectern.example',
  LECTERN_FILES_URL: 'https://files.lectern.example/x',
  LIVEKIT_URL: 'wss://media.lectern.example:7880/path',
  NODE_ENV: 'production',
  LECTERN_PRIVATE_LINKS: false,
};

function directives(policy: string): Record<string, string> {
  return Object.fromEntries(policy.split('; ').map((part) => part.split(/ (.*)/s) as [string, string]));
}

describe("a page's policy", () => {
  it('runs no script without the nonce, and evaluates nothing', () => {
    const policy = directives(contentSecurityPolicy(settings, 'abc='));
    expect(policy['script-src']).toBe("'nonce-abc=' 'strict-dynamic'");
    expect(policy['object-src']).toBe("'none'");
    expect(policy['base-uri']).toBe("'none'");
    expect(policy['frame-ancestors']).toBe("'none'");
  });

  it('connects to itself, the files, the media server, and by https to what is played by its address', () => {
    expect(directives(contentSecurityPolicy(settings, 'n'))['connect-src']).toBe(
      "'self' https://files.lectern.example wss://media.lectern.example:7880 https://media.lectern.example:7880 blob: https:",
    );
    // Without encryption only where an installation plays from its own network.
    expect(contentSecurityPolicy(settings, 'n')).not.toMatch(/ http:[ ;]/);
    const inside = contentSecurityPolicy({ ...settings, LECTERN_PRIVATE_LINKS: true }, 'n');
    expect(directives(inside)['media-src']).toContain(' http:');
  });

  it('tells its nonce again', () => {
    expect(nonceIn(contentSecurityPolicy(settings, 'abc='))).toBe('abc=');
    expect(nonceIn(null)).toBeUndefined();
  });

  it('is looser in development alone', () => {
    const development = { ...settings, NODE_ENV: 'development' };
    expect(contentSecurityPolicy(development, 'n')).toContain("'unsafe-eval'");
    expect(contentSecurityPolicy(settings, 'n')).not.toContain('unsafe-eval');
  });
});

it('asks for https only where there is https', () => {
  expect(transportSecurity('https://lectern.example')).toMatch(/^max-age=\d+/);
  expect(transportSecurity('http://localhost:3000')).toBeNull();
});

it("keeps a link's token out of the log", () => {
  expect(loggedPath('/join/l.AAAA.BBBB')).toBe('/join/…');
  expect(loggedPath('/join/l.AAAA.BBBB/door')).toBe('/join/…/door');
  expect(loggedPath('/shared/d.AAAA.BBBB')).toBe('/shared/…');
  expect(loggedPath('/shared/d.AAAA.BBBB/file')).toBe('/shared/…/file');
  expect(loggedPath('/i/c.AAAA.BBBB')).toBe('/i/…');
  expect(loggedPath('/room/algebra-1')).toBe('/room/algebra-1');
});

it('shows metrics to whoever brings the token; without one, only on an installation of this machine alone', () => {
  const open = { LECTERN_URL: 'https://lectern.example' };
  const guarded = { ...open, LECTERN_METRICS_TOKEN: 'a token of metrics' };
  expect(mayReadMetrics({ LECTERN_URL: 'http://localhost:3000' }, null)).toBe(true);
  expect(mayReadMetrics(open, null)).toBe(false);
  expect(mayReadMetrics(open, 'Bearer undefined')).toBe(false);
  expect(mayReadMetrics(guarded, null)).toBe(false);
  expect(mayReadMetrics(guarded, 'Bearer a token of metric')).toBe(false);
  expect(mayReadMetrics(guarded, 'Bearer a token of metrics')).toBe(true);
  expect(mayReadMetrics({ ...guarded, LECTERN_URL: 'http://localhost:3000' }, null)).toBe(false);
});

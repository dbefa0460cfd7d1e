import { createHash, timingSafeEqual } from 'node:crypto';

type Settings = {
  LECTERN_URL: string;
  LECTERN_FILES_URL: string;
  LIVEKIT_URL: string;
  NODE_ENV: string;
  LECTERN_PRIVATE_LINKS: boolean;
};

/** What a page may load and where it may connect: itself, the files origin, the media server; YouTube's player in a frame. */
export function contentSecurityPolicy(settings: Settings, nonce: string): string {
  const files = new URL(settings.LECTERN_FILES_URL).origin;
  const development = settings.NODE_ENV === 'development';
  const links = ['https:', ...(settings.LECTERN_PRIVATE_LINKS ? ['http:'] : [])];
  const policy: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    // Next and what it loads carry the nonce. React's and Turbopack's development tools evaluate strings.
    'script-src': [`'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    // tldraw and React position by inline styles.
    'style-src': ["'self'", "'unsafe-inline'"],
    // YouTube's pictures of what a presenter searched for.
    'img-src': ["'self'", files, 'blob:', 'data:', 'https://i.ytimg.com'],
    // What a presenter plays by its address may lie anywhere; it is only ever played.
    'media-src': ["'self'", files, 'blob:', 'data:', ...links],
    'font-src': ["'self'", 'data:'],
    'connect-src': [
      "'self'",
      files,
      ...mediaServer(settings.LIVEKIT_URL),
      'blob:',
      // Of HLS, the pieces are fetched and put together by script.
      ...links,
      ...(development ? ['ws:'] : []),
    ],
    'worker-src': ["'self'", 'blob:'],
    'frame-src': ['https://www.youtube-nocookie.com'],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'object-src': ["'none'"],
    'manifest-src': ["'self'"],
  };
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}

/** The nonce that a page's policy asks of its scripts. */
export function nonceIn(policy: string | null): string | undefined {
  return policy?.match(/'nonce-([^']+)'/)?.[1];
}

/** LiveKit's client opens a WebSocket, and asks over HTTP why one failed. */
function mediaServer(url: string): string[] {
  const { host, protocol } = new URL(url);
  const secure = protocol === 'wss:' || protocol === 'https:';
  return secure ? [`wss://${host}`, `https://${host}`] : [`ws://${host}`, `http://${host}`];
}

/** Two years, once the installation is reached by https. */
export function transportSecurity(appUrl: string): string | null {
  return appUrl.startsWith('https:') ? 'max-age=63072000; includeSubDomains' : null;
}

/** A path as it may be logged: a link's token opens a class or a file, so it stays out. */
export function loggedPath(pathname: string): string {
  return pathname.replace(
    /^(\/(?:i|join|shared|mail\/off|calendar\/feed)\/).{3,}?(\/door|\/file)?$/,
    '$1…$2',
  );
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Whether somebody may read the process' metrics: with the token that was set for it; without one, where the installation
 * is this machine's own and listens to nobody else.
 * @param authorization  the request's header
 */
export function mayReadMetrics(
  settings: { LECTERN_URL: string; LECTERN_METRICS_TOKEN?: string | undefined },
  authorization: string | null,
): boolean {
  const token = settings.LECTERN_METRICS_TOKEN;
  if (!token) return ['localhost', '127.0.0.1'].includes(new URL(settings.LECTERN_URL).hostname);
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

/**
 * Where to go after signing in: a path of this site, or the dashboard. Anything that a browser would read as another site
 * (`//evil`, `/\evil`, `https:`) is not followed.
 */
export function safeNextPath(next: string | null | undefined): string {
  const fallback = '/dashboard';
  if (!next?.startsWith('/') || next.length > 2000) return fallback;
  // Only the parser that browsers share decides what is "the same site".
  const base = 'http://same.invalid';
  if (!URL.canParse(next, base)) return fallback;
  const url = new URL(next, base);
  return url.origin === base && !url.pathname.startsWith('//')
    ? url.pathname + url.search + url.hash
    : fallback;
}

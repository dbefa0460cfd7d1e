/** The value of a cookie of a request, undecoded. */
export function readCookie(headers: Headers, name: string): string | null {
  for (const pair of headers.get('cookie')?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** A cookie that only the server reads, as a `Set-Cookie` line. `maxAge` in seconds; 0 removes it. Name and value are ours. */
export function serverCookie(name: string, value: string, maxAge: number, appUrl: string): string {
  const secure = appUrl.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

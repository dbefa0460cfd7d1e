import type { App } from './app';
import { requestIdOf } from './http';
import { readViewer, type Viewer } from './identity/service';

export type Context = {
  app: App;
  requestId: string;
  /** Request headers: for the user agent and the cookies that services read. */
  headers: Headers;
  viewer: Viewer;
  /** Where a procedure leaves a cookie; absent where nothing can be sent back (server components). */
  responseHeaders: Headers | null;
};

/** Makes the context of one request; `viewer` is checked against the database here, once. */
export async function createContext(
  app: App,
  headers: Headers,
  responseHeaders: Headers | null = null,
): Promise<Context> {
  return {
    app,
    headers,
    responseHeaders,
    requestId: requestIdOf(headers),
    viewer: await readViewer(app, headers),
  };
}

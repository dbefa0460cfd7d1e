import { randomUUID } from 'node:crypto';
import { type App, getApp } from './app';
import { readViewer, type Viewer } from './identity/service';

export type Context = {
  app: App;
  requestId: string;
  /** Request headers: for the user agent and the cookies that services read. */
  headers: Headers;
  viewer: Viewer;
};

/** Makes the context of one request; `viewer` is checked against the database here, once. */
export async function createContext(headers: Headers): Promise<Context> {
  const app = getApp();
  return {
    app,
    headers,
    requestId: headers.get('x-request-id') ?? randomUUID(),
    viewer: await readViewer(app, headers),
  };
}

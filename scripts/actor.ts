import { type APIRequestContext, type BrowserContextOptions, request } from '@playwright/test';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { AppRouter } from '@/server/router';

/** Somebody with an account who acts over HTTP as a browser would: journeys and benches prepare their classes so. */
export type Actor = {
  name: string;
  email: string;
  password: string;
  trpc: TRPCClient<AppRouter>;
  http: APIRequestContext;
  /** The cookies, for a browser context that is this person. */
  storageState(): Promise<Exclude<BrowserContextOptions['storageState'], string | undefined>>;
  dispose(): Promise<void>;
};

/** Makes an account and signs in. */
export async function signUpActor(appUrl: string, name: string): Promise<Actor> {
  const http = await request.newContext({ baseURL: appUrl, extraHTTPHeaders: { origin: appUrl } });
  const trpc = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${appUrl}/api/trpc`, fetch: fetchWith(http) })],
  });
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}.${crypto.randomUUID().slice(0, 8)}@example.test`;
  const password = crypto.randomUUID();
  await trpc.identity.signUp.mutate({ name, email, password });
  await signIn(http, email, password);
  return {
    name,
    email,
    password,
    trpc,
    http,
    storageState: () => http.storageState(),
    dispose: () => http.dispose(),
  };
}

async function signIn(http: APIRequestContext, email: string, password: string): Promise<void> {
  const { csrfToken } = (await (await http.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const answer = await http.post('/api/auth/callback/credentials', {
    form: { csrfToken, email, password, json: 'true' },
  });
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`);
}

/** `fetch` with the cookies of a Playwright request context. */
export function fetchWith(http: APIRequestContext): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const answer = await http.fetch(url, {
      method: init?.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init?.headers)),
      data: typeof init?.body === 'string' ? init.body : undefined,
    });
    return new Response(new Uint8Array(await answer.body()), {
      status: answer.status(),
      headers: answer.headers(),
    });
  };
}

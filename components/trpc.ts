import { createTRPCClient, httpBatchLink, httpLink, splitLink, TRPCClientError } from '@trpc/client';
import type { AppRouter } from '@/server/router';
import { fetchInTime } from './fetch-in-time';

const wire = {
  url: '/api/trpc',
  fetch: (input: RequestInfo | URL, init?: RequestInit) => fetchInTime(input, init),
};

/** The API, from the browser. Calls of the same tick travel together; a room's commands are gathered before and go alone. */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ path }) => path === 'rooms.send',
      true: httpLink(wire),
      false: httpBatchLink({ ...wire, maxURLLength: 2000, maxItems: 20 }),
    }),
  ],
});

type ErrorData = NonNullable<TRPCClientError<AppRouter>['data']>;

export type Refusal = {
  /** Its sentence comes from `useRefusalSentence`. */
  code: ErrorData['appCode'] | 'OFFLINE';
  details: Readonly<Record<string, string | number>>;
  /** For the person's report to whoever runs the server. */
  requestId?: string;
};

/** What went wrong with a call, in the product's codes. An answer that never came is `OFFLINE`. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof TRPCClientError)) return { code: 'INTERNAL', details: {} };
  const data = (error as TRPCClientError<AppRouter>).data;
  if (!data) return { code: 'OFFLINE', details: {} };
  return { code: data.appCode ?? 'INTERNAL', details: data.details ?? {}, requestId: data.requestId };
}

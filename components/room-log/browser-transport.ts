import { trpc } from '@/components/trpc';
import type { Transport } from './transport';
import { createTrpcTransport } from './trpc-transport';

/** The transport of a real browser. */
export function createBrowserTransport(roomId: string): Transport {
  return createTrpcTransport(roomId, { trpc, fetch: (input, init) => fetch(input, init) });
}

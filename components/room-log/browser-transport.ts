import { fetchInTime } from '@/components/fetch-in-time';
import { trpc } from '@/components/trpc';
import type { Transport } from './transport';
import { createTrpcTransport } from './trpc-transport';

/** The transport of a real browser. */
export function createBrowserTransport(roomId: string): Transport {
  return {
    ...createTrpcTransport(roomId, { trpc, fetch: fetchInTime }),
    sayGoodbye: (connectionId) => {
      // A beacon is sent though the page is gone by then.
      navigator.sendBeacon(`/api/rooms/${roomId}/leave?connection=${connectionId}`);
    },
  };
}

import { refusalOf, trpc } from '@/components/trpc';
import { REFUSAL_CODES } from '@/room/refusals';
import { type Transport, TransportError } from './transport';

/** The transport of a real browser: tRPC for commands, one fetch for the stream. */
export function createBrowserTransport(roomId: string): Transport {
  return {
    send: async (commands) => {
      const { results } = await told(trpc.rooms.send.mutate({ roomId, commands: [...commands] }));
      return results;
    },
    board: (boardId, layer) => told(trpc.rooms.board.query({ roomId, boardId, layer })),
    olderChat: (before) => told(trpc.rooms.olderChat.query({ roomId, before })),
    openStream: ({ after, connectionId, signal }) => {
      const query = new URLSearchParams({ after: String(after) });
      if (connectionId) query.set('connection', connectionId);
      return fetch(`/api/rooms/${roomId}/stream?${query}`, { signal, cache: 'no-store' });
    },
  };
}

async function told<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { code } = refusalOf(error);
    if (code === 'OFFLINE') throw new TransportError({ kind: 'away' });
    if (code === 'INTERNAL') throw new TransportError({ kind: 'failed' });
    const known = REFUSAL_CODES.find((refusal) => refusal === code);
    throw new TransportError({ kind: 'refused', code: known ?? 'NOT_ALLOWED' });
  }
}

import { refusalOf, type trpc } from '@/components/trpc';
import { REFUSAL_CODES } from '@/room/refusals';
import { type Transport, TransportError } from './transport';

/**
 * After this, commands that got no answer are sent again, in ms and per byte of them (64 kbit/s): on a connection of which
 * the other end is gone, nothing else would say so.
 */
const ANSWER_MS = 15_000;
const ANSWER_MS_A_BYTE = 1 / 8;

/** What a transport is made of: the API's client, and a `fetch` that finds the app at `/`. */
export type Wires = { trpc: Pick<typeof trpc, 'rooms'>; fetch: typeof fetch };

/**
 * Reaches the server by HTTP: tRPC for commands, one fetch for the stream.
 * @param answerMs  only tests shorten it
 */
export function createTrpcTransport(roomId: string, { trpc, fetch }: Wires, answerMs = ANSWER_MS): Transport {
  return {
    send: async (commands) => {
      const ms = answerMs + JSON.stringify(commands).length * ANSWER_MS_A_BYTE;
      const signal = AbortSignal.timeout(Math.ceil(ms));
      const { results } = await told(trpc.rooms.send.mutate({ roomId, commands: [...commands] }, { signal }));
      return results;
    },
    board: (boardId, layer) => told(trpc.rooms.board.query({ roomId, boardId, layer })),
    olderChat: (before) => told(trpc.rooms.olderChat.query({ roomId, before })),
    openStream: ({ after, connectionId, signal }) => {
      const query = new URLSearchParams({ after: String(after), confirms: '1' });
      if (connectionId) query.set('connection', connectionId);
      return fetch(`/api/rooms/${roomId}/stream?${query}`, { signal, cache: 'no-store' });
    },
    confirm: (connectionId) => {
      // One that is lost does not matter: the next one follows, and a broken stream says so itself.
      fetch(`/api/rooms/${roomId}/stream?connection=${connectionId}`, { method: 'POST' }).catch(
        () => undefined,
      );
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

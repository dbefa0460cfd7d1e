import { createTRPCClient, httpLink } from '@trpc/client';
import { createRoomLog } from '@/components/room-log/create-room-log';
import { createTrpcTransport } from '@/components/room-log/trpc-transport';
import type { RoomLog } from '@/components/room-log/types';
import type { AppRouter } from '@/server/router';
import type { Actor } from '../../scripts/actor';

/**
 * The browser's own room log, outside of a browser. `bases` are the web processes as a balancer would choose among them: in
 * turn, and the next one where a connection is refused.
 */
export async function openRoomLog(
  actor: Actor,
  slug: string,
  bases: () => readonly string[],
): Promise<RoomLog> {
  const fetchAny = balanced(await cookieOf(actor), bases);
  const trpc = createTRPCClient<AppRouter>({
    links: [httpLink({ url: 'http://balancer/api/trpc', fetch: fetchAny })],
  });
  const { opening } = await trpc.classroom.open.query({ slug });
  return createRoomLog(opening, createTrpcTransport(opening.roomId, { trpc, fetch: fetchAny }));
}

async function cookieOf(actor: Actor): Promise<string> {
  const { cookies } = await actor.storageState();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

function balanced(cookie: string, bases: () => readonly string[]): typeof fetch {
  let turn = 0;
  return async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input, 'http://balancer');
    const all = bases();
    turn += 1;
    for (let tries = 0; ; tries += 1) {
      const base = all[(turn + tries) % all.length] ?? '';
      const headers = new Headers(init?.headers);
      headers.set('cookie', cookie);
      headers.set('origin', process.env.LECTERN_URL ?? '');
      try {
        return await fetch(`${base}${pathname}${search}`, { ...init, headers });
      } catch (error) {
        if (!wasRefused(error) || tries + 1 >= all.length) throw error;
      }
    }
  };
}

/** Nothing listens there: nothing was sent, so that another one may be asked. */
function wasRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}

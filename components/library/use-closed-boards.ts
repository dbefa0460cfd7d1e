import { useEffect, useState } from 'react';
import { useRoom } from '@/components/room-log/use-room';
import { trpc } from '@/components/trpc';

type Answer = Awaited<ReturnType<typeof trpc.rooms.closedBoards.query>>;
export type ClosedBoard = Answer['boards'][number];
type State = { boards: readonly ClosedBoard[] | null; hasOlder: boolean; failed: boolean };

/** The room's closed boards, the last closed first: fetched anew whenever one is closed or opened. */
export function useClosedBoards(roomId: string): State & { showOlder: () => void; reload: () => void } {
  const [state, setState] = useState<State>({ boards: null, hasOlder: false, failed: false });
  const revision = useRoom(({ head }) => `${head.closings} ${head.boards.map(({ id }) => id).join(' ')}`);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let over = false;
    trpc.rooms.closedBoards.query({ roomId }).then(
      (answer) => !over && setState({ ...answer, failed: false }),
      () => !over && setState((before) => ({ ...before, failed: true })),
    );
    return () => {
      over = true;
    };
  }, [roomId, revision, tries]);
  async function showOlder() {
    const last = state.boards?.at(-1);
    if (!last) return;
    try {
      const { boards, hasOlder } = await trpc.rooms.closedBoards.query({ roomId, before: last.seq });
      setState(({ boards: known, failed }) => ({ boards: [...(known ?? []), ...boards], hasOlder, failed }));
    } catch {
      setState((before) => ({ ...before, failed: true }));
    }
  }
  return { ...state, showOlder: () => void showOlder(), reload: () => setTries((before) => before + 1) };
}

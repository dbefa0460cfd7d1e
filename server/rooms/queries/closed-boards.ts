import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';

export type ClosedBoardRow = {
  id: string;
  title: string;
  /** Of its last closing. */
  seq: number;
  /** ms since the epoch. */
  closedAt: number;
};

/**
 * Blank boards that were closed before `before`, each with its last closing, the last closed first.
 * @param open  those that are open again
 */
export async function selectClosedBoards(
  db: Executor,
  roomId: string,
  open: readonly string[],
  { before, limit }: { before: number; limit: number },
): Promise<ClosedBoardRow[]> {
  const boardId = sql`payload->>'boardId'`;
  const others: SQL =
    open.length === 0
      ? sql``
      : sql`and ${boardId} not in (${sql.join(
          open.map((id) => sql`${id}`),
          sql`, `,
        )})`;
  const rows = await db.execute<ClosedBoardRow>(sql`
    select id, title, seq, "closedAt" from (
      select distinct on (${boardId}) ${boardId} as id, payload->>'title' as title, seq::float8 as seq,
        floor(extract(epoch from at) * 1000)::float8 as "closedAt"
      from room_events
      where room_id = ${roomId} and type = 'board.closed' ${others}
      order by ${boardId}, room_events.seq desc
    ) as last
    where seq < ${before}
    order by seq desc
    limit ${limit}`);
  return [...rows];
}

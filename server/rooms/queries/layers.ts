import { and, eq, inArray, max, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { roomEvents } from '@/db/schema';
import type { Layer } from '@/room/boards';

/** The layers of these boards that ever changed, with each one's last change. */
export async function selectLayers(
  db: Executor,
  roomId: string,
  boardIds: readonly string[],
): Promise<{ boardId: string; layer: Layer; seq: number }[]> {
  if (boardIds.length === 0) return [];
  const boardId = sql<string>`payload->>'boardId'`;
  const layer = sql<string>`payload->>'layer'`;
  const rows = await db
    .select({ boardId, layer, seq: max(roomEvents.seq) })
    .from(roomEvents)
    .where(
      and(
        eq(roomEvents.roomId, roomId),
        sql`type = 'board.changed'`,
        inArray(sql`payload->>'boardId'`, [...boardIds]),
      ),
    )
    .groupBy(boardId, layer);
  return rows.map((row) => ({ ...row, seq: row.seq ?? 0 }));
}

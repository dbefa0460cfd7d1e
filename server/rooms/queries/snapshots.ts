import { and, desc, eq, lt, lte, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { boardSnapshots, roomSnapshots } from '@/db/schema';
import type { BoardRecord, Layer } from '@/room/boards';
import type { RoomState } from '@/room/state';

/** The newest stored head at or before a sequence number. */
export async function selectSnapshot(db: Executor, roomId: string, upTo: number): Promise<RoomState | null> {
  const [row] = await db
    .select({ head: roomSnapshots.head })
    .from(roomSnapshots)
    .where(and(eq(roomSnapshots.roomId, roomId), lte(roomSnapshots.seq, upTo)))
    .orderBy(desc(roomSnapshots.seq))
    .limit(1);
  return row ? (row.head as RoomState) : null;
}

export async function insertSnapshot(db: Executor, head: RoomState): Promise<void> {
  await db.insert(roomSnapshots).values({ roomId: head.roomId, seq: head.seq, head }).onConflictDoNothing();
}

/** The stored records of a board layer at or before a sequence number. */
export async function selectBoardSnapshot(
  db: Executor,
  roomId: string,
  boardId: string,
  layer: Layer,
): Promise<{ seq: number; records: BoardRecord[] } | null> {
  const [row] = await db
    .select({ seq: boardSnapshots.seq, records: boardSnapshots.records })
    .from(boardSnapshots)
    .where(
      and(
        eq(boardSnapshots.roomId, roomId),
        eq(boardSnapshots.boardId, boardId),
        eq(boardSnapshots.layer, layer),
      ),
    );
  return row ? { seq: row.seq, records: row.records as BoardRecord[] } : null;
}

export async function upsertBoardSnapshot(
  db: Executor,
  key: { roomId: string; boardId: string; layer: Layer },
  seq: number,
  records: readonly BoardRecord[],
): Promise<void> {
  await db
    .insert(boardSnapshots)
    .values({ ...key, seq, records })
    .onConflictDoUpdate({
      target: [boardSnapshots.roomId, boardSnapshots.boardId, boardSnapshots.layer],
      // What was sent once already: a second parameter would turn a large board into JSON twice.
      set: { seq, records: sql`excluded.records` },
      setWhere: lt(boardSnapshots.seq, seq),
    });
}

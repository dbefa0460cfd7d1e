import { and, asc, desc, eq, gt, inArray, lt, lte, notInArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { boardSnapshots, roomCommands, roomEvents, roomSnapshots, rooms } from '@/db/schema';
import type { BoardRecord, Layer } from '@/room/boards';
import type { CommandResult } from '@/room/commands';
import type { RoomEvent } from '@/room/events';
import type { RoomState } from '@/room/state';
import type { RoomViewer } from '@/room/visible';
import { isStaff } from '@/room/roles';

/** Postgres' clock now, ms since the epoch: the only clock that decides anything (L4). */
const clock = sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::float8`;

export type RoomHead = {
  headSeq: number;
  /** `at` of the last event, ms since the epoch. */
  lastAt: number;
  /** Postgres' clock, ms since the epoch. */
  now: number;
};

const headColumns = { headSeq: rooms.headSeq, lastAt: rooms.lastAt, now: clock };

/** Where a room's log stands; null: there is no such room. */
export async function selectHead(db: Executor, roomId: string): Promise<RoomHead | null> {
  const [row] = await db.select(headColumns).from(rooms).where(eq(rooms.id, roomId));
  return row ? { ...row, lastAt: row.lastAt.getTime() } : null;
}

/** The same under the room's row lock, held until the transaction ends (L2). */
export async function lockHead(tx: Executor, roomId: string): Promise<RoomHead | null> {
  const [row] = await tx.select(headColumns).from(rooms).where(eq(rooms.id, roomId)).for('update');
  return row ? { ...row, lastAt: row.lastAt.getTime() } : null;
}

export async function updateHead(
  tx: Executor,
  roomId: string,
  headSeq: number,
  lastAt: number,
): Promise<void> {
  await tx
    .update(rooms)
    .set({ headSeq, lastAt: new Date(lastAt) })
    .where(eq(rooms.id, roomId));
}

/** Where the logs of several rooms stand. */
export async function selectHeads(
  db: Executor,
  roomIds: readonly string[],
): Promise<{ id: string; headSeq: number }[]> {
  return db
    .select({ id: rooms.id, headSeq: rooms.headSeq })
    .from(rooms)
    .where(inArray(rooms.id, [...roomIds]));
}

export async function selectNow(db: Executor): Promise<number> {
  const [row] = await db.execute<{ now: number }>(sql`select ${clock} as now`);
  return row?.now ?? Number.NaN;
}

/** Tells every process something (T6). Never inside an append: NOTIFY takes an instance-wide lock at its commit. */
export async function notify(db: Executor, channel: string, payload: string): Promise<void> {
  await db.execute(sql`select pg_notify(${channel}, ${payload})`);
}

const eventColumns = {
  seq: roomEvents.seq,
  type: roomEvents.type,
  payload: roomEvents.payload,
  actor: roomEvents.actor,
  commandId: roomEvents.commandId,
  audience: roomEvents.audience,
  at: roomEvents.at,
};

type EventRow = {
  seq: number;
  type: string;
  payload: unknown;
  actor: string | null;
  commandId: string | null;
  audience: RoomEvent['audience'];
  at: Date;
};

/** A row as an event. What was written by an older version is brought up to date here (L5); so far nothing is older. */
function toEvent(row: EventRow): RoomEvent {
  return { ...row, at: row.at.getTime() } as RoomEvent;
}

/** Events in `(after, upTo]`, in order, at most `limit`. */
export async function selectEvents(
  db: Executor,
  roomId: string,
  range: { after: number; upTo: number; limit: number },
): Promise<RoomEvent[]> {
  const rows = await db
    .select(eventColumns)
    .from(roomEvents)
    .where(
      and(eq(roomEvents.roomId, roomId), gt(roomEvents.seq, range.after), lte(roomEvents.seq, range.upTo)),
    )
    .orderBy(asc(roomEvents.seq))
    .limit(range.limit);
  return rows.map(toEvent);
}

/** Only the events that change a head: strokes and chat, which are most of the log, are not read. */
export async function selectHeadEvents(
  db: Executor,
  roomId: string,
  range: { after: number; upTo: number },
): Promise<RoomEvent[]> {
  const rows = await db
    .select(eventColumns)
    .from(roomEvents)
    .where(
      and(
        eq(roomEvents.roomId, roomId),
        gt(roomEvents.seq, range.after),
        lte(roomEvents.seq, range.upTo),
        notInArray(roomEvents.type, ['board.changed', 'chat.sent']),
      ),
    )
    .orderBy(asc(roomEvents.seq));
  return rows.map(toEvent);
}

const PRESENCE = ['person.connected', 'person.disconnected', 'person.removed'];

/** Who came and went in `(after, upTo]`, in order. */
export async function selectPresence(
  db: Executor,
  roomId: string,
  range: { after: number; upTo: number },
): Promise<RoomEvent[]> {
  const rows = await db
    .select(eventColumns)
    .from(roomEvents)
    .where(
      and(
        eq(roomEvents.roomId, roomId),
        gt(roomEvents.seq, range.after),
        lte(roomEvents.seq, range.upTo),
        inArray(roomEvents.type, PRESENCE),
      ),
    )
    .orderBy(asc(roomEvents.seq));
  return rows.map(toEvent);
}

/** The events by which these connections came, as far as they did up to `upTo`, in order. */
export async function selectComings(
  db: Executor,
  roomId: string,
  connectionIds: readonly string[],
  upTo: number,
): Promise<RoomEvent[]> {
  if (connectionIds.length === 0) return [];
  const rows = await db
    .select(eventColumns)
    .from(roomEvents)
    .where(
      and(
        eq(roomEvents.roomId, roomId),
        lte(roomEvents.seq, upTo),
        eq(roomEvents.type, 'person.connected'),
        inArray(sql`payload->>'connectionId'`, [...connectionIds]),
      ),
    )
    .orderBy(asc(roomEvents.seq));
  return rows.map(toEvent);
}

export async function insertEvents(
  tx: Executor,
  roomId: string,
  events: readonly { event: RoomEvent; lessonId: string | null }[],
): Promise<void> {
  if (events.length === 0) return;
  await tx.insert(roomEvents).values(
    events.map(({ event, lessonId }) => ({
      roomId,
      seq: event.seq,
      lessonId,
      commandId: event.commandId,
      type: event.type,
      actor: event.actor,
      audience: event.audience,
      at: new Date(event.at),
      payload: event.payload,
    })),
  );
}

export type StoredAnswer = { id: string; actor: string; hash: string; result: CommandResult };

/** Answers that were given to these command ids before. */
export async function selectAnswers(
  db: Executor,
  roomId: string,
  ids: readonly string[],
): Promise<StoredAnswer[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      id: roomCommands.id,
      actor: roomCommands.actor,
      hash: roomCommands.hash,
      result: roomCommands.result,
    })
    .from(roomCommands)
    .where(and(eq(roomCommands.roomId, roomId), inArray(roomCommands.id, [...ids])));
  return rows as StoredAnswer[];
}

export async function insertAnswers(
  tx: Executor,
  roomId: string,
  answers: readonly StoredAnswer[],
): Promise<void> {
  if (answers.length > 0)
    await tx.insert(roomCommands).values(answers.map((answer) => ({ roomId, ...answer })));
}

/** What one statement appends: the events, the answers to their commands, and where the log ends then. */
export type AppendAtOnce = {
  expectedSeq: number;
  headSeq: number;
  events: readonly { event: RoomEvent; lessonId: string | null }[];
  answers: readonly StoredAnswer[];
};

/**
 * Appends in one statement, if the log ends at `expectedSeq`: no lock is held while somebody thinks. Gives the events' time
 * and Postgres' clock; null: nothing was written, since the log ends elsewhere, a command's id is known, or it is too much.
 * @param maxCharacters  of JSON
 */
export async function appendAtOnce(
  db: Executor,
  roomId: string,
  { expectedSeq, headSeq, events, answers }: AppendAtOnce,
  maxCharacters: number,
): Promise<{ at: number; now: number } | null> {
  const eventRows = JSON.stringify(events.map(({ event, lessonId }) => ({ ...event, lessonId })));
  if (eventRows.length > maxCharacters) return null;
  const statement = sql`
    with head as (
      update rooms
      set head_seq = ${headSeq}, last_at = greatest(last_at, date_trunc('milliseconds', clock_timestamp()))
      where id = ${roomId} and head_seq = ${expectedSeq}
      returning id, last_at
    ), appended as (
      insert into room_events (room_id, seq, lesson_id, command_id, type, actor, audience, at, payload)
      select head.id, e.seq, e."lessonId", e."commandId", e.type, e.actor, e.audience, head.last_at, e.payload
      from head, json_to_recordset(${eventRows}::json) as e(
        seq bigint, "lessonId" uuid, "commandId" uuid, type text, actor uuid, audience jsonb, payload jsonb)
    ), answered as (
      insert into room_commands (room_id, id, actor, hash, result)
      select head.id, a.id, a.actor, a.hash, a.result
      from head, json_to_recordset(${JSON.stringify(answers)}::json) as a(
        id uuid, actor uuid, hash text, result jsonb)
    )
    select floor(extract(epoch from last_at) * 1000)::float8 as at, ${clock} as now from head`;
  try {
    const [row] = await db.execute<{ at: number; now: number }>(statement);
    return row ?? null;
  } catch (error) {
    if (isRefusedData(error)) return null;
    throw error;
  }
}

/** Postgres' classes 22 (data) and 23 (integrity): the input is at fault, and trying the same again will not help. */
export function isRefusedData(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^2[23]/.test(at.code)) return true;
  }
  return false;
}

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
      set: { seq, records },
      setWhere: lt(boardSnapshots.seq, seq),
    });
}

/** Changes of one board layer in `(after, upTo]`, in order. */
export async function selectBoardEvents(
  db: Executor,
  key: { roomId: string; boardId: string; layer: Layer },
  range: { after: number; upTo: number },
): Promise<Extract<RoomEvent, { type: 'board.changed' }>[]> {
  const rows = await db
    .select(eventColumns)
    .from(roomEvents)
    .where(
      and(
        eq(roomEvents.roomId, key.roomId),
        sql`type = 'board.changed'`,
        sql`payload->>'boardId' = ${key.boardId}`,
        sql`payload->>'layer' = ${key.layer}`,
        gt(roomEvents.seq, range.after),
        lte(roomEvents.seq, range.upTo),
      ),
    )
    .orderBy(asc(roomEvents.seq));
  return rows.map(toEvent) as Extract<RoomEvent, { type: 'board.changed' }>[];
}

/** The newest chat messages in `seq < before` (and at most `upTo`) that a viewer may read, oldest first. */
export async function selectChat(
  db: Executor,
  roomId: string,
  viewer: RoomViewer,
  range: { before: number; limit: number },
): Promise<Extract<RoomEvent, { type: 'chat.sent' }>[]> {
  const personal =
    viewer.role === 'recorder'
      ? sql`false`
      : sql`(audience->'participants' ? ${viewer.id}${isStaff(viewer.role) ? sql` or audience->>'staff' = 'true'` : sql``})`;
  const rows = await db
    .select(eventColumns)
    .from(roomEvents)
    .where(
      and(
        eq(roomEvents.roomId, roomId),
        sql`type = 'chat.sent'`,
        lt(roomEvents.seq, range.before),
        sql`(audience = '"everyone"'::jsonb or ${personal})`,
      ),
    )
    .orderBy(desc(roomEvents.seq))
    .limit(range.limit);
  return rows.toReversed().map(toEvent) as Extract<RoomEvent, { type: 'chat.sent' }>[];
}

import { and, asc, desc, eq, gt, inArray, lt, lte, max, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { roomCommands, roomEvents, rooms } from '@/db/schema';
import { PRESENCE } from '@/room/attendance';
import type { Layer } from '@/room/boards';
import type { CommandResult } from '@/room/commands';
import type { RoomEvent } from '@/room/events';
import type { RoomViewer } from '@/room/visible';
import { isStaff } from '@/room/roles';

/** Postgres' clock now, ms since the epoch: the only clock that decides anything (L4). */
export const clock = sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::float8`;

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

/** A machine that is gone without a word would keep its transaction open, and a room locked, for hours. Seconds. */
const HEARD_OF = 30;

/** The same under the room's row lock, held until the transaction ends (L2), or nothing was heard of it for so long. */
export async function lockHead(
  tx: Executor,
  roomId: string,
  heardOfSeconds = HEARD_OF,
): Promise<RoomHead | null> {
  const bound = sql<string>`set_config('idle_in_transaction_session_timeout', ${String(heardOfSeconds * 1000)}, true)`;
  const [row] = await tx
    .select({ ...headColumns, bound })
    .from(rooms)
    .where(eq(rooms.id, roomId))
    .for('update');
  if (!row) return null;
  const { headSeq, lastAt, now } = row;
  return { headSeq, lastAt: lastAt.getTime(), now };
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

/** A room's events of which `where` is true, in order. */
async function readEvents(
  db: Executor,
  roomId: string,
  where: SQL | undefined,
  limit?: number,
): Promise<RoomEvent[]> {
  const ordered = db
    .select(eventColumns)
    .from(roomEvents)
    .where(and(eq(roomEvents.roomId, roomId), where))
    .orderBy(asc(roomEvents.seq));
  const rows = await (limit === undefined ? ordered : ordered.limit(limit));
  return rows.map(toEvent);
}

type Range = { after: number; upTo: number };

const within = ({ after, upTo }: Range) => and(gt(roomEvents.seq, after), lte(roomEvents.seq, upTo));

/** Events in `(after, upTo]`, in order, at most `limit`. */
export function selectEvents(
  db: Executor,
  roomId: string,
  { limit, ...range }: Range & { limit: number },
): Promise<RoomEvent[]> {
  return readEvents(db, roomId, within(range), limit);
}

/**
 * The first events in `(after, upTo]`, in order: at most `limit`, and no more than take `storedBytes` in the table (where they
 * are compressed), but one. What lies beyond is not read.
 */
export function selectPiece(
  db: Executor,
  roomId: string,
  { limit, storedBytes, ...range }: Range & { limit: number; storedBytes: number },
): Promise<RoomEvent[]> {
  const sized = db
    .select({
      seq: roomEvents.seq,
      before: sql<number>`coalesce(sum(pg_column_size(${roomEvents.payload})) over (
        order by ${roomEvents.seq} rows between unbounded preceding and 1 preceding), 0)`.as('before'),
    })
    .from(roomEvents)
    .where(and(eq(roomEvents.roomId, roomId), within(range)))
    .orderBy(asc(roomEvents.seq))
    .limit(limit)
    .as('sized');
  const last = db
    .select({ seq: max(sized.seq) })
    .from(sized)
    .where(lt(sized.before, storedBytes));
  return readEvents(db, roomId, and(gt(roomEvents.seq, range.after), lte(roomEvents.seq, last)));
}

/** Only the events that change a head: strokes and chat, which are most of the log, are not read. */
export function selectHeadEvents(db: Executor, roomId: string, range: Range): Promise<RoomEvent[]> {
  const ofHead = notInArray(roomEvents.type, ['board.changed', 'chat.sent']);
  return readEvents(db, roomId, and(within(range), ofHead));
}

/** Who came and went in `(after, upTo]`, in order. */
export function selectPresence(db: Executor, roomId: string, range: Range): Promise<RoomEvent[]> {
  return readEvents(db, roomId, and(within(range), inArray(roomEvents.type, PRESENCE)));
}

/** The events by which these connections came, as far as they did up to `upTo`, in order. */
export async function selectComings(
  db: Executor,
  roomId: string,
  connectionIds: readonly string[],
  upTo: number,
): Promise<RoomEvent[]> {
  if (connectionIds.length === 0) return [];
  const theirs = and(
    eq(roomEvents.type, 'person.connected'),
    inArray(sql`payload->>'connectionId'`, [...connectionIds]),
  );
  return readEvents(db, roomId, and(lte(roomEvents.seq, upTo), theirs));
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

import { sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import type { RoomEvent } from '@/room/events';
import { clock, type StoredAnswer } from './log';

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
export async function appendIfCurrent(
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

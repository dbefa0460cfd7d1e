import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { lessons } from '@/db/schema';

export type PlannedLesson = { id: string; title: string; startsAt: Date; durationMinutes: number };

/** The room's live lesson and the next ones that have not run out of their planned time. */
export async function listNextLessons(db: Executor, roomId: string): Promise<PlannedLesson[]> {
  return db
    .select({
      id: lessons.id,
      title: lessons.title,
      startsAt: lessons.startsAt,
      durationMinutes: lessons.durationMinutes,
    })
    .from(lessons)
    .where(
      and(
        eq(lessons.roomId, roomId),
        inArray(lessons.status, ['live', 'scheduled']),
        sql`(${lessons.status} = 'live' or ${lessons.startsAt} + ${lessons.durationMinutes} * interval '1 minute' > now())`,
      ),
    )
    .orderBy(sql`${lessons.status} = 'live' desc`, asc(lessons.startsAt))
    .limit(3);
}

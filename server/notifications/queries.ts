import { and, count, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { courses, enrolments, lessonRegistrations, notifications } from '@/db/schema';

export type NotificationRow = typeof notifications.$inferSelect;
type NewNotification = Pick<NotificationRow, 'userId' | 'kind' | 'courseId' | 'facts' | 'key'>;

/** Writes notifications; one whose key its person has already is left out. */
export async function insertNotifications(db: Executor, rows: readonly NewNotification[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(notifications)
    .values(rows.map((row) => ({ ...row, id: sql`gen_random_uuid()` })))
    .onConflictDoNothing({ target: [notifications.userId, notifications.key] });
}

/** The same for everybody enrolled in a course whose lesson it is, but for one: one statement, however many they are. */
export async function insertForClass(
  db: Executor,
  { courseId, lessonId, except }: { courseId: string; lessonId: string; except: string | null },
  { kind, facts, key }: Pick<NotificationRow, 'kind' | 'facts' | 'key'>,
): Promise<void> {
  await db.execute(sql`
    insert into ${notifications} (id, user_id, kind, course_id, facts, key)
    select gen_random_uuid(), ${enrolments.userId}, ${kind}, ${courseId}::uuid,
      ${JSON.stringify(facts)}::jsonb || jsonb_build_object('course', ${courses.title}), ${key}
    from ${enrolments} join ${courses} on ${courses.id} = ${enrolments.courseId}
    where ${enrolments.courseId} = ${courseId} and ${enrolments.userId} is distinct from ${except}::uuid
      and (${enrolments.scope} = 'series' or exists (
        select from ${lessonRegistrations}
        where ${lessonRegistrations.lessonId} = ${lessonId} and ${lessonRegistrations.userId} = ${enrolments.userId}))
    on conflict (user_id, key) do nothing`);
}

/** Takes back what those who are enrolled in a course have not read yet. */
export async function deleteUnread(db: Executor, courseId: string, keys: readonly string[]): Promise<void> {
  const people = db
    .select({ id: enrolments.userId })
    .from(enrolments)
    .where(eq(enrolments.courseId, courseId));
  await db
    .delete(notifications)
    .where(
      and(
        inArray(notifications.userId, people),
        inArray(notifications.key, [...keys]),
        isNull(notifications.readAt),
      ),
    );
}

const unread = (userId: string) => and(eq(notifications.userId, userId), isNull(notifications.readAt));

export async function countUnread(db: Executor, userId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(notifications).where(unread(userId));
  return row?.count ?? 0;
}

/** The newest notifications of somebody. */
export function listNewest(db: Executor, userId: string, limit: number): Promise<NotificationRow[]> {
  return db
    .select()
    .from(notifications)
    .where(eq(notifications.userId, userId))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit);
}

/** Marks what somebody has seen up to an instant. What came since stays unread. */
export async function markRead(db: Executor, userId: string, upTo: Date): Promise<void> {
  await db
    .update(notifications)
    .set({ readAt: sql`now()` })
    .where(and(unread(userId), lte(notifications.createdAt, upTo)));
}

/** Forgets what is older than so many days; what was read sooner. */
export async function deleteOld(db: Executor, days: { read: number; any: number }): Promise<void> {
  const age = (count: number) => sql`now() - make_interval(days => ${count})`;
  await db
    .delete(notifications)
    .where(or(lt(notifications.createdAt, age(days.any)), lt(notifications.readAt, age(days.read))));
}

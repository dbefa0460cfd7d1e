import type { Executor } from '@/db/client';
import type { App } from '../app';
import * as queries from './queries';

const SHOWN = 30;

/** What changed, in the words that its sentence is made of (`bell.<kind>` of the messages). */
export type News = {
  kind: queries.NotificationRow['kind'];
  courseId: string | null;
  facts: Record<string, string | number>;
  /** The same key for the same person is the same news: what is tried twice is told once. */
  key: string;
};

/** Tells people of something, in the transaction in which it happens: it stands in their bell if, and only if, that commits. */
export async function notify(tx: Executor, userIds: readonly string[], news: News): Promise<void> {
  await queries.insertNotifications(
    tx,
    [...new Set(userIds)].map((userId) => ({ userId, ...news })),
  );
}

/**
 * Tells everybody of a lesson's class: who is enrolled for all of the course, or for this lesson.
 * @param lesson.except  who did it, and knows
 */
export function notifyClass(
  tx: Executor,
  lesson: { courseId: string; lessonId: string; except: string | null },
  news: Omit<News, 'courseId'>,
): Promise<void> {
  return queries.insertForClass(tx, lesson, news);
}

/** Takes news of a course back that is true no more; who has read it keeps it. */
export function takeBack(tx: Executor, courseId: string, keys: readonly string[]): Promise<void> {
  return queries.deleteUnread(tx, courseId, keys);
}

/** How much is new for somebody. */
export async function readUnread(app: Pick<App, 'db'>, userId: string): Promise<{ count: number }> {
  return { count: await queries.countUnread(app.db, userId) };
}

/** The newest of what changed for somebody. Instants in ms since the epoch. */
export async function readBell(app: Pick<App, 'db'>, userId: string) {
  const rows = await queries.listNewest(app.db, userId, SHOWN);
  return rows.map(({ id, kind, courseId, facts, createdAt, readAt }) => ({
    ...{ id, kind, courseId, facts },
    createdAt: createdAt.getTime(),
    isNew: readAt === null,
  }));
}

/** Marks as read what was there at an instant (ms since the epoch): the newest that somebody was shown. */
export function markRead(app: Pick<App, 'db'>, userId: string, upTo: number): Promise<void> {
  // Postgres counts microseconds: what happened within the same millisecond was shown too.
  return queries.markRead(app.db, userId, new Date(upTo + 1));
}

/** How long news is kept, in days: what was read is soon of no use. */
const KEPT = { read: 30, any: 90 };

/** Forgets old news. */
export function purgeNotifications(app: Pick<App, 'db'>): Promise<void> {
  return queries.deleteOld(app.db, KEPT);
}

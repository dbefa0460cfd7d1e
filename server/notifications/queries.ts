import type { Executor } from '@/db/client';
import { notifications } from '@/db/schema';

export type NewNotification = typeof notifications.$inferInsert;

/** Writes notifications; one whose key its person has already is left out. */
export async function insertNotifications(db: Executor, rows: readonly NewNotification[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(notifications)
    .values([...rows])
    .onConflictDoNothing({ target: [notifications.userId, notifications.key] });
}

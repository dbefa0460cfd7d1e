import type { Executor } from '@/db/client';
import type { App } from '../app';
import * as queries from './queries';

/** What changed, in the words that its sentence is made of (`messages/*.json`, `bell.<kind>`). */
export type News = {
  kind: queries.NewNotification['kind'];
  courseId: string | null;
  facts: Record<string, string | number>;
  /** The same key for the same person is the same news: what is tried twice is told once. */
  key: string;
};

/** Tells people of something, in the transaction in which it happens: it stands in their bell if, and only if, that commits. */
export async function notify(
  app: Pick<App, 'newId'>,
  tx: Executor,
  userIds: readonly string[],
  { kind, courseId, facts, key }: News,
): Promise<void> {
  const rows = [...new Set(userIds)].map((userId) => ({
    id: app.newId(),
    userId,
    kind,
    courseId,
    facts,
    key,
  }));
  await queries.insertNotifications(tx, rows);
}

import type { Executor } from '@/db/client';
import { notifyClass, takeBack } from '../notifications/service';

type Lesson = { id: string; courseId: string; title: string };

const cancelledKey = (lessonId: string) => `lesson-cancelled:${lessonId}`;

/** Tells a lesson's class that it is called off. Of several at once, the one that was pressed stands for all. @param by  who did it */
export function tellCancelled(tx: Executor, { id, courseId, title }: Lesson, by: string): Promise<void> {
  const news = { kind: 'lesson-cancelled', facts: { lesson: title }, key: cancelledKey(id) } as const;
  return notifyClass(tx, { courseId, lessonId: id, except: by }, news);
}

/** Takes that back, for who has not read it yet. */
export async function tellRestored(
  tx: Executor,
  courseId: string,
  lessonIds: readonly string[],
): Promise<void> {
  await takeBack(tx, courseId, lessonIds.map(cancelledKey));
}

/** Tells a lesson's class when it is now. */
export function tellMoved(
  tx: Executor,
  { id, courseId, title }: Lesson,
  { startsAt, by }: { startsAt: Date; by: string },
): Promise<void> {
  const facts = { lesson: title, startsAt: startsAt.getTime() };
  const key = `lesson-moved:${id}:${startsAt.getTime()}`;
  return notifyClass(tx, { courseId, lessonId: id, except: by }, { kind: 'lesson-moved', facts, key });
}

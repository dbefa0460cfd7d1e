import type { App } from '../app';
import { AppError } from '../errors';
import { appendSystem } from '../rooms/service';
import { startVerdict } from './policy';
import * as queries from './queries';

/**
 * Starts a lesson: `lesson.started` in its room's log, and the row with it, in one transaction. Starting a running lesson
 * again changes nothing. Who may is the caller's to ask.
 * @throws AppError NOT_FOUND; LESSON_ENDED for one that is over or called off; ANOTHER_LESSON_LIVE
 */
export async function startLesson(app: App, lessonId: string): Promise<void> {
  const lesson = await queries.findLesson(app.db, lessonId);
  if (!lesson) throw new AppError('NOT_FOUND');
  const verdict = startVerdict(lesson.status);
  if (verdict === 'over') throw new AppError('LESSON_ENDED');
  if (verdict === 'already') return;
  const command = { type: 'lesson.start', payload: { lessonId, title: lesson.title } } as const;
  const started = await appendSystem(app, lesson.roomId, command, async (tx, events) => {
    const [event] = events;
    if (!event) return;
    // The room's row is locked here: what two people ask at once is one start, and one that finds it done.
    const marked = await queries.markStarted(tx, lessonId, event.seq, new Date(event.at));
    if (!marked) throw new AppError('LESSON_ENDED');
  });
  if (started.length > 0) app.log.info({ lessonId, roomId: lesson.roomId }, 'lesson started');
}

/**
 * Ends a lesson: `lesson.ended` in its room's log, and the row with it. Ending one that has ended changes nothing.
 * @param reason  `empty`: everybody had left
 * @throws AppError NOT_FOUND; LESSON_NOT_LIVE for one that never began
 */
export async function endLesson(app: App, lessonId: string, reason: 'ended' | 'empty'): Promise<void> {
  const lesson = await queries.findLesson(app.db, lessonId);
  if (!lesson) throw new AppError('NOT_FOUND');
  if (lesson.status === 'ended') return;
  if (lesson.status !== 'live') throw new AppError('LESSON_NOT_LIVE');
  const command = { type: 'lesson.end', payload: { lessonId, reason } } as const;
  const ended = await appendSystem(app, lesson.roomId, command, async (tx, events) => {
    const [event] = events;
    if (event) await queries.markEnded(tx, lessonId, event.seq, new Date(event.at));
  });
  if (ended.length > 0) app.log.info({ lessonId, roomId: lesson.roomId, reason }, 'lesson ended');
}

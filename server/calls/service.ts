import type { App } from '../app';
import { getCourse } from '../courses/service';
import { AppError } from '../errors';
import { mayCall } from './policy';
import { listMine, type PastCall } from './queries/calls';
import * as people from './queries/people';

export { acceptCall, cancelCall, declineCall } from './answering';
export { placeCall } from './placing';
export { purgeCalls } from './sweeping';

const SHOWN = 10;

type Reach = { me: string; whom: 'everybody' | 'staff' | 'nobody'; online: string[]; busy: string[] };

/**
 * Whom somebody may call in a course, and who of them is there: `online` can be rung, `busy` are on the line or in a class. Who is in
 * neither is away. Nobody learns of people whom they may not call.
 * @throws AppError NOT_FOUND
 */
export async function readReach(app: App, userId: string, courseId: string): Promise<Reach> {
  const { role } = await getCourse(app, userId, courseId);
  if (!(await people.isCalledIn(app.db, courseId)))
    return { me: userId, whom: 'nobody', online: [], busy: [] };
  const there = await people.listOnline(app.db, courseId);
  const reached = there.filter((one) => one.id !== userId && mayCall(role, one.role));
  return {
    me: userId,
    whom: mayCall(role, 'student') ? 'everybody' : 'staff',
    online: reached.filter(({ busy }) => !busy).map(({ id }) => id),
    busy: reached.filter(({ busy }) => busy).map(({ id }) => id),
  };
}

/** Somebody's own calls in a course, newest first. Instants in ms since the epoch. @throws AppError NOT_FOUND */
export async function listCalls(app: App, userId: string, courseId: string): Promise<PastCall[]> {
  await getCourse(app, userId, courseId);
  return listMine(app.db, { courseId, userId, most: SHOWN });
}

/** Whether people of their courses see somebody online and can call them. @throws AppError NOT_FOUND */
export async function readTakesCalls(app: Pick<App, 'db'>, userId: string): Promise<{ on: boolean }> {
  const on = await people.findTakesCalls(app.db, userId);
  if (on === null) throw new AppError('NOT_FOUND');
  return { on };
}

export function setTakesCalls(app: Pick<App, 'db'>, userId: string, on: boolean): Promise<void> {
  return people.setTakesCalls(app.db, userId, on);
}

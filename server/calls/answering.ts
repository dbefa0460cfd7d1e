import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { startLesson } from '../lessons/service';
import { metrics } from '../metrics';
import { createRoom } from '../rooms/service';
import type { CallState } from './machine';
import { tellMissed } from './news';
import { isCallerHost } from './policy';
import * as queries from './queries/calls';
import { tellOf } from './runtime';

const MAX_TITLE = 120;
/** How long a call is planned to take: it takes as long as it takes. */
const MINUTES = 30;

/** How a call stands after somebody wanted something of it. `slug`: its room. `mine`: it was this wish that decided it. */
export type Answer = { state: CallState; slug: string | null; mine: boolean };

/**
 * Accepts a call: both meet in a room of their own, in which a class of two has begun. Of several tabs one has accepted it, and the others learn that.
 * @throws AppError NOT_FOUND for who is not called
 */
export async function acceptCall(app: App, userId: string, callId: string): Promise<Answer> {
  const found = await queries.findCall(app.db, callId, { calleeId: userId });
  if (!found) throw new AppError('NOT_FOUND');
  const accepted = await app.db.transaction(async (tx) => {
    const call = await queries.advance(tx, callId, 'accept');
    return call && { call, lessonId: await makeRoom(app, tx, call) };
  });
  if (accepted) {
    await startLesson(app, accepted.lessonId);
    await settled(app, accepted.call);
  }
  return answerOf(app, { calleeId: userId }, callId, accepted !== null);
}

/** Says no to a call. One that rings no more stays what it is. @throws AppError NOT_FOUND for who is not called */
export async function declineCall(app: App, userId: string, callId: string): Promise<Answer> {
  const found = await queries.findCall(app.db, callId, { calleeId: userId });
  if (!found) throw new AppError('NOT_FOUND');
  const call = await app.db.transaction((tx) => silence(tx, callId, 'decline'));
  if (call) await settled(app, call);
  return answerOf(app, { calleeId: userId }, callId, call !== null);
}

/** Gives up calling. Who was called finds it in their bell. @throws AppError NOT_FOUND for who does not call */
export async function cancelCall(app: App, userId: string, callId: string): Promise<Answer> {
  const found = await queries.findCall(app.db, callId, { callerId: userId });
  if (!found) throw new AppError('NOT_FOUND');
  const call = await app.db.transaction(async (tx) => {
    const cancelled = await silence(tx, callId, 'cancel');
    if (cancelled) await tellMissed(tx, cancelled, 'cancelled');
    return cancelled;
  });
  if (call) await settled(app, call);
  return answerOf(app, { callerId: userId }, callId, call !== null);
}

async function answerOf(
  app: App,
  by: { callerId: string } | { calleeId: string },
  callId: string,
  mine: boolean,
): Promise<Answer> {
  const now = await queries.findCall(app.db, callId, by);
  if (!now) throw new AppError('NOT_FOUND');
  return { ...now, mine };
}

/** Ends the ringing, and both are free to be called again; null: it came too late. */
export async function silence(
  tx: Executor,
  callId: string,
  event: 'decline' | 'cancel' | 'time-out',
): Promise<queries.CallRow | null> {
  const call = await queries.advance(tx, callId, event);
  if (call) await queries.freeLines(tx, callId);
  return call;
}

/** Counts what became of a call, and tells its people's tabs. */
export async function settled(app: App, call: queries.CallRow): Promise<void> {
  metrics.calls.inc({ outcome: call.state });
  app.log.info({ callId: call.id, courseId: call.courseId, state: call.state }, 'call');
  await tellOf(app, [call.callerId, call.calleeId]);
}

/** A small course of two with its room, as a booked hour is one (docs/decisions/017), and a lesson of it that can begin. */
async function makeRoom(app: App, tx: Executor, call: queries.CallRow): Promise<string> {
  const parties = await queries.findParties(tx, call);
  if (!parties) throw new AppError('NOT_FOUND');
  const { caller, callee } = parties;
  const roleOf = ({ isOwner, role }: typeof caller) => (isOwner ? 'owner' : (role ?? 'student'));
  const callerHosts = isCallerHost(roleOf(caller), roleOf(callee));
  const [host, guest] = callerHosts ? [caller, callee] : [callee, caller];
  const title = `${host.name} · ${guest.name}`.slice(0, MAX_TITLE);
  const [courseId, lessonId] = [app.newId(), app.newId()];
  const { timeZone } = host;
  await queries.insertCallCourse(
    tx,
    { id: courseId, ownerId: host.id, title, timeZone },
    { userId: guest.id, role: roleOf(guest) === 'student' ? 'student' : 'teacher' },
  );
  const { id: roomId } = await createRoom(tx, { courseId, title, newId: app.newId });
  const lesson = { id: lessonId, courseId, roomId, title, timeZone, durationMinutes: MINUTES };
  await queries.insertCallLesson(tx, lesson);
  await queries.setLesson(tx, call.id, lessonId);
  return lessonId;
}

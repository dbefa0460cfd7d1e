import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { metrics } from '../metrics';
import { acceptCall } from './answering';
import { tellMissed } from './news';
import { mayCall, tooMany, unreachable } from './policy';
import * as queries from './queries/calls';
import { findPair } from './queries/people';
import { tellOf } from './runtime';

const TRIES = 3;

/** What came of pressing **Call**. `slug`: the room, where the other one was ringing at the same moment. */
export type Placed = { callId: string; state: 'ringing' | 'busy' | 'answered'; slug: string | null };

type Wish = { courseId: string; callerId: string; calleeId: string };
type Outcome = { call: queries.CallRow; meets: boolean; isNew: boolean };

/** Somebody else's call came in between: what was found out is not so any more. */
class Overtaken extends Error {}

/**
 * Rings a person of the same course. Whom one is ringing already goes on ringing; who rings oneself at the same moment is accepted.
 * Where the other one is on the line or in a class it never rings, and stands in their bell.
 * @throws AppError NOT_FOUND where the two are not people of the course; NOT_ALLOWED for oneself, and between students; PERSON_AWAY;
 *   ALREADY_CALLING; TOO_MANY_REQUESTS
 */
export async function placeCall(
  app: App,
  callerId: string,
  { courseId, personId }: { courseId: string; personId: string },
): Promise<Placed> {
  const wish = { courseId, callerId, calleeId: personId };
  if (personId === callerId) throw new AppError('NOT_ALLOWED');
  const pair = await findPair(app.db, wish);
  if (!pair?.callerRole || !pair.calleeRole) throw new AppError('NOT_FOUND');
  if (!mayCall(pair.callerRole, pair.calleeRole)) throw new AppError('NOT_ALLOWED');
  const why = unreachable(pair);
  if (why === 'away') throw new AppError('PERSON_AWAY');
  const { call, meets, isNew } = await tryRinging(app, wish, why === 'busy');
  if (isNew) metrics.calls.inc({ outcome: call.state });
  if (meets) {
    const { slug } = await acceptCall(app, callerId, call.id);
    // They gave up in this moment: now it is this one who calls.
    return slug
      ? { callId: call.id, state: 'answered', slug }
      : placeCall(app, callerId, { courseId, personId });
  }
  await tellOf(app, [call.callerId, call.calleeId]);
  return { callId: call.id, state: call.state === 'busy' ? 'busy' : 'ringing', slug: null };
}

async function tryRinging(app: App, wish: Wish, busy: boolean): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await app.db.transaction((tx) => ring(app, tx, wish, busy));
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt === TRIES) throw error;
    }
  }
}

async function ring(app: App, tx: Executor, wish: Wish, busy: boolean): Promise<Outcome> {
  const { callerId, calleeId } = wish;
  await queries.lockCaller(tx, callerId);
  const open = await queries.findOnLine(tx, callerId);
  if (open?.state === 'ringing') {
    const same = open.callerId === callerId && open.calleeId === calleeId;
    const meets = open.callerId === calleeId;
    if (same || meets) return { call: open, meets, isNew: false };
    throw new AppError('ALREADY_CALLING');
  }
  // Who calls again is on the way to no room any more.
  if (open) await queries.freeLines(tx, open.id, callerId);
  const recent = await queries.countRecent(tx, callerId, calleeId);
  if (tooMany(recent)) throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 60 });
  const call = await queries.insertCall(
    tx,
    { id: app.newId(), state: 'ringing', ...wish },
    app.env.LECTERN_RING_SECONDS,
  );
  const got = busy ? 'busy' : await takeLines(tx, call.id, wish);
  if (got === 'both') return { call, meets: false, isNew: true };
  await queries.markBusy(tx, call.id);
  await tellMissed(tx, call, 'busy');
  return { call: { ...call, state: 'busy' }, meets: false, isNew: true };
}

/** @throws Overtaken where one's own line was taken meanwhile: by somebody who rings here. */
async function takeLines(
  tx: Executor,
  callId: string,
  { callerId, calleeId }: Wish,
): Promise<'both' | 'busy'> {
  const got = await queries.takeLines(tx, callId, [callerId, calleeId]);
  if (!got.includes(callerId)) throw new Overtaken();
  if (got.includes(calleeId)) return 'both';
  await queries.freeLines(tx, callId);
  return 'busy';
}

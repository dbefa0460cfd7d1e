import type { App } from '../app';
import { startLesson } from '../lessons/service';
import { settled, silence } from './answering';
import { tellMissed } from './news';
import * as queries from './queries/calls';
import { deleteLapsed } from './queries/connections';

const AT_ONCE = 100;
/** Who has accepted, or was accepted, is expected in the room so long and busy until then. Seconds. */
const ON_THE_WAY_SECONDS = 15;
/** A process that accepted a call and died before its class began is given so long. Seconds. */
const START_SECONDS = 3;
/** How long calls that nobody answered are kept. */
const KEPT_DAYS = 90;

/**
 * What becomes of calls by time, whoever placed them: those that nobody answers are missed, those whose class is over have ended. Any
 * process does it for all; of several at once one does each.
 */
export async function sweepCalls(app: App): Promise<void> {
  if (!(await queries.isAnyOpen(app.db))) return;
  for (const id of await queries.listOverdue(app.db, AT_ONCE)) await miss(app, id);
  for (const lessonId of await queries.listUnstarted(app.db, START_SECONDS)) await startLesson(app, lessonId);
  for (const id of await queries.listEnded(app.db, AT_ONCE)) {
    const call = await queries.advance(app.db, id, 'end');
    if (call) await settled(app, call);
  }
  await queries.freeArrived(app.db, ON_THE_WAY_SECONDS);
}

async function miss(app: App, callId: string): Promise<void> {
  const missed = await app.db.transaction(async (tx) => {
    const call = await silence(tx, callId, 'time-out');
    if (call) await tellMissed(tx, call, 'missed');
    return call;
  });
  if (missed) await settled(app, missed);
}

/** Forgets browsers that went away without a word. */
export function sweepConnections(app: App): Promise<void> {
  return deleteLapsed(app.db);
}

/** Forgets old calls that nobody answered; the others are part of what was taught. */
export function purgeCalls(app: Pick<App, 'db'>): Promise<void> {
  return queries.deleteOld(app.db, KEPT_DAYS);
}

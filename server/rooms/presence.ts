import { z } from 'zod';
import type { App } from '../app';
import { AppError } from '../errors';
import { metrics } from '../metrics';
import { forEachAlone } from '../repeat';
import type { Participant } from './people';
import * as queries from './queries/presence';
import { enqueueSystem } from './room-queue';
import { runtimeOf } from './runtime';

/** How long a connection counts after its process was last heard of, and how often the process says so. Seconds. */
const LEASE_SECONDS = 30;
const RENEW_MS = 10_000;
/** A tab that confirms (every 30 s) and has not for so long is behind a connection whose other end is gone. Seconds. */
const SILENT_SECONDS = 75;
/** How long somebody who closed a stream still counts: a reload or a short loss of network is not a leaving. Seconds. */
const GRACE_SECONDS = 5;
/** How often leases that ran out are looked for. */
const SWEEP_MS = 1000;
/** How often open streams are held against the database: whose sign-in or enrolment has ended hears nothing more. */
const RECHECK_MS = 5000;
const SWEEP_AT_ONCE = 200;

const connectionId = z.uuid();

/** Which connection a stream is: the one that the tab had before, if it names it, else a new one. */
export function connectionIdFor(app: App, asked: string | null): string {
  const parsed = connectionId.safeParse(asked);
  return parsed.success ? parsed.data : app.newId();
}

/**
 * Leases a tab's row. Gives the connection's id: the asked one where the tab had it before, a new one otherwise (also where
 * the asked one is somebody else's).
 */
export async function leaseConnection(
  app: App,
  participant: Participant,
  asked: string | null,
  { userAgent, confirms }: { userAgent: string | null; confirms: boolean },
): Promise<string> {
  const { instanceId } = runtimeOf(app);
  const lease = (id: string) =>
    queries.upsertConnection(
      app.db,
      { id, roomId: participant.roomId, participantId: participant.id, instanceId, userAgent, confirms },
      LEASE_SECONDS,
    );
  const id = connectionIdFor(app, asked);
  if (await lease(id)) return id;
  const own = app.newId();
  await lease(own);
  return own;
}

/** Tells the log that a tab is here, if it does not know and the tab was not given up meanwhile. Throws REMOVED. */
export async function announceConnection(
  app: App,
  participant: Participant,
  id: string,
  userAgent: string | null,
): Promise<void> {
  const { id: participantId, name, role } = participant;
  const payload = { participantId, name, role, connectionId: id, device: deviceOf(userAgent) };
  try {
    await enqueueSystem(app, participant.roomId, { type: 'person.connect', payload }, async (tx, events) => {
      // Nobody would ever say of them that they have gone.
      if (events.length > 0 && !(await queries.isOpen(tx, id))) throw new AppError('NOT_ALLOWED');
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_ALLOWED') throw error;
  }
}

/**
 * Says that a tab's stream is closed; `left`: for good. It goes on counting for a grace; then the sweep tells the log.
 */
export async function disconnect(app: App, id: string, left: boolean): Promise<void> {
  await queries.endConnection(app.db, id, runtimeOf(app).instanceId, { graceSeconds: GRACE_SECONDS, left });
}

/** A tab says goodbye. Another person's connection, or one that is none, is left alone. */
export async function sayGoodbye(app: App, participant: Participant, asked: string | null): Promise<void> {
  const parsed = connectionId.safeParse(asked);
  if (!parsed.success) return;
  const { roomId, id: participantId } = participant;
  await queries.leaveConnection(app.db, { id: parsed.data, roomId, participantId });
}

/** What kind of device, and no more: everyone in the room can read it. */
export function deviceOf(userAgent: string | null): string {
  if (!userAgent) return 'other';
  if (/iPad|Tablet|Android(?!.*Mobile)/.test(userAgent)) return 'tablet';
  return /Mobi|iPhone|Android/.test(userAgent) ? 'phone' : 'computer';
}

/**
 * A tab says that it is there. A connection whose other end is gone without a word looks open from here for a quarter of an
 * hour, and for ever through a proxy: so the other end has to speak (C6).
 */
export async function confirmConnection(app: App, roomId: string, id: string): Promise<void> {
  await queries.hearConnection(app.db, roomId, id);
}

/**
 * Renews the leases of this process' open streams, in one statement; who was given up meanwhile is here again, and who should
 * have been heard of and was not is let go of.
 */
export async function renewLeases(app: App): Promise<void> {
  const { hub, instanceId } = runtimeOf(app);
  const held = new Map(hub.listeners().map((listener) => [listener.connectionId, listener]));
  const times = { leaseSeconds: LEASE_SECONDS, silentSeconds: SILENT_SECONDS };
  const lost = await queries.renewConnections(app.db, instanceId, [...held.keys()], times);
  if (lost.length === 0) return;
  const silent = await queries.lapseSilent(app.db, instanceId, lost, SILENT_SECONDS);
  metrics.failures.inc({ kind: 'lease' }, lost.length - silent.size);
  const moved = await queries.selectMoved(app.db, instanceId, lost);
  for (const id of lost) {
    const listener = held.get(id);
    if (!listener) continue;
    if (silent.has(id)) {
      listener.drop('silent');
      continue;
    }
    if (moved.has(id)) {
      listener.close(null);
      continue;
    }
    await leaseConnection(app, listener.viewer, id, listener);
    await announceConnection(app, listener.viewer, id, listener.userAgent);
  }
}

/** Tells the log of connections whose lease is over. Any process may do it for any other. */
export async function sweepConnections(app: App): Promise<void> {
  await forEachAlone(await queries.selectExpired(app.db, SWEEP_AT_ONCE), async (expired) => {
    const payload = {
      participantId: expired.participantId,
      connectionId: expired.id,
      reason: expired.left ? ('left' as const) : ('dropped' as const),
    };
    try {
      await enqueueSystem(app, expired.roomId, { type: 'person.disconnect', payload }, async (tx) => {
        // It came back in the last moment: the log is not told.
        if (!(await queries.closeExpired(tx, expired.id))) throw new AppError('NOT_ALLOWED');
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  });
}

/** Ends a lesson in whose room nobody is any more: given by the lessons' service. */
export type EndLesson = (app: App, lessonId: string, reason: 'empty') => Promise<unknown>;

/** Ends lessons in whose rooms nobody has been for LECTERN_EMPTY_ROOM_SECONDS. One process at a time does it. */
export async function sweepEmptyLessons(app: App, endLesson: EndLesson): Promise<void> {
  const empty = await queries.withAdvisoryLock(app.db, 'lectern.rooms.empty', (tx) =>
    queries.selectEmptyLessons(tx, app.env.LECTERN_EMPTY_ROOM_SECONDS),
  );
  await forEachAlone(empty ?? [], async ({ lessonId, roomId }) => {
    app.log.info({ lessonId, roomId }, 'nobody is here any more: the lesson ends');
    await endLesson(app, lessonId, 'empty');
  });
}

export const PRESENCE_TIMES = { RENEW_MS, SWEEP_MS, RECHECK_MS } as const;

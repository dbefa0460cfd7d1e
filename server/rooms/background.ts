import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../app';
import { repeat } from '../repeat';
import { sweepKnocks } from './door';
import { closeShutOut } from './entitlement';
import { type EndLesson, PRESENCE_TIMES, renewLeases, sweepConnections, sweepEmptyLessons } from './presence';
import { runtimeOf } from './runtime';
import { sweepMedia } from './sweep-media';

/** How late the end of what plays may be noticed, ms. */
const MEDIA_MS = 250;
/** How long a process that ends goes on answering at least, in ms: so long may a balancer take to leave it alone. */
const LEAST_MS = 1000;

/**
 * Starts what a process does for its rooms all the time: leases are renewed, lapsed ones found, empty lessons ended.
 * `stop` ends that and closes every stream; `drain` first lets the tabs go over to other processes, and waits for what is
 * being appended.
 */
export function startRooms(
  app: App,
  endLesson: EndLesson,
): { stop: () => Promise<void>; drain: () => Promise<void> } {
  const stops = [
    repeat(app, PRESENCE_TIMES.RENEW_MS, () => renewLeases(app)),
    repeat(app, PRESENCE_TIMES.RECHECK_MS, () => closeShutOut(app)),
    repeat(app, PRESENCE_TIMES.SWEEP_MS, () => sweepConnections(app)),
    repeat(app, PRESENCE_TIMES.SWEEP_MS, () => sweepEmptyLessons(app, endLesson)),
    repeat(app, PRESENCE_TIMES.RECHECK_MS, () => sweepKnocks(app)),
    repeat(app, MEDIA_MS, () => sweepMedia(app)),
  ];
  const stop = async () => {
    await Promise.all(stops.map((end) => end()));
    await runtimeOf(app).hub.close();
  };
  const drain = async () => {
    await Promise.all([runtimeOf(app).hub.moveAway(), wait(LEAST_MS)]);
    await stop();
    await runtimeOf(app).appendsDone();
  };
  return { stop, drain };
}

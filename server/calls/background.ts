import type { App } from '../app';
import { repeat } from '../repeat';
import { hubOf } from './runtime';
import { sweepCalls, sweepConnections } from './sweeping';

const SWEEP_MS = 1000;
const FORGET_MS = 60_000;

/** Starts what a process does for calls all the time; `stop` ends that, and every stream with it. */
export function startCalls(app: App): { stop: () => Promise<void> } {
  const stops = [
    repeat(app, SWEEP_MS, () => sweepCalls(app)),
    repeat(app, FORGET_MS, () => sweepConnections(app)),
  ];
  return {
    stop: async () => {
      await Promise.all(stops.map((end) => end()));
      await hubOf(app).close();
    },
  };
}

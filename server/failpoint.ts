import { log } from './log';

/** Moments at which a process can be made to die, for fault runs: what they are is said where `failpoint` is called. */
export const FAILPOINTS = ['before-commit', 'after-commit'] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

// Global, because Next loads modules several times in one process.
const key = Symbol.for('lectern.failpoint');
type Point = { name: Failpoint; armed: boolean };
const holder = globalThis as typeof globalThis & { [key]?: Point };

/** Switches a failpoint on for this process (LECTERN_FAILPOINT); SIGUSR2 then arms it. Without a name nothing happens. */
export function installFailpoint(name: Failpoint | undefined): void {
  if (!name) return;
  const point: Point = { name, armed: false };
  holder[key] = point;
  log.error(
    { failpoint: name },
    'LECTERN_FAILPOINT IS ON: this process kills itself at that point after a SIGUSR2. Only fault runs want that',
  );
  process.on('SIGUSR2', () => {
    point.armed = true;
  });
}

/** The named moment has come: a process in which it is armed is killed here, as by `kill -9`. */
export function failpoint(name: Failpoint): void {
  const point = holder[key];
  if (point?.armed && point.name === name) process.kill(process.pid, 'SIGKILL');
}

import { pathToFileURL } from 'node:url';
import path from 'node:path';
import type { Failpoint } from '@/server/failpoint';
import type { RunningProcess } from '../stack/processes';
import type { Stack } from '../stack/stack';

const CLOCK = pathToFileURL(path.join(import.meta.dirname, 'shifted-clock.mjs')).href;
/** How long a process may take to end after SIGTERM, ms. */
const TERM_MS = 15_000;

/** One of the app processes: ended in several ways, and started anew on the same port. */
export class Instance {
  readonly port: number;
  readonly failpoint: Failpoint;
  /** How far its clock is off from its next start on, ms. */
  clockMs = 0;
  readonly #stack: Stack;
  #process: RunningProcess;
  #startedAt = Date.now();

  constructor(
    stack: Stack,
    { port, failpoint, process }: { port: number; failpoint: Failpoint; process: RunningProcess },
  ) {
    this.#stack = stack;
    this.port = port;
    this.failpoint = failpoint;
    this.#process = process;
  }

  /** Settles when it has ended, however. */
  get ended(): Promise<string> {
    return this.#process.ended;
  }

  get hasEnded(): boolean {
    return this.#process.hasEnded();
  }

  /** From now on it kills itself at its failpoint. */
  arm(): void {
    process.kill(this.#process.pid, 'SIGUSR2');
  }

  /** SIGTERM; gives the ms that it took to end. Throws where it had to be killed. */
  async terminate(): Promise<number> {
    const began = performance.now();
    await this.#process.stop(TERM_MS);
    const how = await this.#process.ended;
    if (how === 'SIGKILL') throw new Error(`a process did not end within ${TERM_MS} ms of SIGTERM`);
    return performance.now() - began;
  }

  /** How far the clock of the process that runs is off, by what it says of its start. ms, to a few seconds. */
  async clockOffMs(): Promise<number> {
    const metrics = await (await fetch(`http://127.0.0.1:${this.port}/api/metrics`)).text();
    const [, seconds] = /^process_start_time_seconds (\d+)/m.exec(metrics) ?? [];
    return Number(seconds) * 1000 - this.#startedAt;
  }

  async start(): Promise<void> {
    this.#startedAt = Date.now();
    this.#process = await this.#stack.startWeb({
      port: this.port,
      env: settings(this.failpoint, this.clockMs),
    });
  }
}

/** The two processes of a run: the one that the stack has started, and another on the same database. */
export async function startInstances(stack: Stack, port: number): Promise<[Instance, Instance]> {
  const other = await stack.startWeb({ port, env: settings('after-commit', 0) });
  return [
    new Instance(stack, {
      port: Number(stack.env.PORT),
      failpoint: 'before-commit',
      process: stack.web.process(),
    }),
    new Instance(stack, { port, failpoint: 'after-commit', process: other }),
  ];
}

export function settings(failpoint: Failpoint, clockMs: number): Record<string, string> {
  return {
    LECTERN_FAILPOINT: failpoint,
    ...(clockMs !== 0 && {
      FAULTS_CLOCK_OFFSET_MS: String(clockMs),
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=${CLOCK}`.trim(),
    }),
  };
}

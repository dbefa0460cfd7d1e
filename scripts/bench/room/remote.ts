import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import path from 'node:path';
import { root } from '../../stack/folders';

/** Functions that one process offers to the one that started it: one argument and one result, both JSON. */
type Calls = Record<string, (argument: never) => unknown>;

type Question = { id: number; name: string; argument: unknown };
type Answer = { id: number; result?: unknown; error?: string };

/** A process of the bench, and how it is asked to do something. */
export type Remote<T extends Calls> = {
  pid: number;
  call<K extends keyof T & string>(
    name: K,
    argument: Parameters<T[K]>[0],
  ): Promise<Awaited<ReturnType<T[K]>>>;
  /** Ends it, if it has not ended by itself. */
  stop(): Promise<void>;
};

/** Starts a TypeScript file of this folder as a process of its own; it must call `offer`. */
export function startRemote<T extends Calls>(
  file: string,
  { env = {}, execArgv = [] }: { env?: Record<string, string>; execArgv?: string[] } = {},
): Remote<T> {
  const child = fork(path.join(root, 'scripts/bench/room', file), {
    cwd: root,
    env: { ...process.env, ...env },
    execArgv: ['--import', 'tsx', ...execArgv],
  });
  const ended = once(child, 'exit');
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.once('exit', () => {
    for (const [id, answer] of waiting) answer({ id, error: 'it has ended' });
    waiting.clear();
  });
  return {
    pid: child.pid ?? 0,
    call: (name, argument) =>
      new Promise((resolve, reject) => {
        const question: Question = { id: ++last, name, argument };
        waiting.set(question.id, ({ error, result }) => {
          if (error === undefined) resolve(result as never);
          else reject(new Error(`${file}, ${name}: ${error}`));
        });
        child.send(question);
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await ended;
    },
  };
}

/** The other side: answers the calls of the process that started this one, and ends with it. */
export function offer(calls: Calls): void {
  const known = new Map(Object.entries(calls) as [string, (argument: unknown) => unknown][]);
  process.on('message', (message) => {
    const { id, name, argument } = message as Question;
    const answer = (rest: Omit<Answer, 'id'>) => process.send?.({ id, ...rest });
    Promise.resolve()
      .then(() => known.get(name)?.(argument))
      .then(
        (result) => answer({ result: result ?? null }),
        (error: unknown) =>
          answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  process.on('disconnect', () => process.exit(0));
}

/** Starts a server on a free port of this machine alone; gives its address. */
export function listenOnLoopback(server: Server): Promise<{ url: string }> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` });
    });
  });
}

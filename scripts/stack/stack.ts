import { copyAssets } from '../copy-assets';
import type { Livekit } from './livekit';
import { type Parts, startDatabase, startLivekitPart, startWeb, startWorker, type WebOptions } from './parts';
import { isPortFree, takeFreePorts } from './ports';
import type { RunningProcess } from './processes';
import { endAbandonedStacks, openStackFolder } from './registry';
import { makeSettings } from './settings';

export type StackOptions = {
  /** The folder of its data, logs and state. */
  name: string;
  /** `production` serves the build that is there. */
  mode: 'dev' | 'production';
  /** Data survive `stop()`, and Postgres is durable. Otherwise the folder goes with the stack. */
  keep: boolean;
  /** Whether a commit waits for the disk, as in production; by default where data are kept. */
  durable?: boolean;
  /** Take DATABASE_URL, LIVEKIT_URL and other settings from the environment where they are given. Never for tests. */
  useEnvironment: boolean;
  /** Fixed ports; others are taken from the free ones. */
  ports?: { web?: number; files?: number };
  /** Further settings for web and worker. */
  env?: Record<string, string>;
  /** Runs when the schema is there, before anything is waited for: demo data. */
  prepare?: (env: Record<string, string>, folder: string) => Promise<void>;
  /** Gives the start up: what has been started is stopped. */
  signal?: AbortSignal;
  /** Hears what takes time. */
  say?: (message: string) => void;
  /** Hears each line that a process prints; all of them are in `<folder>/<process>.log` too. */
  onLine?: (process: string, line: string) => void;
};

export type Stack = {
  /** Where its logs and its state are. */
  folder: string;
  appUrl: string;
  filesUrl: string;
  databaseUrl: string;
  /** `undefined` where LiveKit is somebody else's. */
  livekit: Livekit | undefined;
  /** The settings of web and worker, for code that acts beside them. */
  env: Record<string, string>;
  /** Its processes: web, worker, Postgres and LiveKit, as far as they are its own. */
  pids(): number[];
  web: {
    pid(): number;
    process(): RunningProcess;
    /** SIGTERM, and a new process at the same address once the old one has ended. `broken` is settled from then on. */
    restart(): Promise<void>;
  };
  /** Starts a further web process on the same database, or one that has ended anew; waits until it answers. */
  startWeb(options: WebOptions): Promise<RunningProcess>;
  /** `pg_ctl restart -m immediate`; undefined where the database is somebody else's. */
  crashDatabase: (() => Promise<void>) | undefined;
  /** Settles when a part has ended by itself, with a sentence about it. LiveKit does not count: classes go on without it. */
  broken: Promise<string>;
  stop(): Promise<void>;
};

export type StackPorts = {
  web: number;
  files: number;
  postgres: number;
  livekit: { signal: number; tcp: number; udp: number };
};

export class PortInUse extends Error {
  constructor(readonly port: number) {
    super(`Port ${port} is in use.`);
  }
}

/** Starts Postgres, LiveKit, web and worker on ports of their own, and waits until all of them answer. */
export async function startStack(options: StackOptions): Promise<Stack> {
  await endAbandonedStacks();
  const ports = await takePorts(options.ports ?? {});
  const label = `http://localhost:${ports.web}`;
  const folder = openStackFolder(options.name, { keep: options.keep, label });
  const parts: Parts = { options, ports, folder, stops: [async () => folder.release()] };
  const stop = async () => {
    for (let last = parts.stops.pop(); last; last = parts.stops.pop()) await last();
  };
  try {
    const [database, livekit] = await all([startDatabase(parts), startLivekitPart(parts), copyAssets()]);
    options.signal?.throwIfAborted();
    const env = makeSettings(parts, database.url, livekit);
    const [firstWeb, worker] = await all([
      startWeb(parts, env, { port: ports.web }),
      startWorker(parts, env),
      options.prepare?.(env, folder.path),
    ]);
    let web = firstWeb;
    options.signal?.throwIfAborted();
    return {
      folder: folder.path,
      appUrl: env.LECTERN_URL,
      filesUrl: env.LECTERN_FILES_URL,
      databaseUrl: env.DATABASE_URL,
      livekit,
      env,
      pids: folder.pids,
      web: {
        pid: () => web.pid,
        process: () => web,
        restart: async () => {
          await web.stop();
          web = await startWeb(parts, env, { port: ports.web });
        },
      },
      startWeb: (other) => startWeb(parts, env, other),
      crashDatabase: database.server?.restartImmediately,
      broken: Promise.race([
        tellEnd('web', firstWeb.ended),
        tellEnd('worker', worker.ended),
        ...(database.server ? [tellEnd('Postgres', database.server.ended)] : []),
      ]),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `Promise.all`, but nothing is still starting when it throws: what has started can then be stopped. */
async function all<T extends readonly unknown[]>(
  promises: [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

async function tellEnd(name: string, ended: Promise<string>): Promise<string> {
  return `${name} has ended (${await ended}).`;
}

async function takePorts(wanted: { web?: number; files?: number }): Promise<StackPorts> {
  for (const port of [wanted.web, wanted.files]) {
    if (port !== undefined && !(await isPortFree(port))) throw new PortInUse(port);
  }
  const [web = 0, files = 0, postgres = 0, signal = 0, tcp = 0, udp = 0] = await takeFreePorts(6);
  return { web: wanted.web ?? web, files: wanted.files ?? files, postgres, livekit: { signal, tcp, udp } };
}

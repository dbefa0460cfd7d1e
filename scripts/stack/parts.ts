import path from 'node:path';
import { type LocalPostgres, startLocalPostgres } from '../../db/local-postgres';
import { cacheFolder, root } from './folders';
import { type Livekit, startLivekit } from './livekit';
import { findLivekit } from './livekit-install';
import { migrateDatabase } from './migrate';
import { answers, logTail, type RunningProcess, startProcess, waitFor } from './processes';
import type { StackFolder } from './registry';
import { processEnvironment, type Settings } from './settings';
import type { StackOptions, StackPorts } from './stack';

/** What each part of a stack is started with, and where it leaves how it is stopped: the last to start stops first. */
export type Parts = {
  options: StackOptions;
  ports: StackPorts;
  folder: StackFolder;
  stops: (() => Promise<void>)[];
};

/** `server`: undefined where it is somebody else's. */
export type Database = { url: string; server: LocalPostgres | undefined };

export async function startDatabase(parts: Parts): Promise<Database> {
  const { options, ports, folder } = parts;
  const given = options.useEnvironment ? process.env.DATABASE_URL : undefined;
  if (given) {
    options.say?.('database: the one of DATABASE_URL');
    await migrateDatabase(given);
    return { url: given, server: undefined };
  }
  options.say?.('database: starting the embedded Postgres');
  const server = await startLocalPostgres({
    cacheFolder: cacheFolder(),
    folder: folder.path,
    port: ports.postgres,
    durable: options.durable ?? options.keep,
    onStarted: folder.record,
  });
  parts.stops.push(server.stop);
  options.say?.('schema: bringing it up to date');
  await migrateDatabase(server.url);
  return { url: server.url, server };
}

export async function startLivekitPart(parts: Parts): Promise<Livekit | undefined> {
  const { options, ports, folder } = parts;
  if (options.useEnvironment && process.env.LIVEKIT_URL) {
    options.say?.('LiveKit: the one of LIVEKIT_URL');
    return undefined;
  }
  options.say?.('LiveKit: starting');
  const livekit = await startLivekit({
    binary: await findLivekit(
      cacheFolder(),
      (message) => options.say?.(`LiveKit: ${message}`),
      options.signal,
    ),
    folder: folder.path,
    ports: ports.livekit,
    webhookUrl: `http://127.0.0.1:${ports.web}/api/livekit/webhook`,
    record: folder.record,
  });
  parts.stops.push(livekit.stop);
  return livekit;
}

/** A web process of the stack: each has its port, all share the database. */
export type WebOptions = {
  port: number;
  /** Further settings, for this one alone. */
  env?: Record<string, string>;
};

export async function startWeb(
  parts: Parts,
  settings: Settings,
  { port, env: own = {} }: WebOptions,
): Promise<RunningProcess> {
  const { options, ports } = parts;
  const name = port === ports.web ? 'web' : `web-${port}`;
  const env: NodeJS.ProcessEnv = { ...processEnvironment(parts, settings, name), PORT: String(port), ...own };
  const local = new URL(settings.LECTERN_URL).hostname === 'localhost';
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const server = options.mode === 'dev' ? [next, 'dev'] : [path.join(root, 'scripts', 'web.mjs')];
  const args = [...server, '-p', String(port)];
  // An installation that only this machine uses listens on 127.0.0.1 alone: Next listens on what `localhost` means first.
  if (local) {
    args.push('-H', 'localhost');
    env.NODE_OPTIONS = `${env.NODE_OPTIONS ?? ''} --dns-result-order=ipv4first`.trim();
  }
  options.say?.(`${name}: starting (${options.mode === 'dev' ? 'development' : 'production'})`);
  return startPart(parts, { name, args, env, health: `http://127.0.0.1:${port}/api/health` });
}

/** The same as in `npm run worker`: docs/decisions/020. */
const WORKER_FLAGS = ['--max-semi-space-size=4', '--import', 'tsx'];

export async function startWorker(parts: Parts, settings: Settings): Promise<RunningProcess> {
  const { options, ports } = parts;
  const file = path.join(root, 'server', 'worker.ts');
  // In development it starts again when its code changes.
  const args =
    options.mode === 'dev'
      ? [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', file]
      : [...WORKER_FLAGS, file];
  options.say?.('worker: starting');
  return startPart(parts, {
    name: 'worker',
    args,
    env: processEnvironment(parts, settings, 'worker'),
    health: `http://127.0.0.1:${ports.files}/health`,
  });
}

/** Starts a Node process of the product and waits until it answers. */
async function startPart(
  { options, folder, stops }: Parts,
  { name, args, env, health }: { name: string; args: string[]; env: NodeJS.ProcessEnv; health: string },
): Promise<RunningProcess> {
  const logFile = path.join(folder.path, `${name}.log`);
  const { onLine } = options;
  const part = startProcess({
    name,
    command: process.execPath,
    args,
    cwd: root,
    env,
    logFile,
    onLine: onLine && ((line) => onLine(name, line)),
  });
  folder.record(part.pid);
  stops.push(() => part.stop());
  try {
    await waitFor(name, () => answers(health), { timeoutMs: 120_000, process: part });
  } catch (error) {
    throw new Error(`${name} does not start. ${logTail(logFile)}`, { cause: error });
  }
  return part;
}

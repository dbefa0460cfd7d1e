import { execFile, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export type SandboxRun = {
  /**
   * Program and arguments; `folder` is where the process finds its folder.
   */
  command: (folder: string) => readonly string[];
  /** What it may read beside the system's libraries and its folder. */
  reads: readonly string[];
  /** The only folder that it may write to; its working folder. What is called `input` in it may only be read. */
  folder: string;
  timeoutMs: number;
  /** Time of all its processors together; a little more than `timeoutMs` where it is not told, as for what works on one. */
  cpuSeconds?: number;
  /** Address space, for programs that do not reserve more than they use. */
  memoryBytes?: number;
  /** The whole environment, beside a path. */
  env?: Readonly<Record<string, string>>;
  /** Called with each line of its output. */
  onLine?: (line: string) => void;
  signal?: AbortSignal;
  /** What this machine has, unless it is told. */
  launchers?: Launchers;
};

export type SandboxEnd = { code: number | null; timedOut: boolean; stderr: string };

const FILE_BYTES = 1024 * 1024 * 1024;
const JOB = '/job';
const SYSTEM = [
  '/usr',
  '/lib',
  '/lib64',
  '/bin',
  // Where Debian's libraries lead on to the one that was chosen.
  '/etc/alternatives',
  '/etc/fonts',
  '/etc/libreoffice',
  '/etc/ld.so.cache',
  '/var/cache/fontconfig',
];

/**
 * Runs what reads people's files as a fresh process: an empty environment, limits of time, memory and file size, no network, and no files but its
 * own folder and what it needs, as far as the machine can take them away. It ends with this process, however that ends. How it
 * ended is told, but what it left behind decides.
 */
export async function runSandboxed(run: SandboxRun): Promise<SandboxEnd> {
  run.signal?.throwIfAborted();
  const launchers = run.launchers ?? (await (found ??= findLaunchers()));
  const inner = launchers.bubblewrap ? JOB : run.folder;
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: inner,
    TMPDIR: inner,
    NODE_ENV: 'production',
    ...run.env,
  } as const;
  const [command = '', ...args] = [
    ...(launchers.bubblewrap ? roomOfItsOwn(run) : lessThanARoom(launchers)),
    ...(launchers.prlimit ? limits(run) : []),
    ...run.command(inner),
  ];
  // A process group of its own: what it starts is killed with it.
  const child = spawn(command, args, {
    cwd: run.folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  return watch(child, run);
}

function limits({ timeoutMs, memoryBytes, cpuSeconds }: SandboxRun): string[] {
  const cpu = cpuSeconds ?? Math.ceil(timeoutMs / 1000) + 5;
  return [
    'prlimit',
    `--cpu=${cpu}`,
    `--fsize=${FILE_BYTES}`,
    '--nofile=512',
    '--core=0',
    ...(memoryBytes ? [`--as=${memoryBytes}`] : []),
    '--',
  ];
}

/** No network, no processes but its own, and of the file system the system's libraries, what it reads, and its folder. */
function roomOfItsOwn({ folder, reads }: Pick<SandboxRun, 'folder' | 'reads'>): string[] {
  return [
    'bwrap',
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    ...SYSTEM.flatMap((name) => ['--ro-bind-try', name, name]),
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...reads.flatMap((name) => ['--ro-bind', name, name]),
    ...['--bind', folder, JOB, '--ro-bind-try', path.join(folder, 'input'), path.join(JOB, 'input')],
    ...['--chdir', JOB, '--'],
  ];
}

/** Where there is no bubblewrap: no network if the kernel lets us, and the end of this process is the end of that one. */
function lessThanARoom({ unshare, setpriv }: Launchers): string[] {
  return [...(unshare ? ['unshare', '--net', '--'] : []), ...(setpriv ? [...ENDS_WITH_US, '--'] : [])];
}

const ENDS_WITH_US = ['setpriv', '--pdeathsig', 'KILL'];

function watch(child: ReturnType<typeof spawn>, run: SandboxRun): Promise<SandboxEnd> {
  return new Promise((resolve, reject) => {
    let timedOut = false;
    let stderr = '';
    const kill = () => killGroup(child.pid);
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, run.timeoutMs);
    run.signal?.addEventListener('abort', kill, { once: true });
    if (run.signal?.aborted) kill();
    child.stderr?.on('data', (chunk: Buffer) => {
      if (stderr.length < 4000) stderr += chunk.toString();
    });
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => run.onLine?.(line));
    child.once('error', reject);
    // What it has started may hold its output open and go on: it ends with it.
    child.once('exit', kill);
    child.once('close', (code) => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', kill);
      resolve({ code, timedOut, stderr });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nobody of the group is left.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export type Launchers = { bubblewrap: boolean; prlimit: boolean; unshare: boolean; setpriv: boolean };
let found: Promise<Launchers> | undefined;

/** What this machine has: bubblewrap may be installed and yet not be allowed, as in many containers. */
async function findLaunchers(): Promise<Launchers> {
  const works = (command: string, args: string[]) =>
    promisify(execFile)(command, args).then(
      () => true,
      () => false,
    );
  const node = realpathSync(process.execPath);
  const [bubblewrap, prlimit, unshare, setpriv] = await Promise.all([
    works('bwrap', [
      ...roomOfItsOwn({ folder: import.meta.dirname, reads: [node] }).slice(1),
      node,
      '--version',
    ]),
    works('prlimit', ['--core=0', '--', node, '--version']),
    works('unshare', ['--net', '--', node, '--version']),
    works('setpriv', [...ENDS_WITH_US.slice(1), '--', node, '--version']),
  ]);
  return { bubblewrap, prlimit, unshare, setpriv };
}

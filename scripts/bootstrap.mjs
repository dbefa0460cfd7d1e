// @ts-check
// The only code that runs before the dependencies are there: it has to work on the system's Node (20 or later) without
// node_modules. It installs them when they are missing or out of date, and hands over to the project's own Node and tsx.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { patchPostgres } from './patch-postgres.mjs';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const modules = path.join(root, 'node_modules');

/**
 * Runs a TypeScript file of this project, with the arguments of this process, and ends as it ends.
 * @param {string} file relative to the repository
 */
export async function runScript(file) {
  await installDependencies();
  patchPostgres(root);
  const env = {
    ...process.env,
    PATH: `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
  };
  // The IPC channel lets the child notice that this process was killed (it stops everything on 'disconnect').
  const args = ['--import', 'tsx', path.join(root, file), ...process.argv.slice(2)];
  process.exit(
    await run(projectNode(), args, { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] }),
  );
}

/**
 * Runs a child to its end, passing on the signals that this process is sent; resolves with its exit code. (A terminal's
 * Ctrl-C reaches both: hearing it twice has to be the same as hearing it once.)
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>}
 */
function run(command, args, options) {
  const child = spawn(command, args, options);
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  const passOn = signals.map((signal) => [signal, () => child.kill(signal)]);
  for (const [signal, listener] of passOn) process.on(signal, listener);
  const watch = stopWithNpm(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(watch);
      for (const [signal, listener] of passOn) process.off(signal, listener);
      resolve(code ?? 1);
    });
  });
}

/**
 * npm that is killed tells nobody; its child then has another parent.
 * @param {import('node:child_process').ChildProcess} child
 */
function stopWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return undefined;
  const npm = process.ppid;
  return setInterval(() => {
    if (process.ppid !== npm) child.kill('SIGTERM');
  }, 500);
}

async function installDependencies() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) fail(`Lectern needs Node 20 or later to start; this is ${process.version}.`);
  if (dependenciesMatch()) return;
  console.log('Installing dependencies (npm install) …');
  const started = Date.now();
  // Not `npm ci`: it insists on a lock entry for every other platform's optional packages, and a registry that serves only
  // some platforms cannot give them. Like it, this takes what the lock says and leaves the lock alone.
  const args = [
    'install',
    '--no-save',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  // npm must not run on the Node inside of node_modules, which it is about to remove.
  const folders = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.endsWith('node_modules/.bin'));
  const env = { ...process.env, PATH: folders.join(path.delimiter) };
  const code = await run('npm', args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (code !== 0) fail('npm install failed: see above.');
  console.log(`Dependencies installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/**
 * npm writes what it installed into node_modules/.package-lock.json when it is through: everything that package-lock.json
 * asks for has to be there at the same version. Optional packages are other platforms'.
 */
function dependenciesMatch() {
  const record = path.join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, entry]) => name === '' || entry.optional || installed[name]?.version === entry.version,
  );
}

/** Node 24 comes from npm; where there is no such package, the Node that runs this has to do. */
function projectNode() {
  const own = path.join(modules, '.bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

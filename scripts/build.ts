import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command';
import { root } from './stack/folders';

/** What the build is made of. */
const sources = ['app', 'components', 'room', 'server', 'db', 'messages'];
const files = ['next.config.ts', 'proxy.ts', 'postcss.config.mjs', 'package-lock.json', 'tsconfig.json'];

/** Builds unless the build is newer than everything that it is made of; whether there is a good one now. */
export async function buildIfNeeded(): Promise<boolean> {
  const newest = Math.max(...[...sources, ...files].map((name) => newestChange(path.join(root, name))));
  if (changedAt(path.join(root, '.next', 'BUILD_ID')) > newest) return true;
  return runCommand('npm', ['run', 'build', '--loglevel=error']);
}

function newestChange(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newestChange(path.join(file, name))));
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

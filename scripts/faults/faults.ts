import { randomBytes, randomInt } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { percentile } from '../bench/statistics';
import { buildIfNeeded } from '../build';
import { root } from '../stack/folders';
import { takeFreePorts } from '../stack/ports';
import { type Stack, startStack } from '../stack/stack';
import { School } from './classroom';
import { settings, startInstances } from './instances';
import { brokenOff, type Run, runSeed, type SeedResult } from './run-seed';
import { type Fault, FAULTS } from './steps';

/**
 * `npm run faults -- [--seeds 20] [--ops 300] [--clients 8] [--seed N] [--no-build] [--verbose]`: classes of clients that act by chance
 * on two production processes and a Postgres of their own, while those are killed, restarted and cut off. Each seed has a
 * room of its own and meets every kind of fault. At the end everything that a client was told, and everything that it shows,
 * is held against the log in the database (oracle.ts). One JSON line on standard output; exit code 1 where anything was
 * lost, came twice, was skipped or differs, or where a kind of fault did not happen.
 *
 * What clients do and which fault comes when follow from the seed. When exactly a signal meets a transaction does not: a
 * seed that fails shows where to look, and passes perhaps the next time.
 */
const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string' },
    ops: { type: 'string', default: '300' },
    clients: { type: 'string', default: '8' },
    seed: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const first = options.seed === undefined ? randomInt(1_000_000) : count('seed', options.seed, 0);
const seeds = count('seeds', options.seeds ?? (options.seed === undefined ? '20' : '1'), 1);
const operations = count('ops', options.ops, 1);
const clients = count('clients', options.clients, 2);
/** For `npm test`, which counts seeds as tests. */
const report = path.join(root, 'test-results', 'faults.json');
const say = (sentence: string) => {
  if (options.verbose) console.error(`  ${sentence}`);
};

if (!options['no-build'] && !(await buildIfNeeded())) process.exit(1);
const stack = await startStack({
  name: `faults-${randomBytes(4).toString('hex')}`,
  mode: 'production',
  keep: false,
  durable: true,
  useEnvironment: false,
  env: { LECTERN_LOG_LEVEL: 'info', ...settings('before-commit', 0) },
});
const results: SeedResult[] = [];
try {
  const [port = 0] = await takeFreePorts(1);
  const instances = await startInstances(stack, port);
  const school = await School.open(stack, clients);
  for (let seed = first; seed < first + seeds; seed += 1) {
    const began = Date.now();
    say(`seed ${seed} begins`);
    const result = await play({ stack, school, instances, seed, operations, say });
    results.push(result);
    tell(seed, result, Math.round((Date.now() - began) / 1000));
  }
  await school.dispose();
} finally {
  if (results.length < seeds || results.some((result) => wrongs(result) > 0)) keepLogs(stack);
  await stack.stop();
}

const failed = results.filter((result) => wrongs(result) > 0).length;
const line = lineOf(results);
mkdirSync(path.dirname(report), { recursive: true });
writeFileSync(report, JSON.stringify({ ...line, passed: results.length - failed, failed }));
console.log(JSON.stringify(line));
process.exit(failed > 0 ? 1 : 0);

/** A number of the command line. What is none, or too small, would make a run that passes because it does nothing. */
function count(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name} takes a whole number from ${least} on, not ${text}`);
  return number;
}

/** A seed that cannot even begin has failed like any other, and the next one is tried. */
async function play(run: Run): Promise<SeedResult> {
  try {
    // A seed that broke off may have left one dead.
    for (const instance of run.instances) if (instance.hasEnded) await instance.start();
    return await runSeed(run);
  } catch (error) {
    return brokenOff(error);
  }
}

function tell(seed: number, result: SeedResult, seconds: number): void {
  for (const finding of [...result.findings, ...missing(result)]) console.error(`  ${finding}`);
  const { operations: done, acknowledged } = result;
  const how = wrongs(result) === 0 ? 'well' : 'FAILED';
  console.error(`seed ${seed}: ${how}, ${done} operations, ${acknowledged} acknowledged, ${seconds} s`);
}

function lineOf(all: readonly SeedResult[]) {
  const sum = (of: (result: SeedResult) => number) => all.reduce((total, result) => total + of(result), 0);
  const recoveries = all.flatMap((result) => result.recoveries);
  return {
    seeds: all.length,
    operations: sum((result) => result.operations),
    acknowledged: sum((result) => result.acknowledged),
    lost: sum((result) => result.lost),
    duplicated: sum((result) => result.duplicated),
    gaps: sum((result) => result.gaps),
    diverged: sum((result) => result.diverged),
    recoveryP95Ms: recoveries.length > 0 ? Math.round(percentile(recoveries, 0.95)) : null,
    faults: Object.fromEntries(FAULTS.map((fault) => [fault, sum((result) => result.faults[fault])])),
  };
}

/** What makes a seed a failed one. */
function wrongs(result: SeedResult): number {
  return result.lost + result.duplicated + result.gaps + result.diverged + missing(result).length;
}

/** A fault that never happened proves nothing. */
function missing({ faults }: SeedResult): string[] {
  return FAULTS.filter((fault: Fault) => faults[fault] === 0).map((fault) => `${fault} did not happen`);
}

/** The stack's folder goes with it: what its processes said stays for whoever looks into a failure. */
function keepLogs({ folder }: Stack): void {
  const target = path.join(root, 'test-results', 'faults-logs');
  rmSync(target, { recursive: true, force: true });
  cpSync(folder, target, { recursive: true, filter: (file) => file === folder || file.endsWith('.log') });
  console.error(`What the processes said: ${path.relative(root, target)}`);
}

import { randomBytes, randomInt } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { percentile } from '../bench/statistics';
import { buildIfNeeded } from '../build';
import { root } from '../stack/folders';
import { takeFreePorts } from '../stack/ports';
import { type Stack, startStack } from '../stack/stack';
import { School } from './classroom';
import { settings, startInstances } from './instances';
import { runSeed, type SeedResult } from './run-seed';
import { type Fault, FAULTS } from './steps';

/**
 * `npm run faults -- [--seeds 20] [--ops 300] [--clients 8] [--seed N] [--no-build]`: classes of clients that act by chance
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
const first = options.seed === undefined ? randomInt(1_000_000) : Number(options.seed);
const seeds = Number(options.seeds ?? (options.seed === undefined ? 20 : 1));
const operations = Number(options.ops);
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
  const school = await School.open(stack, Number(options.clients));
  for (let seed = first; seed < first + seeds; seed += 1) {
    const began = Date.now();
    console.error(`seed ${seed}`);
    const result = await runSeed({ stack, school, instances, seed, operations, say });
    results.push(result);
    for (const finding of [...result.findings, ...missing(result)]) console.error(`  ${finding}`);
    const seconds = Math.round((Date.now() - began) / 1000);
    console.error(
      `seed ${seed}: ${wrongs(result) === 0 ? 'well' : 'FAILED'}, ${result.operations} operations, ${result.acknowledged} acknowledged, ${seconds} s`,
    );
  }
  await school.dispose();
} finally {
  if (results.length < seeds || results.some((result) => wrongs(result) > 0)) keepLogs(stack);
  await stack.stop();
}

const sum = (of: (result: SeedResult) => number) => results.reduce((total, result) => total + of(result), 0);
console.log(`seeds ${first} to ${first + seeds - 1}`);
console.log(
  JSON.stringify({
    seeds: results.length,
    operations: sum((result) => result.operations),
    acknowledged: sum((result) => result.acknowledged),
    lost: sum((result) => result.lost),
    duplicated: sum((result) => result.duplicated),
    gaps: sum((result) => result.gaps),
    diverged: sum((result) => result.diverged),
    recoveryP95Ms: Math.round(
      percentile(
        results.flatMap((result) => result.recoveries),
        0.95,
      ),
    ),
    faults: Object.fromEntries(FAULTS.map((fault) => [fault, sum((result) => result.faults[fault])])),
  }),
);
process.exit(results.some((result) => wrongs(result) > 0) ? 1 : 0);

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
  const target = path.join(root, 'test-results', 'faults');
  rmSync(target, { recursive: true, force: true });
  cpSync(folder, target, { recursive: true, filter: (file) => file === folder || file.endsWith('.log') });
  console.error(`What the processes said: ${path.relative(root, target)}`);
}

import { startBenchStack } from '../bench-stack';
import { type Section, sections } from './sections';

/**
 * `npm run bench:documents -- [--only convert,…]`: documents on the production build, with a Postgres that waits for its disk. The
 * sections run in turn on one stack; each one gives its own keys. One JSON line on standard output: times in ms.
 */
const only = process.argv[process.argv.indexOf('--only', 2) + 1]?.split(',');
const wanted = process.argv.includes('--only') && only ? only.map(find) : Object.entries(sections);

const stack = await startBenchStack({ durable: true });
try {
  const line: Record<string, number> = {};
  for (const [name, measure] of wanted) {
    console.error(`── ${name} ──`);
    Object.assign(line, await measure(stack));
  }
  console.log(
    JSON.stringify(line, (_key, value) =>
      typeof value === 'number' ? Math.round(value * 100) / 100 : value,
    ),
  );
} finally {
  await stack.stop();
}

function find(name: string): [string, Section] {
  const section = sections[name];
  if (!section) throw new Error(`No section is called ${name}: ${Object.keys(sections).join(', ')}`);
  return [name, section];
}

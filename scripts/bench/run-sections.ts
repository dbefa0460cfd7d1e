import type { Stack } from '../stack/stack';
import { startBenchStack } from './bench-stack';

type Figure = number | Readonly<Record<string, number>>;

/** Measures one part of the product on the running stack, and gives the keys that it adds to the line. */
export type Section = (stack: Stack) => Promise<Record<string, Figure>>;

/**
 * What a bench of several sections does: they run in turn (`--only a,b`: some of them) on one stack of the production build, with a
 * Postgres that waits for its disk. One JSON line on standard output.
 * @param digits  behind the point
 */
export async function runSections(
  sections: Readonly<Record<string, Section>>,
  digits: number,
): Promise<void> {
  const wanted = wantedOf(sections);
  const stack = await startBenchStack({ durable: true });
  try {
    const line: Record<string, Figure> = {};
    for (const [name, measure] of wanted) {
      console.error(`── ${name} ──`);
      Object.assign(line, await measure(stack));
    }
    const round = (value: unknown) =>
      typeof value === 'number' ? Math.round(value * 10 ** digits) / 10 ** digits : value;
    console.log(JSON.stringify(line, (_key, value) => round(value)));
  } finally {
    await stack.stop();
  }
}

function wantedOf(sections: Readonly<Record<string, Section>>): [string, Section][] {
  const at = process.argv.indexOf('--only', 2);
  if (at < 0) return Object.entries(sections);
  return (process.argv[at + 1] ?? '').split(',').map((name) => {
    const section = sections[name];
    if (!section) throw new Error(`No section is called ${name}: ${Object.keys(sections).join(', ')}`);
    return [name, section];
  });
}

/** `--name 60` of the command line. */
export function numberAfter(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`, 2);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

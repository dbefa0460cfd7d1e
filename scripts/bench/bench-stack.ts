import { randomBytes } from 'node:crypto';
import { buildIfNeeded } from '../build';
import { type Stack, type StackOptions, startStack } from '../stack/stack';

/**
 * A stack of a bench's own on the production build, which is made first where it is not there; nothing of it is kept. Ends the
 * process where the build fails.
 */
export async function startBenchStack(options: Pick<StackOptions, 'durable' | 'env'>): Promise<Stack> {
  if (!(await buildIfNeeded())) process.exit(1);
  return startStack({
    name: `bench-${randomBytes(4).toString('hex')}`,
    mode: 'production',
    keep: false,
    useEnvironment: false,
    ...options,
  });
}

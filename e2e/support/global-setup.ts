import { randomBytes } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startYouTubeStandIn } from '../../server/adapters/youtube/stand-in-fixture';
import { serveControl } from '../../scripts/stack/control';
import { root } from '../../scripts/stack/folders';
import { startStack } from '../../scripts/stack/stack';

/** Starts the stack of a test run and leaves its settings in the environment, where tests and the fixtures find them. */
export default async function startTestStack(): Promise<() => Promise<void>> {
  const youtube = await startYouTubeStandIn();
  const stack = await startStack({
    name: `e2e-${randomBytes(5).toString('hex')}`,
    mode: 'production',
    keep: false,
    useEnvironment: false,
    env: {
      LECTERN_EMPTY_ROOM_SECONDS: '20',
      // Long enough to be answered on a busy machine, short enough to be missed in a journey.
      LECTERN_RING_SECONDS: '12',
      LECTERN_LOG_LEVEL: 'info',
      LECTERN_MAILBOX: '1',
      // All people of all journeys come from one address.
      LECTERN_SIGN_UPS: '2000',
      ...youtube.env,
    },
  });
  const control = await serveControl(stack);
  Object.assign(process.env, stack.env, { LECTERN_STACK_CONTROL: control.url });
  return async () => {
    await control.close();
    keepLogs(stack.folder);
    await stack.stop();
    youtube.close();
  };
}

/** The stack's folder goes with it: what its processes said stays beside the traces. */
function keepLogs(folder: string): void {
  const target = path.join(root, 'test-results', 'logs');
  rmSync(target, { recursive: true, force: true });
  for (const name of ['web', 'worker', 'livekit', 'postgres']) {
    cpSync(path.join(folder, `${name}.log`), path.join(target, `${name}.log`));
  }
}

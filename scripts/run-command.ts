import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './stack/folders';

/**
 * Runs a command of the project or the system to its end, with its output on ours; whether it went well. Signals are passed
 * on, so that it can clean up behind itself.
 */
export function runCommand(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  const bin = path.join(root, 'node_modules', '.bin');
  const child = spawn(command, args, {
    cwd: root,
    env: {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
      NEXT_TELEMETRY_DISABLED: '1',
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const passOn = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', passOn).on('SIGTERM', passOn);
  return new Promise((resolve) => {
    const end = (ok: boolean) => {
      process.off('SIGINT', passOn).off('SIGTERM', passOn);
      resolve(ok);
    };
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      end(false);
    });
    child.once('exit', (code) => end(code === 0));
  });
}

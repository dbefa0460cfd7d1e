import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const MODULE = pathToFileURL(path.join(import.meta.dirname, 'failpoint.ts')).href;

/** A process of its own, which may kill itself: what it printed, and how it ended. */
async function run(name: string | undefined, then: string): Promise<{ printed: string; how: string }> {
  const code = `
    const { installFailpoint, failpoint } = await import(${JSON.stringify(MODULE)});
    const arm = async () => {
      process.kill(process.pid, 'SIGUSR2');
      await new Promise((resolve) => process.once('SIGUSR2', resolve));
    };
    installFailpoint(${JSON.stringify(name)});
    ${then}
    console.log('still here');`;
  const args = ['--import', 'tsx', '--conditions=react-server', '--input-type=module', '-e', code];
  const child = spawn(process.execPath, args, { env: { ...process.env, LECTERN_LOG_LEVEL: 'info' } });
  const [printed, [exitCode, signal]] = await Promise.all([
    text(child.stdout),
    once(child, 'exit') as Promise<[number | null, string | null]>,
  ]);
  return { printed, how: signal ?? `exit code ${exitCode}` };
}

test('without a name there is no failpoint, and nothing is said', async () => {
  const { printed, how } = await run(undefined, "failpoint('before-commit'); failpoint('after-commit');");
  expect(how).toBe('exit code 0');
  expect(printed).toBe('still here\n');
});

test('a failpoint that is named says so loudly, and does nothing until it is armed', async () => {
  const { printed, how } = await run('before-commit', "failpoint('before-commit');");
  expect(how).toBe('exit code 0');
  expect(printed).toContain('LECTERN_FAILPOINT IS ON');
  expect(printed).toContain('before-commit');
});

test('a failpoint that is armed kills its process at that point, and at no other', async () => {
  const { printed, how } = await run(
    'after-commit',
    "await arm(); failpoint('before-commit'); console.log('passed'); failpoint('after-commit');",
  );
  expect(printed).toContain('passed');
  expect(printed).not.toContain('still here');
  expect(how).toBe('SIGKILL');
});

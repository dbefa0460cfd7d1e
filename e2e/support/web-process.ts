import path from 'node:path';
import { root } from '../../scripts/stack/folders';
import { takeFreePorts } from '../../scripts/stack/ports';
import { answers, type RunningProcess, startProcess, waitFor } from '../../scripts/stack/processes';

/** One more web process of the stack that the journeys run on: the same database, a port of its own. */
export type WebProcess = { url: string; running: RunningProcess; readiness(): Promise<number> };

/**
 * Starts it with the settings of the stack, which are this process' environment, and waits until it answers.
 * @param logFile  takes what it prints
 * @param more  settings of its own
 */
export async function startWebProcess(
  logFile: string,
  port?: number,
  more: Record<string, string> = {},
): Promise<WebProcess> {
  const [taken = 0] = port ? [port] : await takeFreePorts(1);
  const url = `http://127.0.0.1:${taken}`;
  const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const running = startProcess({
    name: `web ${taken}`,
    command: process.execPath,
    args: [next, 'start', '-p', String(taken), '-H', '127.0.0.1'],
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', LECTERN_LOG_LEVEL: 'info', PORT: String(taken), ...more },
    logFile,
  });
  await waitFor('web', () => answers(`${url}/api/health`), { process: running });
  const readiness = async () => (await fetch(`${url}/api/health?ready`)).status;
  return { url, running, readiness };
}

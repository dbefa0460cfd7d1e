import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './folders';
import type { Livekit } from './livekit';
import { isPortFree } from './ports';
import { StackIsRunning } from './registry';
import { PortInUse, type StackOptions, startStack } from './stack';

type Command = {
  /** As the person typed it. */
  command: string;
  options: Omit<StackOptions, 'ports' | 'say' | 'onLine'>;
  /** Said at the end, after the address. */
  closing: string[];
};

/** Runs a stack until Ctrl-C, SIGTERM or the end of one of its parts, and says what it is doing. */
export async function runStack({ command, options, closing }: Command): Promise<void> {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  const asked = new AbortController();
  const stopping = untilAskedToStop(asked);
  if (existsSync(path.join(root, '.env'))) process.loadEnvFile(path.join(root, '.env'));
  const port = Number(process.env.PORT ?? 3000);
  try {
    const stack = await startStack({
      ...options,
      signal: asked.signal,
      ports: { web: port, ...(await filesPort(port)) },
      say: (message) => console.log(`[${seconds().padStart(5)} s] ${message}`),
      onLine: (name, line) => console.log(`[${name}] ${line}`),
    });
    console.log(`\nLectern is ready after ${seconds()} s: ${stack.appUrl}`);
    for (const line of closing) console.log(line);
    console.log('Ctrl-C stops it.\n');
    void keepLivekitUp(stack.livekit);
    const why = await Promise.race([stopping, stack.broken]);
    console.log(`\n${why} Stopping …`);
    await stack.stop();
    console.log('Stopped.');
    process.exit(why === askedToStop ? 0 : 1);
  } catch (error) {
    if (asked.signal.aborted) process.exit(0);
    console.error(explain(error, command, port));
    process.exit(1);
  }
}

const askedToStop = 'Asked to stop.';

function untilAskedToStop(asked: AbortController): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
      process.on(signal, () => {
        asked.abort();
        resolve(askedToStop);
      });
    }
  });
}

/** The port beside the app's, or any when that is somebody's. */
async function filesPort(webPort: number): Promise<{ files?: number }> {
  const given = process.env.LECTERN_FILES_URL;
  if (given) return { files: Number(new URL(given).port || 3001) };
  return (await isPortFree(webPort + 1)) ? { files: webPort + 1 } : {};
}

/** Classes live without LiveKit, and get it back. */
async function keepLivekitUp(livekit: Livekit | undefined): Promise<void> {
  if (!livekit) return;
  for (;;) {
    const how = await livekit.ended();
    if (livekit.isStopped()) return;
    console.log(`[livekit] has ended (${how}); it starts again in 15 s`);
    await wait(15_000, undefined, { ref: false });
    if (livekit.isStopped()) return;
    await livekit.restart().catch((error: Error) => console.log(`[livekit] ${error.message}`));
  }
}

function explain(error: unknown, command: string, port: number): string {
  const another = `Stop what runs there, or take another port: PORT=${port + 100} ${command}`;
  if (error instanceof PortInUse) return `Port ${error.port} is in use already. ${another}`;
  if (error instanceof StackIsRunning) return `${error.message} Stop it there with Ctrl-C, or use that one.`;
  return error instanceof Error ? error.message : String(error);
}

import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** For NODE_OPTIONS: the process prints an address at which `collectGarbage` finds it. */
export const INSPECTABLE = '--inspect=127.0.0.1:0';

/** Makes a Node process collect its garbage, so that what is left is what it holds. `logFile` has its output. */
export async function collectGarbage(logFile: string): Promise<void> {
  const url = readFileSync(logFile, 'utf8')
    .match(/ws:\/\/\S+/g)
    ?.at(-1);
  if (!url) throw new Error(`${logFile} names no inspector`);
  const inspector = new WebSocket(url);
  await once(inspector, 'open');
  for (const [id, method] of ['HeapProfiler.enable', 'HeapProfiler.collectGarbage'].entries()) {
    inspector.send(JSON.stringify({ id, method }));
    for (;;) {
      const [{ data }] = (await once(inspector, 'message')) as [MessageEvent<string>];
      if ((JSON.parse(data) as { id?: number }).id === id) break;
    }
  }
  inspector.close();
}

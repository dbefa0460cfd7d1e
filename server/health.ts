import type { App } from './app';
import { isEnding } from './shutdown';

export type PartState = { state: 'ok' | 'away'; ms: number };

export type Health = {
  /** The process answers. */
  status: 'ok';
  /** Pages, classes and sign-in work: the database is there, and the process is not about to end. Voice, video and jobs may be away. */
  ready: boolean;
  parts: { database: PartState; livekit: PartState; queue: PartState };
};

const PROBE_TIMEOUT_MS = 2_000;

type Probed = Pick<App, 'sql' | 'env' | 'log'>;

/** Looks at every part that the app needs, each for at most two seconds. Never throws. */
export async function readHealth(app: Probed): Promise<Health> {
  const [database, livekit, queue] = await Promise.all([
    probe(app, 'database', () => app.sql`select 1`),
    probe(app, 'livekit', () => probeLivekit(app.env.LIVEKIT_URL)),
    probe(app, 'queue', () => probeQueue(app)),
  ]);
  return { status: 'ok', ready: database.state === 'ok' && !isEnding(), parts: { database, livekit, queue } };
}

/** LiveKit answers plain HTTP with `OK` where it takes WebSockets. */
async function probeLivekit(url: string): Promise<void> {
  const address = url.replace(/^ws/, 'http');
  const response = await fetch(address, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS), cache: 'no-store' });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`LiveKit answered ${response.status}`);
}

/** The queue lives in the database; it moves while a worker is connected there (pg-boss names its connections). */
async function probeQueue(app: Probed): Promise<void> {
  const [row] = await app.sql<{ present: boolean; worked: boolean }[]>`
    select to_regclass('pgboss.version') is not null as present,
      exists (select from pg_stat_activity
        where datname = current_database() and application_name = 'pgboss') as worked`;
  if (!row?.present) throw new Error('No worker has set the queue up yet');
  if (!row.worked) throw new Error('No worker is connected');
}

async function probe(app: Probed, part: string, look: () => PromiseLike<unknown>): Promise<PartState> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time')), PROBE_TIMEOUT_MS);
  });
  try {
    await Promise.race([look(), late]);
    return { state: 'ok', ms: ms() };
  } catch (error) {
    app.log.warn({ part, reason: error instanceof Error ? error.message : String(error) }, 'part away');
    return { state: 'away', ms: ms() };
  } finally {
    clearTimeout(timer);
  }
}

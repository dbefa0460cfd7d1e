import { setTimeout as wait } from 'node:timers/promises';
import type { Actor } from '../../actor';

const POLL_MS = 50;
const PATIENCE_MS = 120_000;

type Playback = Awaited<ReturnType<Actor['trpc']['documents']['playback']['query']>>;

/** Asks until there is what is looked for. A file that nobody has looked at yet is no film. */
export async function untilPlayback<T>(
  actor: Pick<Actor, 'trpc'>,
  documentId: string,
  find: (playback: Playback) => T | null,
): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await wait(POLL_MS)) {
    const playback = await actor.trpc.documents.playback.query({ documentId }).catch(() => null);
    if (playback?.state === 'failed') throw new Error(`The film was not taken: ${playback.failure}`);
    const found = playback && find(playback);
    if (found !== null) return found;
  }
  throw new Error('The film cannot be watched in time');
}

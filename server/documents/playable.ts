import type { App } from '../app';
import { placesInLine } from './queries/library';
import * as queries from './queries/playable';

type PlayableFile = queries.PlayableRow & {
  /** How many films are made playable before this one; null where none waits. */
  ahead: number | null;
};

/**
 * What somebody has in their library that plays or is being made to, newest first: at most 200. `inWork`: more of it will play, or something new
 * may turn out to play.
 */
export async function listPlayable(
  app: Pick<App, 'db'>,
  ownerId: string,
): Promise<{ files: PlayableFile[]; inWork: boolean }> {
  const rows = await queries.selectPlayable(app.db, ownerId, 200);
  const waiting = rows.filter(({ plays }) => !plays).map(({ id }) => id);
  const ahead = await placesInLine(app.db, waiting);
  return {
    files: rows.map((row) => ({ ...row, ahead: ahead.get(row.id) ?? null })),
    inWork: waiting.length > 0 || (await queries.isAnythingChecked(app.db, ownerId)),
  };
}

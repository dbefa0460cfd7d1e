import type { App } from '../app';
import * as queries from './queries/playable';

/** What somebody has in their library that plays or is being made to, newest first: at most 200. */
export function listPlayable(app: Pick<App, 'db'>, ownerId: string): Promise<queries.PlayableRow[]> {
  return queries.selectPlayable(app.db, ownerId, 200);
}

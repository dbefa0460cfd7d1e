import type { App } from '../app';
import * as queries from './queries/playable';

/** What somebody has in their library that plays, newest first: at most 200. */
export function listPlayable(app: Pick<App, 'db'>, ownerId: string): Promise<{ id: string; name: string }[]> {
  return queries.selectPlayable(app.db, ownerId, 200);
}

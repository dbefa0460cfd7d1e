import type { Executor } from '@/db/client';
import type { App } from '../app';
import { insertPersonalLinks, type KnownLink, type NewLink } from './queries';

export type OwnLink = { id: string; version: number };

/**
 * People's own links: those that they have, and new ones for who has none. Whose link was revoked has none.
 * @param known  by whose they are, with what they lead to
 * @param wanted  by the same
 */
export async function ownLinks(
  app: Pick<App, 'newId'>,
  tx: Executor,
  known: ReadonlyMap<string, KnownLink>,
  wanted: ReadonlyMap<string, NewLink>,
): Promise<Map<string, OwnLink>> {
  const links = new Map<string, OwnLink>();
  for (const [whose, { id, version, revoked }] of known) if (!revoked) links.set(whose, { id, version });
  const made = [...wanted]
    .filter(([whose]) => !known.has(whose))
    .map(([whose, link]) => {
      const id = app.newId();
      links.set(whose, { id, version: 1 });
      return { ...link, id };
    });
  await insertPersonalLinks(tx, made);
  return links;
}

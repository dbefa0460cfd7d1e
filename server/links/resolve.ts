import type { App } from '../app';
import { AppError } from '../errors';
import { type DoorState, doorState } from './policy';
import * as queries from './queries';
import { isGenuine, parseLinkToken } from '../link-tokens';

/** What a genuine link leads to; `person` is whom a personal one stands for. Instants of `now` in ms, server time. */
export type ResolvedLink = queries.DoorRow & { state: DoorState };

/**
 * What a token leads to, whatever has become of the lesson.
 * @param viewerId  the account that asks, for `viewerRole`
 * @throws AppError LINK_INVALID: one answer for forged, unknown and revoked ones
 */
export async function findLink(app: App, token: string, viewerId: string | null): Promise<ResolvedLink> {
  const parsed = parseLinkToken(token);
  if (parsed?.kind !== 'lesson' && parsed?.kind !== 'personal') throw new AppError('LINK_INVALID');
  const find = parsed.kind === 'lesson' ? queries.findLessonDoor : queries.findPersonalDoor;
  const row = await find(app.db, parsed.id, viewerId);
  // An unknown link is compared as well, with a version that none has: both answers take the same work.
  const genuine = isGenuine(app.env.LECTERN_SECRET, parsed, row?.version ?? 0);
  if (!row || !genuine) throw new AppError('LINK_INVALID');
  return { ...row, state: doorState(row, row.now) };
}

/**
 * The same for who wants to use it.
 * @throws AppError LINK_INVALID; LESSON_ENDED where the class is over or was called off
 */
export async function resolveLink(
  app: App,
  token: string,
  viewerId: string | null = null,
): Promise<ResolvedLink> {
  const link = await findLink(app, token, viewerId);
  if (link.state === 'ended' || link.state === 'cancelled') throw new AppError('LESSON_ENDED');
  return link;
}

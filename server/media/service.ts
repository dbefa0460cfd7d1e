import { z } from 'zod';
import type { RoomState } from '@/room/state';
import type { App } from '../app';
import { readState } from '../rooms/service';
import { correctionFor, type MediaPermission, type MediaSource, permissionFor } from './policy';
import * as queries from './queries';

/** The time in which a join token may be used, seconds. A stay has no end of its own. */
export const TOKEN_SECONDS = 300;

const roomId = z.uuid();
const participantId = z.uuid();

export type MediaGrant = { url: string; token: string };

async function entitlement(app: App, state: RoomState, identity: string): Promise<MediaPermission | null> {
  // Identities and room names are ours alone, but a token could have been made elsewhere with the same key.
  if (!participantId.safeParse(identity).success) return null;
  return permissionFor(state, await queries.findParticipant(app.db, state.roomId, identity));
}

/** What a participant needs to join voice and video; null while no lesson is live, or when they were removed. Throws NOT_FOUND. */
export async function mediaGrant(
  app: App,
  participant: { id: string; roomId: string },
): Promise<MediaGrant | null> {
  const state = await readState(app, participant.roomId);
  const permission = await entitlement(app, state, participant.id);
  if (!permission) return null;
  const token = await app.mediaServer.mintToken(state.roomId, participant.id, permission, TOKEN_SECONDS);
  return { url: app.mediaServer.url, token };
}

/** Makes the media room of a lesson; after a crash of the media server it has lost its settings. */
export async function openMediaRoom(app: App, room: string): Promise<void> {
  await app.mediaServer.openRoom(room);
}

/** Ends voice and video for everyone in the room. */
export async function closeMediaRoom(app: App, room: string): Promise<void> {
  await app.mediaServer.closeRoom(room);
}

/** Compares one person in the media room with the database, and removes them or puts their permission right. */
export async function checkPerson(app: App, room: string, identity: string): Promise<void> {
  if (!(await known(app, room))) return closeMediaRoom(app, room);
  const [state, actual] = await Promise.all([
    readState(app, room),
    app.mediaServer.participant(room, identity),
  ]);
  if (!actual) return;
  await correct(app, state, identity, actual.permission);
}

/** Mutes what somebody sends now; whether they may switch it on again is their right's matter. */
export async function mutePerson(
  app: App,
  room: string,
  identity: string,
  source: MediaSource,
): Promise<void> {
  await app.mediaServer.mute(room, identity, source);
}

/** Compares everyone in the media room with the database. */
export async function reconcile(app: App, room: string): Promise<void> {
  if (!(await known(app, room))) return closeMediaRoom(app, room);
  const [state, people] = await Promise.all([readState(app, room), app.mediaServer.participants(room)]);
  for (const { identity, permission } of people) await correct(app, state, identity, permission);
}

async function known(app: App, room: string): Promise<boolean> {
  return roomId.safeParse(room).success && (await queries.roomExists(app.db, room));
}

async function correct(app: App, state: RoomState, identity: string, actual: MediaPermission): Promise<void> {
  const correction = correctionFor(actual, await entitlement(app, state, identity));
  if (!correction) return;
  app.log.info(
    { roomId: state.roomId, participantId: identity, correction: correction.kind },
    'media put right',
  );
  if (correction.kind === 'remove') await app.mediaServer.remove(state.roomId, identity);
  else await app.mediaServer.setPermission(state.roomId, identity, correction.permission);
}

/**
 * Takes a delivery of the media server: verifies and notes it, and gives what is left to do once it is acknowledged.
 * Null: nothing, or it was taken before. Throws BAD_INPUT for a forged one.
 */
export async function takeWebhook(
  app: App,
  rawBody: string,
  authorization: string | null,
): Promise<(() => Promise<void>) | null> {
  const webhook = await app.mediaServer.readWebhook(rawBody, authorization);
  if (webhook.kind !== 'joined' || !(await queries.takeWebhook(app.db, webhook.id))) return null;
  return () => checkPerson(app, webhook.room, webhook.identity);
}

/** Goes through every room that the media server has open, and forgets what no longer matters. */
export async function reconcileAll(app: App): Promise<void> {
  for (const room of await app.mediaServer.rooms()) await reconcile(app, room);
  await queries.forgetOldWebhooks(app.db);
}

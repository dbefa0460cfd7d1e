import type { MediaPermission, MediaSource } from '../../media/policy';

/** Somebody whom the media server has in a room now. `identity` is the participant id. */
export type MediaParticipant = {
  identity: string;
  permission: MediaPermission;
  tracks: readonly { sid: string; source: MediaSource | null; muted: boolean }[];
};

/** What the media server tells us. Only what we act on is told apart. */
export type MediaWebhook =
  | { id: string; kind: 'joined'; room: string; identity: string }
  | { id: string; kind: 'other'; room: string | null; event: string };

/**
 * The media server. Room names are room uuids, identities are participant ids; the database, not this server, says who
 * may do what. Every method but `mintToken` and `readWebhook` rejects when the server cannot be reached.
 */
export type MediaServer = {
  /** Where browsers connect: `ws://…` or `wss://…`. */
  readonly url: string;
  /** A join token. `ttlSeconds` is the time in which it may be used, not the length of the stay. */
  mintToken(room: string, identity: string, permission: MediaPermission, ttlSeconds: number): Promise<string>;
  /** Replaces the whole permission. Nothing happens if they are not there. */
  setPermission(room: string, identity: string, permission: MediaPermission): Promise<void>;
  /** Mutes every track of this source. Nothing happens if they are not there. */
  mute(room: string, identity: string, source: MediaSource): Promise<void>;
  /** Ends their connection; an old token may bring them back, so the join is checked too. */
  remove(room: string, identity: string): Promise<void>;
  /** Makes the room if it is not there: after a crash its settings are lost. */
  openRoom(room: string): Promise<void>;
  /** Ends every connection to the room. Nothing happens if there is none. */
  closeRoom(room: string): Promise<void>;
  /** Names of the rooms that are open. */
  rooms(): Promise<readonly string[]>;
  participants(room: string): Promise<readonly MediaParticipant[]>;
  /** Null when they are not there. */
  participant(room: string, identity: string): Promise<MediaParticipant | null>;
  /** Checks the signature over the raw body. @throws AppError BAD_INPUT for a forged or broken one */
  readWebhook(rawBody: string, authorization: string | null): Promise<MediaWebhook>;
};

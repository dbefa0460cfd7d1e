import {
  AccessToken,
  RoomServiceClient,
  TrackSource,
  TwirpError,
  type ParticipantInfo,
  WebhookReceiver,
} from 'livekit-server-sdk';
import { AppError } from '../../errors';
import type { MediaPermission, MediaSource } from '../../media/policy';
import type { MediaParticipant, MediaServer, MediaWebhook } from './port';

const SOURCES: Record<MediaSource, readonly TrackSource[]> = {
  microphone: [TrackSource.MICROPHONE],
  camera: [TrackSource.CAMERA],
  screen: [TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO],
};
/** A room that everybody left is forgotten after this time; the log decides when a lesson ends, not this. */
const EMPTY_ROOM_SECONDS = 600;
const REQUEST_TIMEOUT_SECONDS = 5;

function trackSources(sources: readonly MediaSource[]): TrackSource[] {
  return sources.flatMap((source) => SOURCES[source]);
}

function mediaSource(source: TrackSource): MediaSource | null {
  switch (source) {
    case TrackSource.MICROPHONE:
      return 'microphone';
    case TrackSource.CAMERA:
      return 'camera';
    case TrackSource.SCREEN_SHARE:
    case TrackSource.SCREEN_SHARE_AUDIO:
      return 'screen';
    default:
      return null;
  }
}

/** The whole object, every field: what is left out would be reset by the server. */
function toPermission({ sources, data }: MediaPermission) {
  return {
    canSubscribe: true,
    canPublish: sources.length > 0,
    canPublishSources: trackSources(sources),
    canPublishData: data,
    canUpdateMetadata: false,
    hidden: false,
    canSubscribeMetrics: false,
  };
}

function toParticipant(info: ParticipantInfo): MediaParticipant {
  const permission = info.permission;
  const every: MediaSource[] = ['microphone', 'camera', 'screen'];
  const named = new Set((permission?.canPublishSources ?? []).map(mediaSource));
  // To the server an empty list with `canPublish` means every source.
  const allowed = permission?.canPublish
    ? named.size === 0
      ? every
      : every.filter((source) => named.has(source))
    : [];
  return {
    identity: info.identity,
    permission: { sources: allowed, data: permission?.canPublishData ?? false },
    tracks: info.tracks.map((track) => ({
      sid: track.sid,
      source: mediaSource(track.source),
      muted: track.muted,
    })),
  };
}

/** Runs a request; that the person or room is not there (any more) is not a failure. */
async function unlessGone<T>(request: Promise<T>, gone: T): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof TwirpError && error.code === 'not_found') return gone;
    throw error;
  }
}

/** LiveKit behind the port. @param url `ws(s)://` or `http(s)://` */
export function createLiveKit(url: string, apiKey: string, apiSecret: string): MediaServer {
  const api = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret, {
    requestTimeout: REQUEST_TIMEOUT_SECONDS,
  });
  const webhooks = new WebhookReceiver(apiKey, apiSecret);

  return {
    url: url.replace(/^http/, 'ws'),

    mintToken(room, identity, permission, ttlSeconds) {
      const token = new AccessToken(apiKey, apiSecret, { identity, ttl: ttlSeconds });
      token.addGrant({
        room,
        roomJoin: true,
        canSubscribe: true,
        canPublish: permission.sources.length > 0,
        canPublishSources: trackSources(permission.sources),
        canPublishData: permission.data,
        canUpdateOwnMetadata: false,
      });
      return token.toJwt();
    },

    async setPermission(room, identity, permission) {
      await unlessGone(
        api.updateParticipant(room, identity, { permission: toPermission(permission) }),
        undefined,
      );
    },

    async mute(room, identity, source) {
      const info = await unlessGone<ParticipantInfo | null>(api.getParticipant(room, identity), null);
      const wanted = (info?.tracks ?? []).filter(
        (track) => mediaSource(track.source) === source && !track.muted,
      );
      await Promise.all(
        wanted.map((track) => unlessGone(api.mutePublishedTrack(room, identity, track.sid, true), undefined)),
      );
    },

    remove: (room, identity) => unlessGone(api.removeParticipant(room, identity), undefined),

    async openRoom(room) {
      await api.createRoom({
        name: room,
        emptyTimeout: EMPTY_ROOM_SECONDS,
        departureTimeout: EMPTY_ROOM_SECONDS,
      });
    },

    closeRoom: (room) => unlessGone(api.deleteRoom(room), undefined),

    async rooms() {
      return (await api.listRooms()).map((room) => room.name);
    },

    async participants(room) {
      return (await unlessGone(api.listParticipants(room), [])).map(toParticipant);
    },

    async participant(room, identity) {
      const info = await unlessGone<ParticipantInfo | null>(api.getParticipant(room, identity), null);
      return info && toParticipant(info);
    },

    async readWebhook(rawBody, authorization): Promise<MediaWebhook> {
      const event = await webhooks.receive(rawBody, authorization ?? '').catch((error: unknown) => {
        throw new AppError('BAD_INPUT', {}, { cause: error });
      });
      const room = event.room?.name ?? null;
      const identity = event.participant?.identity;
      if (event.event === 'participant_joined' && room && identity) {
        return { id: event.id, kind: 'joined', room, identity };
      }
      return { id: event.id, kind: 'other', room, event: event.event };
    },
  };
}

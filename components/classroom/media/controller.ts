import {
  AudioPresets,
  DisconnectReason,
  ParticipantEvent,
  Room,
  RoomEvent,
  type ScreenShareCaptureOptions,
  setLogLevel,
  Track,
  type TrackPublishOptions,
  VideoPreset,
} from 'livekit-client';
import { createAttachments } from './attachments';
import { readDeviceMemory } from './device-memory';
import { createLevelMeter } from './level-meter';
import { createOwnDevices } from './own-devices';
import { readPeople } from './read-people';
import { rejoinDelay, sdkRetryDelay } from './reconnect';
import type { GrantAnswer, MediaController, MediaGrant, MediaStatus, MediaView, OwnSource } from './types';

type Settings = {
  me: string;
  /** Asks the server for a new grant. Never rejects. */
  askGrant: () => Promise<GrantAnswer>;
  random: () => number;
};

// The client tells its whole course; what is wrong is enough.
setLogLevel('warn');

/** The lowest layer fits a line of 128 kbit/s beside the sound. */
const LAYERS = [new VideoPreset(320, 180, 90_000, 15), new VideoPreset(640, 360, 350_000, 20)];

function makeRoom(random: () => number): Room {
  const memory = readDeviceMemory();
  return new Room({
    adaptiveStream: true,
    dynacast: true,
    reconnectPolicy: { nextRetryDelayInMs: ({ retryCount }) => sdkRetryDelay(retryCount, random()) },
    publishDefaults: {
      audioPreset: AudioPresets.speech,
      dtx: true,
      red: true,
      videoSimulcastLayers: LAYERS,
      videoEncoding: { maxBitrate: 900_000, maxFramerate: 24 },
    },
    audioCaptureDefaults: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    audioOutput: memory.speaker ? { deviceId: memory.speaker } : undefined,
  });
}

/** A tab or the screen, with its sound as it is: what cleans voices spoils music. */
const SCREEN: ScreenShareCaptureOptions = {
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  systemAudio: 'include',
  surfaceSwitching: 'include',
  selfBrowserSurface: 'include',
};
const SCREEN_SOUND: TrackPublishOptions = { audioPreset: AudioPresets.musicHighQuality, dtx: false };

/** Voice and video through LiveKit. Loaded lazily: nothing outside of this folder may import it. */
export function createController({ me, askGrant, random }: Settings): MediaController {
  const room = makeRoom(random);
  const listeners = new Set<() => void>();
  const topics = new Map<string, Set<(bytes: Uint8Array, from: string) => void>>();
  let status: MediaStatus = { kind: 'off' };
  let entered = false;
  /** Raised by every start and stop: a loop that finds another number has been overtaken. */
  let generation = 0;
  let scheduled = false;
  /** A leave is under way: LiveKit cannot join before it is done. */
  let leaving: Promise<unknown> = Promise.resolve();
  /** A try is under way: its failure is `join`'s to see, not the room's event. */
  let joining = false;

  const own = createOwnDevices(room, changed);
  const meter = createLevelMeter(() => own.trackOf('microphone'));
  const attachments = createAttachments((participantId, source) => {
    if (participantId === me && source === 'camera') return own.trackOf('camera');
    const participant =
      participantId === me ? room.localParticipant : room.remoteParticipants.get(participantId);
    const publication = participant?.getTrackPublication(
      source === 'camera' ? Track.Source.Camera : Track.Source.ScreenShare,
    );
    return publication?.track ?? null;
  });

  let view = readView({});

  function readView(before: MediaView['people']): MediaView {
    return {
      status,
      entered,
      mine: {
        microphone: own.read('microphone'),
        camera: own.read('camera'),
        screen: Boolean(room.localParticipant.getTrackPublication(Track.Source.ScreenShare)),
        looksAway: own.looksAway(),
      },
      people: readPeople(room, before),
      soundBlocked: entered && status.kind === 'connected' && !room.canPlaybackAudio,
      dataAvailable:
        status.kind === 'connected' && room.localParticipant.permissions?.canPublishData === true,
    };
  }

  function changed() {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      attachments.refresh();
      meter.refresh();
      view = readView(view.people);
      for (const listener of listeners) listener();
    });
  }

  function setStatus(next: MediaStatus) {
    status = next;
    changed();
  }

  async function connect(first: MediaGrant | null) {
    const mine = ++generation;
    let grant = first;
    if (status.kind !== 'away') setStatus({ kind: 'connecting' });
    for (let attempt = 0; mine === generation; attempt++) {
      const answer: GrantAnswer = grant ? { kind: 'grant', grant } : await askGrant();
      grant = null;
      if (mine !== generation) return;
      if (answer.kind === 'refused') return setStatus({ kind: 'off' });
      if (answer.kind === 'grant' && (await join(answer.grant))) {
        if (mine !== generation) return;
        setStatus({ kind: 'connected' });
        if (entered) await own.sendWanted();
        return;
      }
      if (mine !== generation) return;
      setStatus({ kind: 'away' });
      await new Promise((resolve) => setTimeout(resolve, rejoinDelay(attempt, random())));
    }
  }

  async function join(grant: MediaGrant): Promise<boolean> {
    await leaving;
    joining = true;
    try {
      await room.connect(grant.url, grant.token, { maxRetries: 0, websocketTimeout: 8000 });
      return true;
    } catch (error) {
      console.warn('Voice and video could not be reached', error);
      return false;
    } finally {
      joining = false;
    }
  }

  function leave() {
    leaving = room
      .disconnect()
      .catch((error: unknown) => console.warn('Voice and video were not left in order', error));
  }

  function disconnected(reason: DisconnectReason | undefined) {
    if (joining || status.kind === 'off' || status.kind === 'elsewhere') return changed();
    if (reason === DisconnectReason.CLIENT_INITIATED) return changed();
    if (reason === DisconnectReason.DUPLICATE_IDENTITY) {
      generation++;
      return setStatus({ kind: 'elsewhere' });
    }
    setStatus({ kind: 'away' });
    void connect(null);
  }

  function ownMuted(source: Track.Source | undefined) {
    if (source === Track.Source.Microphone) own.switchedOff('microphone');
    if (source === Track.Source.Camera) own.switchedOff('camera');
    changed();
  }

  function listen() {
    const simple = [
      RoomEvent.ParticipantConnected,
      RoomEvent.ParticipantDisconnected,
      RoomEvent.TrackSubscribed,
      RoomEvent.TrackUnsubscribed,
      RoomEvent.TrackPublished,
      RoomEvent.TrackUnpublished,
      RoomEvent.TrackUnmuted,
      RoomEvent.ActiveSpeakersChanged,
      RoomEvent.ParticipantPermissionsChanged,
      RoomEvent.LocalTrackPublished,
      RoomEvent.AudioPlaybackStatusChanged,
    ] as const;
    for (const event of simple) room.on(event, changed);
    room.on(RoomEvent.TrackMuted, (publication, participant) => {
      if (participant.isLocal) ownMuted(publication.source);
      else changed();
    });
    // Unpublished by a lost right while connected; a lost connection unpublishes too, and then it comes back.
    room.localParticipant.on(ParticipantEvent.LocalTrackUnpublished, (publication) => {
      if (room.state === 'connected') ownMuted(publication.source);
      else changed();
    });
    room.on(RoomEvent.Reconnecting, () => setStatus({ kind: 'away' }));
    room.on(RoomEvent.Reconnected, () => setStatus({ kind: 'connected' }));
    room.on(RoomEvent.Disconnected, disconnected);
    room.on(RoomEvent.DataReceived, (bytes, participant, _kind, topic) => {
      if (!participant || !topic) return;
      for (const listener of topics.get(topic) ?? []) listener(bytes, participant.identity);
    });
  }
  listen();

  async function shareScreen(on: boolean): Promise<boolean> {
    try {
      const publication = await room.localParticipant.setScreenShareEnabled(on, SCREEN, SCREEN_SOUND);
      return on && publication !== undefined;
    } catch (error) {
      // Closing the browser's chooser is an answer, not a failure.
      console.info('The screen is not shared', error);
      return false;
    }
  }

  return {
    room,
    getView: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: (grant) => void connect(grant),
    stop() {
      generation++;
      entered = false;
      own.stop();
      setStatus({ kind: 'off' });
      leave();
    },
    enter() {
      entered = true;
      // Browsers let sound be heard from a press on: this is one. Begun before it, the client's own sound waits for that.
      room.startAudio().catch((error: unknown) => console.info('Voices wait for another press', error));
      changed();
      if (status.kind === 'connected') void own.sendWanted();
    },
    takeHere: () => void connect(null),
    setDevice: (source: OwnSource, on: boolean) => own.set(source, on),
    shareScreen,
    choose: (kind, deviceId) => own.choose(kind, deviceId),
    turnCamera: own.turnCamera,
    unblockSound: () => room.startAudio(),
    attach: attachments.attach,
    onLevel: meter.onLevel,
    send(topic, bytes, options) {
      if (!view.dataAvailable) return;
      const destinationIdentities = options?.to ? [...options.to] : undefined;
      room.localParticipant
        .publishData(bytes as Uint8Array<ArrayBuffer>, { reliable: false, topic, destinationIdentities })
        .catch((error: unknown) => console.debug('A data packet was lost', error));
    },
    onMessage(topic, listener) {
      const set = topics.get(topic) ?? new Set();
      topics.set(topic, set.add(listener));
      return () => set.delete(listener);
    },
    close() {
      generation++;
      status = { kind: 'off' };
      meter.close();
      own.stop();
      leave();
    },
  };
}

/**
 * Shows nothing. That the page renders it lets the server name this file's code in the page, so that the browser fetches
 * it together with the page and not after it.
 */
export function MediaEngine(): null {
  return null;
}

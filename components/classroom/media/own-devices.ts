import {
  createLocalAudioTrack,
  createLocalVideoTrack,
  type LocalAudioTrack,
  type LocalTrack,
  LocalVideoTrack,
  MediaDeviceFailure,
  ParticipantEvent,
  type Room,
  Track,
  TrackEvent,
} from 'livekit-client';
import { readDeviceMemory, rememberDevices } from './device-memory';
import { looksAway, turnCamera } from './turn-camera';
import type { DeviceKind, DeviceProblem, OwnDevice, OwnSource } from './types';

type Slot = OwnDevice & {
  /** Made for the preview and not yet sent. */
  preview: LocalAudioTrack | LocalVideoTrack | null;
  /** What the person last asked for: what is sent again after the connection was lost. */
  wanted: boolean;
  /** Being muted by this tab: the media client tells of that as it tells of somebody else's doing. */
  muting: boolean;
};

const SOURCES = { microphone: Track.Source.Microphone, camera: Track.Source.Camera } as const;
/** Sharp on the largest tile that a class has, and half the work of 720p for a small computer. */
const CAMERA = { width: 960, height: 540, frameRate: 24 };
/** How long a right that the log already shows may take to reach the media server. */
const PERMISSION_WAIT_MS = 4000;
/** Changes of mind that are followed within one switch, before it counts as failed. */
const MAX_SWITCHES = 10;

function problemOf(error: unknown): DeviceProblem {
  switch (MediaDeviceFailure.getFailure(error)) {
    case MediaDeviceFailure.PermissionDenied:
      return 'denied';
    case MediaDeviceFailure.NotFound:
      return 'missing';
    case MediaDeviceFailure.DeviceInUse:
      return 'in-use';
    default:
      return 'failed';
  }
}

function maySend(room: Room, source: Track.Source): boolean {
  const permissions = room.localParticipant.permissions;
  if (!permissions?.canPublish) return false;
  // The protocol's numbers: 1 camera, 2 microphone. An empty list means all.
  const number = source === Track.Source.Camera ? 1 : 2;
  return permissions.canPublishSources.length === 0 || permissions.canPublishSources.includes(number);
}

/** Resolves when the media server allows the source, rejects after a while. */
function permitted(room: Room, source: Track.Source): Promise<void> {
  if (maySend(room, source)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      room.localParticipant.off(ParticipantEvent.ParticipantPermissionsChanged, check);
    };
    const check = () => {
      if (!maySend(room, source)) return;
      done();
      resolve();
    };
    const timer = setTimeout(() => {
      done();
      reject(new Error(`The right to send ${source} did not arrive`));
    }, PERMISSION_WAIT_MS);
    room.localParticipant.on(ParticipantEvent.ParticipantPermissionsChanged, check);
  });
}

/** The person's own microphone and camera: as a preview before entering, sent after it. */
export function createOwnDevices(room: Room, changed: () => void) {
  const fresh = (): Slot => ({
    on: false,
    busy: false,
    problem: null,
    preview: null,
    wanted: false,
    muting: false,
  });
  const slots: Record<OwnSource, Slot> = { microphone: fresh(), camera: fresh() };
  let sending = false;

  const published = (source: OwnSource) => room.localParticipant.getTrackPublication(SOURCES[source]);

  function trackOf(source: OwnSource): LocalTrack | null {
    return published(source)?.track ?? slots[source].preview;
  }

  function watch(source: OwnSource, track: LocalTrack) {
    track.on(TrackEvent.Ended, () => {
      const slot = slots[source];
      if (slot.preview === track) slot.preview = null;
      if (!slot.wanted) return;
      slot.problem = 'unplugged';
      changed();
    });
  }

  async function makePreview(source: OwnSource) {
    const slot = slots[source];
    if (slot.preview) return;
    const deviceId = readDeviceMemory()[source];
    const track =
      source === 'microphone'
        ? await createLocalAudioTrack({
            deviceId,
            echoCancellation: true,
            noiseSuppression: true,
            autoGainControl: true,
          })
        : await createLocalVideoTrack({ deviceId, resolution: CAMERA });
    slot.preview = track;
    watch(source, track);
  }

  async function send(source: OwnSource) {
    await permitted(room, SOURCES[source]);
    const slot = slots[source];
    if (published(source)) {
      await published(source)?.unmute();
      return;
    }
    await makePreview(source);
    const track = slot.preview;
    // Whoever has changed their mind meanwhile is not seen or heard even for a moment.
    if (!track || !slot.wanted) return;
    await room.localParticipant.publishTrack(track, { source: SOURCES[source] });
    slot.preview = null;
  }

  function drop(source: OwnSource) {
    slots[source].preview?.stop();
    slots[source].preview = null;
  }

  const sendingNow = () => sending && room.state === 'connected';

  /** Whether things are as the person wants them: off; or on and, once one is in the room, sent. */
  function isSettled(source: OwnSource): boolean {
    const { wanted, preview } = slots[source];
    const sent = published(source);
    if (!wanted) return preview === null && (!sent || sent.isMuted);
    return sent ? !sent.isMuted : preview !== null && !sendingNow();
  }

  async function switchOnce(source: OwnSource) {
    if (slots[source].wanted) await (sendingNow() ? send(source) : makePreview(source));
    else if (published(source)) await mute(source);
    else drop(source);
  }

  async function mute(source: OwnSource) {
    const slot = slots[source];
    slot.muting = true;
    try {
      await published(source)?.mute();
    } finally {
      slot.muting = false;
    }
  }

  /**
   * Whoever asks while a switch is under way is heard after it: a key released early must not leave a microphone open, and
   * who joins while the preview still starts must be seen.
   */
  async function set(source: OwnSource, on: boolean) {
    const slot = slots[source];
    Object.assign(slot, { wanted: on, problem: null });
    if (slot.busy) return;
    slot.busy = true;
    changed();
    try {
      for (let tries = 0; !isSettled(source); tries++) {
        if (tries === MAX_SWITCHES) throw new Error(`The ${source} does not switch`);
        await switchOnce(source);
      }
    } catch (error) {
      slot.wanted = false;
      slot.problem = problemOf(error);
      console.warn(`The ${source} could not be switched`, error);
    }
    slot.busy = false;
    changed();
  }

  return {
    set,
    trackOf,

    read(source: OwnSource): OwnDevice {
      const { busy, problem } = slots[source];
      const publication = published(source);
      const on = publication ? !publication.isMuted : slots[source].preview !== null;
      return { on, busy, problem };
    },

    /** Called at every fresh connection: sends what is on. */
    async sendWanted() {
      sending = true;
      await Promise.all(
        (['microphone', 'camera'] as const).filter((s) => slots[s].wanted).map((s) => set(s, true)),
      );
    },

    /** The teacher, or a lost right, switched it off: it must not come back by itself. */
    switchedOff(source: OwnSource) {
      if (!slots[source].muting) slots[source].wanted = false;
    },

    watch,

    async choose(kind: DeviceKind, deviceId: string) {
      rememberDevices({ [kind]: deviceId });
      if (kind === 'speaker') {
        await room.switchActiveDevice('audiooutput', deviceId);
        return;
      }
      try {
        // This one and no other: a wish would be weighed against the size of the picture.
        await trackOf(kind)?.setDeviceId({ exact: deviceId });
        slots[kind].problem = null;
      } catch (error) {
        slots[kind].problem = problemOf(error);
        console.warn(`The ${kind} could not be changed`, error);
      }
      changed();
    },

    /** The other side of a phone, or the next camera. */
    async turnCamera() {
      const track = trackOf('camera');
      if (!(track instanceof LocalVideoTrack)) return;
      try {
        const camera = await turnCamera(track, CAMERA);
        if (camera) rememberDevices({ camera });
        slots.camera.problem = null;
      } catch (error) {
        slots.camera.problem = problemOf(error);
        console.warn('The camera could not be changed', error);
      }
      changed();
    },

    looksAway() {
      const track = trackOf('camera');
      return track instanceof LocalVideoTrack && looksAway(track);
    },

    /** Everything off; nothing is sent until `sendWanted` is called again. */
    stop() {
      sending = false;
      for (const source of ['microphone', 'camera'] as const) {
        slots[source].wanted = false;
        drop(source);
      }
    },
  };
}

export type OwnDevices = ReturnType<typeof createOwnDevices>;

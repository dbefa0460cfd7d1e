import type { Room } from 'livekit-client';

/** What the browser needs to connect; the token may be used for five minutes at most. */
export type MediaGrant = { url: string; token: string };

/** Answer to the question for a new grant: `refused` is final (removed, no live lesson), `unreachable` is worth a retry. */
export type GrantAnswer =
  | { kind: 'grant'; grant: MediaGrant }
  | { kind: 'refused' }
  | { kind: 'unreachable' };

/** How this tab stands with the media server. */
export type MediaStatus =
  /** No lesson, or not entitled: nothing is tried. */
  | { kind: 'off' }
  | { kind: 'connecting' }
  | { kind: 'connected' }
  /** The server cannot be reached: tried again and again until it is back. */
  | { kind: 'away' }
  /** Another tab of the same person took voice and video; never taken back without being asked. */
  | { kind: 'elsewhere' };

export type MediaSource = 'microphone' | 'camera' | 'screen';
export type OwnSource = 'microphone' | 'camera';

/** Why a device does not work, as far as a person can do something about it. */
export type DeviceProblem = 'denied' | 'missing' | 'in-use' | 'unplugged' | 'failed';

export type OwnDevice = {
  on: boolean;
  /** Being switched on or off. */
  busy: boolean;
  problem: DeviceProblem | null;
};

/** What somebody sends now. `muted`: there is a microphone, and it is off. */
export type PersonMedia = {
  microphone: 'none' | 'muted' | 'on';
  camera: boolean;
  screen: boolean;
  speaking: boolean;
};

export type MediaView = {
  status: MediaStatus;
  /** After **Join** or **Join as listener**; before it nothing is sent and nothing is heard. */
  entered: boolean;
  mine: {
    microphone: OwnDevice;
    camera: OwnDevice;
    screen: boolean;
    /** One's camera looks away from oneself, as the back one of a phone does. */
    looksAway: boolean;
  };
  /** By participant id, oneself included. Who is not here sends nothing. */
  people: Readonly<Record<string, PersonMedia>>;
  /** The browser wants a gesture before it plays sound. */
  soundBlocked: boolean;
  /** Data packets may be sent now. */
  dataAvailable: boolean;
};

export type DeviceChoice = { microphone?: string; camera?: string; speaker?: string };
export type DeviceKind = keyof DeviceChoice;

/** Voice and video of this tab. Pure of React; `useMedia` reads it. */
export type MediaController = {
  getView(): MediaView;
  subscribe(listener: () => void): () => void;
  /** Connects and stays connected until `stop`. A first grant spares the question. */
  start(grant: MediaGrant | null): void;
  /** The lesson is over or the person is out. */
  stop(): void;
  /** From now on what is switched on is sent, and others are heard. */
  enter(): void;
  /** Takes voice and video into this tab. */
  takeHere(): void;
  setDevice(source: OwnSource, on: boolean): Promise<void>;
  shareScreen(on: boolean): Promise<boolean>;
  choose(kind: DeviceKind, deviceId: string): Promise<void>;
  /** The camera of a phone's other side, or the next one. */
  turnCamera(): Promise<void>;
  unblockSound(): Promise<void>;
  /** Shows somebody's video in an element for as long as it is not detached, whatever becomes of the track meanwhile. */
  attach(participantId: string, source: 'camera' | 'screen', element: HTMLVideoElement): () => void;
  /** Own microphone's loudness from 0 to 1. */
  onLevel(listener: (level: number) => void): () => void;
  /** Lossy, at most 1,300 bytes; silently dropped without a connection. `to`: participant ids, everyone without it. */
  send(topic: string, bytes: Uint8Array, options?: { to?: readonly string[] }): void;
  onMessage(topic: string, listener: (bytes: Uint8Array, from: string) => void): () => void;
  readonly room: Room;
  close(): void;
};

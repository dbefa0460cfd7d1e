import type { LocalVideoTrack, VideoCaptureOptions } from 'livekit-client';

const OTHER_SIDE = { user: 'environment', environment: 'user' } as const;
type Side = keyof typeof OTHER_SIDE;

function sideOf(track: LocalVideoTrack): Side | null {
  const { facingMode } = track.mediaStreamTrack.getSettings();
  return facingMode === 'user' || facingMode === 'environment' ? facingMode : null;
}

/** Whether a camera looks away from who holds it: what it shows is not their mirror. */
export const looksAway = (track: LocalVideoTrack): boolean => sideOf(track) === 'environment';

/**
 * Sends another camera's picture in the place of this one's: on a phone that of its other side, elsewhere that of the next camera. A phone has
 * several cameras on a side, which is why it is asked for the side and not for the next in its list.
 * @returns the id of the camera that it is now; null: there is no other one
 */
export async function turnCamera(
  track: LocalVideoTrack,
  resolution: VideoCaptureOptions['resolution'],
): Promise<string | null> {
  const side = sideOf(track);
  if (side && (await turnTo(track, OTHER_SIDE[side], resolution))) return (await track.getDeviceId()) ?? null;
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(
    ({ kind }) => kind === 'videoinput',
  );
  const now = await track.getDeviceId();
  const next = cameras[(cameras.findIndex(({ deviceId }) => deviceId === now) + 1) % cameras.length];
  if (!next || next.deviceId === now) return null;
  await track.setDeviceId({ exact: next.deviceId });
  return next.deviceId;
}

async function turnTo(
  track: LocalVideoTrack,
  facingMode: Side,
  resolution: VideoCaptureOptions['resolution'],
): Promise<boolean> {
  await track.restartTrack({ facingMode, resolution });
  return sideOf(track) === facingMode;
}

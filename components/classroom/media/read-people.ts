import { type Participant, type Room, Track } from 'livekit-client';
import type { PersonMedia } from './types';

function mediaOf(participant: Participant): PersonMedia {
  const microphone = participant.getTrackPublication(Track.Source.Microphone);
  const camera = participant.getTrackPublication(Track.Source.Camera);
  const screen = participant.getTrackPublication(Track.Source.ScreenShare);
  return {
    microphone: microphone ? (microphone.isMuted ? 'muted' : 'on') : 'none',
    camera: Boolean(camera?.track && !camera.isMuted),
    screen: Boolean(screen?.track),
    speaking: participant.isSpeaking,
  };
}

function same(a: PersonMedia, b: PersonMedia): boolean {
  return (
    a.microphone === b.microphone &&
    a.camera === b.camera &&
    a.screen === b.screen &&
    a.speaking === b.speaking
  );
}

/** What everybody sends now, by participant id. Who did not change keeps the same object, so that tiles stay still. */
export function readPeople(
  room: Room,
  before: Readonly<Record<string, PersonMedia>>,
): Readonly<Record<string, PersonMedia>> {
  const people: Record<string, PersonMedia> = {};
  const everyone: Participant[] = [...room.remoteParticipants.values()];
  if (room.localParticipant.identity) everyone.push(room.localParticipant);
  let changed = false;
  for (const participant of everyone) {
    const now = mediaOf(participant);
    const old = before[participant.identity];
    people[participant.identity] = old && same(old, now) ? old : now;
    changed ||= people[participant.identity] !== old;
  }
  return changed || everyone.length !== Object.keys(before).length ? people : before;
}

'use client';

import { RoomAudioRenderer, RoomContext } from '@livekit/components-react';
import type { Room } from 'livekit-client';

/** Everybody's voice, and the sound of shared screens. */
export default function Sound({ room }: { room: Room }) {
  return (
    <RoomContext.Provider value={room}>
      <RoomAudioRenderer />
    </RoomContext.Provider>
  );
}

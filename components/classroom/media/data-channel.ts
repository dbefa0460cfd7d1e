'use client';

import { useMemo } from 'react';
import { useMedia, useMediaView } from './media-context';

/** The most that fits one packet on every network; what is longer would be cut up and lost as a whole. */
export const MAX_PACKET_BYTES = 1300;

export type DataChannel = {
  /** Whether a packet sent now goes anywhere: connected, and with the right to draw. */
  available: boolean;
  /** Lossy and unordered; dropped in silence when there is no connection. `to`: participant ids, everyone without it. */
  send(topic: string, bytes: Uint8Array, options?: { to?: readonly string[] }): void;
  /** Hears a topic until the returned function is called. `from` is a participant id, vouched for by the media server. */
  onMessage(topic: string, listener: (bytes: Uint8Array, from: string) => void): () => void;
};

/** What may be lost (DESIGN §3): cursors, laser, strokes in the making. `send` and `onMessage` stay the same object. */
export function useDataChannel(): DataChannel {
  const media = useMedia();
  const available = useMediaView((view) => view.dataAvailable);
  return useMemo(
    () => ({
      available,
      send(topic, bytes, options) {
        if (bytes.byteLength > MAX_PACKET_BYTES)
          throw new RangeError(`A packet of ${bytes.byteLength} bytes is too long`);
        media.send(topic, bytes, options);
      },
      onMessage: media.onMessage,
    }),
    [media, available],
  );
}

'use client';

import { useEffect, useRef } from 'react';
import { useMe } from '@/components/room-log/use-room';
import { useLasting } from '@/components/ui/use-lasting';
import { readDeviceMemory } from './media/device-memory';
import { useMedia, useMediaView } from './media/media-context';

/** A camera that starts while one connects makes both slow; a server that does not answer must not keep it off. */
const CONNECTING_MS = 1000;

/**
 * Switches on what was on the last time, as soon as there is a right to it and the connection stands. In the room it is
 * done only where the check had no time to: a right that is given there is the person's own to use.
 */
export function useRememberedDevices(where: 'check' | 'room' | null): void {
  const media = useMedia();
  const { microphone, camera } = useMe().rights;
  const connecting = useMediaView(({ status }) => status.kind === 'connecting' || status.kind === 'off');
  const late = useLasting(connecting, CONNECTING_MS);
  const waits = connecting && !late;
  const done = useRef(false);
  useEffect(() => {
    if (where === null || waits || (where === 'room' && done.current)) return;
    done.current = true;
    const { on } = readDeviceMemory();
    if (microphone && on.microphone) void media.setDevice('microphone', true);
    if (camera && on.camera) void media.setDevice('camera', true);
  }, [media, where, waits, microphone, camera]);
}

'use client';

import { useEffect, useState } from 'react';
import type { DeviceKind } from './types';

export type DeviceOption = { id: string; label: string };
export type DeviceList = Record<DeviceKind, readonly DeviceOption[]>;

const KINDS: Record<DeviceKind, MediaDeviceKind> = {
  microphone: 'audioinput',
  camera: 'videoinput',
  speaker: 'audiooutput',
};
const NONE: DeviceList = { microphone: [], camera: [], speaker: [] };

function pick(devices: readonly MediaDeviceInfo[], kind: DeviceKind): DeviceOption[] {
  return devices
    .filter((device) => device.kind === KINDS[kind] && device.deviceId && device.label)
    .map((device) => ({ id: device.deviceId, label: device.label }));
}

/**
 * The devices of this computer, followed as they are plugged in and out. Browsers name them only after a permission, so
 * `again` (anything that changes when one is given) makes it look anew.
 */
export function useDeviceList(again: unknown): DeviceList {
  const [list, setList] = useState<DeviceList>(NONE);
  useEffect(() => {
    const media = navigator.mediaDevices;
    if (!media) return;
    let current = true;
    const read = async () => {
      const devices = await media.enumerateDevices();
      if (!current) return;
      setList({
        microphone: pick(devices, 'microphone'),
        camera: pick(devices, 'camera'),
        speaker: pick(devices, 'speaker'),
      });
    };
    const refresh = () =>
      void read().catch((error: unknown) => console.warn('The devices could not be listed', error));
    refresh();
    media.addEventListener('devicechange', refresh);
    return () => {
      current = false;
      media.removeEventListener('devicechange', refresh);
    };
  }, [again]);
  return list;
}

import type { DeviceChoice, OwnSource } from './types';

const KEY = 'lectern.devices';

/** What this browser remembers of its person's devices: which ones, and whether they were on. */
export type DeviceMemory = DeviceChoice & { on: Record<OwnSource, boolean> };

export const FRESH_MEMORY: DeviceMemory = { on: { microphone: true, camera: true } };

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Reads what was stored; anything unreadable counts as nothing. */
export function parseDeviceMemory(stored: string | null): DeviceMemory {
  if (!stored) return FRESH_MEMORY;
  try {
    const value: unknown = JSON.parse(stored);
    if (typeof value !== 'object' || value === null) return FRESH_MEMORY;
    const fields = value as Record<string, unknown>;
    const on = (typeof fields.on === 'object' && fields.on !== null ? fields.on : {}) as Record<
      string,
      unknown
    >;
    return {
      microphone: text(fields.microphone),
      camera: text(fields.camera),
      speaker: text(fields.speaker),
      on: { microphone: on.microphone !== false, camera: on.camera !== false },
    };
  } catch {
    return FRESH_MEMORY;
  }
}

export function readDeviceMemory(): DeviceMemory {
  return typeof localStorage === 'undefined' ? FRESH_MEMORY : parseDeviceMemory(localStorage.getItem(KEY));
}

/** Remembers what was asked of one device; what the other one does at the moment is no wish. */
export function rememberSwitch(source: OwnSource, on: boolean): void {
  rememberDevices({ on: { ...readDeviceMemory().on, [source]: on } });
}

/** Full or forbidden storage only means that the next visit asks again. */
export function rememberDevices(change: Partial<DeviceMemory>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readDeviceMemory(), ...change }));
  } catch (error) {
    console.warn('The choice of devices could not be kept', error);
  }
}

import { z } from 'zod';

/** A named zone whose clocks are known; an offset such as +02:00 is none. */
export const zoneInput = z
  .string()
  .max(64)
  .refine((zone) => /^[A-Za-z]/.test(zone) && isZone(zone));

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

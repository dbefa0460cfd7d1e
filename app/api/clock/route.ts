import { getApp } from '@/server/app';
import { tellTime } from '@/server/rooms/clock';

export const dynamic = 'force-dynamic';

/** Postgres' time. In production the front door answers before Next does. */
export function GET(): Response {
  return tellTime(getApp());
}

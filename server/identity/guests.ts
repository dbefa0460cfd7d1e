import { createHmac, timingSafeEqual } from 'node:crypto';
import type { App } from '../app';
import { deriveKey } from '../keys';
import { readCookie, serverCookie } from './cookies';

/** How long a guest is known in a room, in seconds. Their way in ends with the lesson anyway: the room checks that. */
const GUEST_SECONDS = 7 * 24 * 60 * 60;

type Settings = Pick<App, 'env'>;

/**
 * The cookie by which a guest stays who they are in one room: `Set-Cookie` line.
 * @param now  ms since the epoch
 */
export function guestCookie(app: Settings, roomId: string, participantId: string, now: number): string {
  const expires = String(Math.floor(now / 1000) + GUEST_SECONDS);
  const value = `${participantId}.${expires}.${sign(app, roomId, participantId, expires)}`;
  return serverCookie(cookieName(app, roomId), value, GUEST_SECONDS, app.env.LECTERN_URL);
}

/** The participant id that a guest's cookie carries for this room; null for none, a forged or expired one, another room's. */
export function readGuest(app: Settings, headers: Headers, roomId: string, now = Date.now()): string | null {
  const [participantId, expires, mac, ...more] = (readCookie(headers, cookieName(app, roomId)) ?? '').split(
    '.',
  );
  if (!participantId || !expires || !mac || more.length > 0) return null;
  if (!equal(mac, sign(app, roomId, participantId, expires))) return null;
  return Number(expires) * 1000 > now ? participantId : null;
}

function cookieName({ env }: Settings, roomId: string): string {
  return `${env.LECTERN_URL.startsWith('https:') ? '__Host-' : ''}lectern-guest-${roomId}`;
}

function sign({ env }: Settings, roomId: string, participantId: string, expires: string): string {
  const key = deriveKey(env.LECTERN_SECRET, 'guest-cookie');
  return createHmac('sha256', key).update(`${roomId}\n${participantId}\n${expires}`).digest('base64url');
}

function equal(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { App } from '../app';
import { guestCookie, readGuest } from './guests';

const app = settings('http://localhost:3000');
const now = Date.UTC(2026, 2, 1);
const room = randomUUID();
const guest = randomUUID();

function settings(LECTERN_URL: string): Pick<App, 'env'> {
  return { env: { LECTERN_SECRET: 'a secret that only tests know, 32+', LECTERN_URL } as App['env'] };
}

/** What the browser sends back. */
function sent(setCookie: string): Headers {
  return new Headers({ cookie: `theme=dark; ${setCookie.split(';')[0]}; more=1` });
}

describe("a guest's cookie", () => {
  it('says who they are in the room, also after a reload a week later', () => {
    const headers = sent(guestCookie(app, room, guest, now));
    expect(readGuest(app, headers, room, now)).toBe(guest);
    expect(readGuest(app, headers, room, now + 6.9 * 86_400_000)).toBe(guest);
    expect(readGuest(app, headers, room, now + 7.1 * 86_400_000)).toBeNull();
  });

  it('is not for scripts, nor for other sites, and secure where the site is', () => {
    expect(guestCookie(app, room, guest, now)).toMatch(/; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/);
    const secure = guestCookie(settings('https://lectern.example'), room, guest, now);
    expect(secure).toMatch(/^__Host-/);
    expect(secure).toMatch(/; Secure$/);
  });

  it('counts in no other room, even under its name', () => {
    const other = randomUUID();
    const headers = sent(guestCookie(app, room, guest, now));
    expect(readGuest(app, headers, other, now)).toBeNull();
    const renamed = new Headers({ cookie: (headers.get('cookie') ?? '').replaceAll(room, other) });
    expect(readGuest(app, renamed, other, now)).toBeNull();
  });

  it('names nobody when it is forged', () => {
    const genuine = guestCookie(app, room, guest, now).split(';')[0] ?? '';
    const forgeries = [
      genuine.replace(guest, randomUUID()),
      genuine.replace(/\.\d+\./, '.99999999999.'),
      genuine.slice(0, -1),
      `${genuine}x`,
      `${genuine}.x`,
      genuine.replace(/=.*/, '='),
      genuine.replace(/=.*/, `=${guest}`),
    ];
    for (const cookie of forgeries) {
      expect({ cookie, guest: readGuest(app, new Headers({ cookie }), room, now) }).toEqual({
        cookie,
        guest: null,
      });
    }
    expect(readGuest(app, new Headers(), room, now)).toBeNull();
  });
});

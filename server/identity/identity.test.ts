import { encode } from 'next-auth/jwt';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { sessionCookieName, sessionSecret } from './session-token';
import {
  changeAccount,
  changeLocale,
  createUser,
  endAllSessions,
  endSession,
  readAccount,
  readViewer,
  signUp,
  startSession,
  verifyCredentials,
} from './service';

const settings = {
  LECTERN_SECRET: 'a secret of at least thirty-two characters',
  LECTERN_URL: 'http://localhost:3000',
  LECTERN_SIGN_UPS: 200,
};

let database: TestDatabase;
let app: Pick<App, 'db' | 'env' | 'newId'>;

beforeAll(async () => {
  database = await createTestDatabase();
  app = { db: database.db, env: settings as App['env'], newId: () => randomUUID() };
});
afterAll(() => database.drop());

const password = 'correct horse battery';
const from = (address: string) => ({ address });
let people = 0;
function somebody() {
  people += 1;
  return { email: `person-${people}@example.test`, name: `Person ${people}`, password };
}

/** What a browser sends after signing in. */
async function cookieFor(
  claims: Record<string, unknown>,
  secret = sessionSecret(settings),
): Promise<Headers> {
  const token = await encode({ token: claims, secret });
  return new Headers({ cookie: `other=1; ${sessionCookieName(settings)}=${token}` });
}

async function signedIn() {
  const user = await createUser(app, somebody());
  const sid = await startSession(app, user.id, new Headers());
  return { user, sid, headers: await cookieFor({ sub: user.id, sid }) };
}

describe('signing up', () => {
  it('keeps the e-mail in lower case and the name without blanks and control characters around', async () => {
    const user = await createUser(app, {
      email: '  Mara@Example.TEST ',
      name: ' Ma\u202era \n  Ünal\u200b ',
      password,
    });
    expect(user).toMatchObject({ email: 'mara@example.test', name: 'Mara Ünal', role: 'user' });
  });

  it('keeps the language that the page was read in: the browser’s choice, else what it accepts', async () => {
    const chosen = new Headers({ cookie: 'lectern-locale=es', 'accept-language': 'uk-UA' });
    expect((await signUp(app, chosen, somebody())).locale).toBe('es');
    const accepted = new Headers({ 'accept-language': 'uk-UA,en;q=0.5' });
    const user = await signUp(app, accepted, somebody());
    expect(user.locale).toBe('uk');
    const sid = await startSession(app, user.id, accepted);
    await changeLocale(app, user.id, 'de');
    const viewer = await readViewer(app, await cookieFor({ sub: user.id, sid }));
    expect(viewer).toMatchObject({ user: { locale: 'de' } });
  });

  it('finds an e-mail taken whatever its case', async () => {
    const one = somebody();
    await createUser(app, one);
    await expect(createUser(app, { ...one, email: one.email.toUpperCase() })).rejects.toThrow('EMAIL_TAKEN');
  });

  it('takes one of two at the same moment', async () => {
    const one = somebody();
    const answers = await Promise.allSettled([createUser(app, one), createUser(app, one)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    { password: 'too short' },
    { name: ' \u200b ' },
    { name: 'x'.repeat(61) },
    { email: 'nobody' },
    { email: 'a@b.test\nBcc: c@d.test' },
  ])('refuses %j', async (wrong) => {
    await expect(signUp(app, new Headers(), { ...somebody(), ...wrong })).rejects.toThrow('BAD_INPUT');
  });

  it('takes as many from one network address in an hour as the installation says', async () => {
    const small = { ...app, env: { ...app.env, LECTERN_SIGN_UPS: 2, LECTERN_PROXIES: 1 } };
    const at = (address: string) => signUp(small, new Headers({ 'x-forwarded-for': address }), somebody());
    for (let n = 0; n < 2; n += 1) await at('192.0.2.77');
    await expect(at('192.0.2.77')).rejects.toThrow('TOO_MANY_REQUESTS');
    expect(await at('192.0.2.78')).toHaveProperty('id');
  });

  it('shows markup in a name as text, so keeps it', async () => {
    const name = '<img src=x onerror=alert(1)>';
    expect((await createUser(app, { ...somebody(), name })).name).toBe(name);
  });

  it('keeps Argon2id and not the password', async () => {
    const user = await createUser(app, somebody());
    const [row] = await database.sql`select password_hash from users where id = ${user.id}`;
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('signing in', () => {
  it('takes the right password, however the e-mail is written', async () => {
    const one = somebody();
    const user = await createUser(app, one);
    const found = await verifyCredentials(app, {
      ...one,
      email: ` ${one.email.toUpperCase()}`,
      ...from('10.0.0.1'),
    });
    expect(found).toEqual(user);
  });

  it('takes a password typed composed or decomposed', async () => {
    const one = { ...somebody(), password: 'pässwörter für alle' };
    await createUser(app, { ...one, password: one.password.normalize('NFD') });
    const tried = verifyCredentials(app, {
      ...one,
      password: one.password.normalize('NFC'),
      ...from('10.0.0.1'),
    });
    await expect(tried).resolves.toMatchObject({ email: one.email });
  });

  it('gives a wrong password and an unknown e-mail the same answer', async () => {
    const one = somebody();
    await createUser(app, one);
    const wrong = await refusal(
      verifyCredentials(app, { ...one, password: 'something else', ...from('10.0.0.2') }),
    );
    const unknown = await refusal(
      verifyCredentials(app, { email: 'nobody@example.test', password, ...from('10.0.0.2') }),
    );
    expect(wrong).toEqual({ code: 'WRONG_CREDENTIALS', details: {} });
    expect(unknown).toEqual(wrong);
  });

  it.each(['known', 'unknown'])(
    'is throttled at the sixth try, even with the right password (%s e-mail)',
    async (kind) => {
      const one = somebody();
      if (kind === 'known') await createUser(app, one);
      const wrong = { ...one, password: 'something else', ...from('10.0.0.3') };
      for (let i = 0; i < 5; i += 1)
        await expect(verifyCredentials(app, wrong)).rejects.toThrow('WRONG_CREDENTIALS');
      const sixth = await refusal(verifyCredentials(app, { ...one, ...from('10.0.0.3') }));
      expect(sixth.code).toBe('TOO_MANY_REQUESTS');
      expect(sixth.details.retryAfterSeconds).toBeGreaterThan(0);
      expect(sixth.details.retryAfterSeconds).toBeLessThanOrEqual(900);
    },
  );

  it('throttles tries that come all at once', async () => {
    const one = somebody();
    await createUser(app, one);
    const tries = Array.from({ length: 12 }, () =>
      refusal(verifyCredentials(app, { ...one, password: 'something else', ...from('10.0.0.4') })),
    );
    const codes = (await Promise.all(tries)).map((answer) => answer.code);
    expect(codes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(5);
    expect(codes.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(7);
  });

  it('leaves the owner at another address alone, and forgets wrong tries once one is right', async () => {
    const one = somebody();
    await createUser(app, one);
    const attacker = { ...one, password: 'something else', ...from('10.0.0.5') };
    for (let i = 0; i < 6; i += 1) await refusal(verifyCredentials(app, attacker));
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 4; i += 1) {
        await refusal(verifyCredentials(app, { ...one, password: 'mistyped it', ...from('10.0.0.6') }));
      }
      await expect(verifyCredentials(app, { ...one, ...from('10.0.0.6') })).resolves.toMatchObject({
        email: one.email,
      });
    }
  });
});

describe('a session', () => {
  it('says who is asking', async () => {
    const { user, sid, headers } = await signedIn();
    expect(await readViewer(app, headers)).toEqual({ kind: 'account', user, sessionId: sid });
  });

  it('no longer counts once it is ended, and other devices stay signed in', async () => {
    const { user, sid, headers } = await signedIn();
    const other = await cookieFor({ sub: user.id, sid: await startSession(app, user.id, new Headers()) });
    await endSession(app, sid);
    expect(await readViewer(app, headers)).toEqual({ kind: 'anonymous' });
    expect(await readViewer(app, other)).toMatchObject({ kind: 'account' });
  });

  it('no longer counts anywhere once all are ended', async () => {
    const { user, headers } = await signedIn();
    const other = await cookieFor({ sub: user.id, sid: await startSession(app, user.id, new Headers()) });
    await endAllSessions(app, user.id);
    expect(await readViewer(app, headers)).toEqual({ kind: 'anonymous' });
    expect(await readViewer(app, other)).toEqual({ kind: 'anonymous' });
  });

  it('is a new one at each sign-in, and the one that the browser brought ends', async () => {
    const { user, sid, headers } = await signedIn();
    const next = await startSession(app, user.id, headers);
    expect(next).not.toBe(sid);
    expect(await readViewer(app, headers)).toEqual({ kind: 'anonymous' });
  });

  it('ends by itself', async () => {
    const { sid, headers } = await signedIn();
    await database.sql`update auth_sessions set expires_at = now() - interval '1 second' where id = ${sid}`;
    expect(await readViewer(app, headers)).toEqual({ kind: 'anonymous' });
  });

  it('of somebody else does not make one somebody else', async () => {
    const mine = await signedIn();
    const theirs = await signedIn();
    const mixed = await cookieFor({ sub: mine.user.id, sid: theirs.sid });
    expect(await readViewer(app, mixed)).toEqual({ kind: 'anonymous' });
  });

  it('is not made by a cookie that this installation did not seal', async () => {
    const { user, sid } = await signedIn();
    const foreign = await cookieFor({ sub: user.id, sid }, 'the secret of another installation');
    expect(await readViewer(app, foreign)).toEqual({ kind: 'anonymous' });
    for (const value of ['', 'x', 'a.b.c.d.e', 'eyJhbGciOiJub25lIn0.e30.', '%00', '__proto__']) {
      const headers = new Headers({ cookie: `${sessionCookieName(settings)}=${value}` });
      expect(await readViewer(app, headers)).toEqual({ kind: 'anonymous' });
    }
  });
});

async function refusal(
  promise: Promise<unknown>,
): Promise<{ code: string; details: Record<string, number> }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { code, details } = error as { code: string; details: Record<string, number> };
  return { code, details };
}

describe('an account', () => {
  it('has the clock of the browser that it was made in; what nobody knows is left open', async () => {
    const known = await createUser(app, { ...somebody(), timeZone: 'America/New_York' });
    expect(await readAccount(app, known.id)).toMatchObject({ timeZone: 'America/New_York' });
    const strange = await createUser(app, { ...somebody(), timeZone: 'Mars/Olympus' });
    expect(await readAccount(app, strange.id)).toMatchObject({ timeZone: null });
  });

  it('gets the clock of the browser that it signs in with first, and keeps the one that was chosen', async () => {
    const { id, name } = await createUser(app, somebody());
    const from = (zone: string) => startSession(app, id, new Headers({ cookie: `lectern-zone=${zone}` }));
    await from('Mars/Olympus');
    expect(await readAccount(app, id)).toMatchObject({ timeZone: null });
    await from('Asia/Tokyo');
    await from('Europe/Kyiv');
    expect(await readAccount(app, id)).toMatchObject({ timeZone: 'Asia/Tokyo' });
    await changeAccount(app, id, { name, timeZone: 'Europe/Berlin' });
    await from('Asia/Tokyo');
    expect(await readAccount(app, id)).toMatchObject({ timeZone: 'Europe/Berlin' });
  });
});

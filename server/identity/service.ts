import { chooseLocale, type Locale, LOCALE_COOKIE } from '@/messages/locales';
import type { App } from '../app';
import { AppError } from '../errors';
import { addressOf } from '../http';
import { readCookie } from './cookies';
import { hashPassword, verifyPassword } from './passwords';
import { type AccountChange, cleanEmail, type SignUp, signUpInput } from './policy';
import * as queries from './queries';
import { zoneInput } from '../zone-input';
import { readSessionClaims, SESSION_SECONDS } from './session-token';
import { countSignIn, countSignUp } from './throttle';

/** In which the browser tells its zone (components/ui/viewer-zone.tsx). */
const ZONE_COOKIE = 'lectern-zone';

export { guestCookie, readGuest } from './guests';
export { countLostLink } from './throttle';

export type AccountUser = {
  id: string;
  email: string;
  name: string;
  role: 'user' | 'admin';
  /** What their pages and mails are written in, one of `messages/`; null: they never chose, each browser decides. */
  locale: string | null;
};

/** Who is asking, apart from any room: an account whose session still counts, or nobody we know. */
export type Viewer = { kind: 'account'; user: AccountUser; sessionId: string } | { kind: 'anonymous' };

const ANONYMOUS: Viewer = { kind: 'anonymous' };

/** Reads the session cookie and checks its `sid` against `auth_sessions`. Never throws for a bad or foreign cookie. */
export async function readViewer(app: Pick<App, 'db' | 'env'>, headers: Headers): Promise<Viewer> {
  const claims = await readSessionClaims(app.env, headers);
  if (!claims) return ANONYMOUS;
  const user = await queries.findSessionUser(app.db, claims.sid);
  return user && user.id === claims.sub ? { kind: 'account', user, sessionId: claims.sid } : ANONYMOUS;
}

/** Of these sessions, those that were ended or ran out: for what stays open longer than a request. */
export async function endedSessions(
  app: Pick<App, 'db'>,
  sessionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  return new Set(sessionIds.length > 0 ? await queries.selectEndedSessions(app.db, sessionIds) : []);
}

/**
 * Makes an account. E-mail and name are cleaned (lower case; composed, trimmed).
 * @throws AppError EMAIL_TAKEN, or BAD_INPUT for an address, name or password that nobody may have
 */
export async function createUser(
  app: Pick<App, 'db' | 'newId'>,
  input: SignUp,
  locale: Locale | null = null,
): Promise<AccountUser> {
  const checked = signUpInput.safeParse(input);
  if (!checked.success) throw new AppError('BAD_INPUT', {}, { cause: checked.error });
  const { email, name, password, timeZone } = checked.data;
  const passwordHash = await hashPassword(password);
  const user = await queries.insertUser(app.db, {
    ...{ id: app.newId(), email, name, passwordHash, locale },
    timeZone: timeZone ?? null,
  });
  if (!user) throw new AppError('EMAIL_TAKEN');
  return user;
}

/**
 * Makes an account for somebody at the door; it keeps the language that they read there.
 * @throws AppError EMAIL_TAKEN, BAD_INPUT, TOO_MANY_REQUESTS
 */
export async function signUp(
  app: Pick<App, 'db' | 'env' | 'newId'>,
  headers: Headers,
  input: SignUp,
): Promise<AccountUser> {
  await countSignUp(app, addressOf(headers, app.env.LECTERN_PROXIES));
  const cookie = readCookie(headers, LOCALE_COOKIE);
  const accepted = headers.get('accept-language');
  return createUser(app, input, chooseLocale({ cookie, accepted }));
}

/** What the pages and mails of an account are written in from now on, on every device. */
export async function changeLocale(app: Pick<App, 'db'>, userId: string, locale: Locale): Promise<void> {
  await queries.updateLocale(app.db, userId, locale);
}

/**
 * Whose e-mail and password these are. An unknown e-mail and a wrong password get one answer, after the same work.
 * @throws AppError WRONG_CREDENTIALS; TOO_MANY_REQUESTS after five wrong tries (15 minutes)
 */
export async function verifyCredentials(
  app: Pick<App, 'db' | 'env'>,
  { email, password, address }: { email: string; password: string; address: string },
): Promise<AccountUser> {
  const cleaned = cleanEmail(email);
  const forgetTries = await countSignIn(app, cleaned, address);
  const found = await queries.findUserByEmail(app.db, cleaned);
  const right = await verifyPassword(found?.passwordHash ?? null, password);
  if (!found || !right) throw new AppError('WRONG_CREDENTIALS');
  await forgetTries();
  const { passwordHash: _, ...user } = found;
  return user;
}

/** Begins a session of its own for a sign-in and ends the one that the browser came with. Returns the new `sid`. */
export async function startSession(
  app: Pick<App, 'db' | 'env' | 'newId'>,
  userId: string,
  headers: Headers,
): Promise<string> {
  const former = await readSessionClaims(app.env, headers);
  if (former) await queries.revokeSession(app.db, former.sid);
  const id = app.newId();
  const userAgent = headers.get('user-agent')?.slice(0, 300) ?? null;
  await queries.insertSession(app.db, { id, userId, userAgent, seconds: SESSION_SECONDS });
  const zone = zoneInput.safeParse(readCookie(headers, ZONE_COOKIE));
  if (zone.success) await queries.setFirstZone(app.db, userId, zone.data);
  return id;
}

/** What somebody has chosen about their account; a zone of null: none yet. @throws AppError NOT_FOUND */
export async function readAccount(app: Pick<App, 'db'>, userId: string) {
  const found = await queries.findChoices(app.db, userId);
  if (!found) throw new AppError('NOT_FOUND');
  return found;
}

/** How others see somebody from now on, and on which clock their mails are written. */
export async function changeAccount(
  app: Pick<App, 'db'>,
  userId: string,
  change: AccountChange,
): Promise<void> {
  await queries.updateChoices(app.db, userId, change);
}

/** Signs out one device. */
export async function endSession(app: Pick<App, 'db'>, sessionId: string): Promise<void> {
  await queries.revokeSession(app.db, sessionId);
}

/** Signs out every device of an account. */
export async function endAllSessions(app: Pick<App, 'db'>, userId: string): Promise<void> {
  await queries.revokeSessionsOf(app.db, userId);
}

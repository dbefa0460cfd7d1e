import { createHash } from 'node:crypto';
import { RateLimiterDrizzle } from 'rate-limiter-flexible';
import type { App } from '../app';
import { countTry } from '../throttle';
import { rateLimitStore } from './queries';

/** Wrong tries for one account from one address before it has to wait. */
export const TRIES_PER_ACCOUNT_AND_ADDRESS = 5;
/** And from anywhere, because an address can be made up. High enough that nobody is locked out by one neighbour. */
const TRIES_PER_ACCOUNT = 40;
const WINDOW_SECONDS = 15 * 60;
/** How often a lost link is asked for: for one address, and from one, behind which may be a school. */
const LOST_LINKS_FOR_ADDRESS = 3;
const LOST_LINKS_FROM_ADDRESS = 40;

type Limits = Record<'pair' | 'account' | 'signUp' | 'lostFor' | 'lostFrom', RateLimiterDrizzle>;
type Of = Pick<App, 'db' | 'env'>;
const limitsOf = new WeakMap<App['env'], Limits>();

function limits({ db, env }: Of): Limits {
  const made = limitsOf.get(env) ?? {
    pair: limiter(db, 'sign-in-pair', TRIES_PER_ACCOUNT_AND_ADDRESS, WINDOW_SECONDS),
    account: limiter(db, 'sign-in-account', TRIES_PER_ACCOUNT, WINDOW_SECONDS),
    signUp: limiter(db, 'sign-up', env.LECTERN_SIGN_UPS, 3600),
    lostFor: limiter(db, 'lost-link-for', LOST_LINKS_FOR_ADDRESS, WINDOW_SECONDS),
    lostFrom: limiter(db, 'lost-link-from', LOST_LINKS_FROM_ADDRESS, WINDOW_SECONDS),
  };
  limitsOf.set(env, made);
  return made;
}

function limiter(db: App['db'], keyPrefix: string, points: number, duration: number): RateLimiterDrizzle {
  return new RateLimiterDrizzle({ ...rateLimitStore(db), keyPrefix, points, duration });
}

/** Keys are hashed: what somebody typed as an e-mail is neither bounded nor ours to keep. */
const keyOf = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('base64url');

/**
 * Counts a try to sign in before the password is looked at, so that tries in parallel count as well.
 * @returns what to call when the try was right: the account's tries are then forgotten
 * @throws AppError TOO_MANY_REQUESTS with `retryAfterSeconds`
 */
export async function countSignIn(app: Of, email: string, address: string): Promise<() => Promise<void>> {
  const { pair, account } = limits(app);
  await countTry(pair, keyOf(email, address));
  await countTry(account, keyOf(email));
  return async () => {
    await pair.delete(keyOf(email, address));
    await account.reward(keyOf(email), 1);
  };
}

/** Counts a new account: a whole class behind one router signs up in an hour. @throws AppError TOO_MANY_REQUESTS with `retryAfterSeconds` */
export async function countSignUp(app: Of, address: string): Promise<void> {
  await countTry(limits(app).signUp, keyOf(address));
}

/** Counts somebody's asking for a lost link, whether the e-mail is known or not. @throws AppError TOO_MANY_REQUESTS with `retryAfterSeconds` */
export async function countLostLink(app: Of, email: string, address: string): Promise<void> {
  await countTry(limits(app).lostFrom, keyOf(address));
  await countTry(limits(app).lostFor, keyOf(email));
}

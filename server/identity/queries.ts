import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { authSessions, rateLimits, users } from '@/db/schema';

const account = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  locale: users.locale,
};

/** Adds an account; null where the e-mail has one already. */
export async function insertUser(
  db: Executor,
  user: Pick<typeof users.$inferInsert, 'id' | 'email' | 'name' | 'passwordHash' | 'timeZone' | 'locale'>,
) {
  const [row] = await db
    .insert(users)
    .values(user)
    .onConflictDoNothing({ target: users.email })
    .returning(account);
  return row ?? null;
}

/** What pages and mails of an account are written in. */
export async function updateLocale(db: Executor, userId: string, locale: string) {
  await db.update(users).set({ locale }).where(eq(users.id, userId));
}

export async function findUserByEmail(db: Executor, email: string) {
  const [row] = await db
    .select({ ...account, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.email, email));
  return row ?? null;
}

/** What somebody has chosen about their account. */
export async function findChoices(db: Executor, userId: string) {
  const [row] = await db
    .select({ name: users.name, email: users.email, timeZone: users.timeZone, locale: users.locale })
    .from(users)
    .where(eq(users.id, userId));
  return row ?? null;
}

export async function updateChoices(
  db: Executor,
  userId: string,
  change: { name: string; timeZone: string },
): Promise<void> {
  await db.update(users).set(change).where(eq(users.id, userId));
}

/** For who has not chosen one. */
export async function setFirstZone(db: Executor, userId: string, timeZone: string): Promise<void> {
  await db
    .update(users)
    .set({ timeZone })
    .where(and(eq(users.id, userId), isNull(users.timeZone)));
}

export async function insertSession(
  db: Executor,
  session: { id: string; userId: string; userAgent: string | null; seconds: number },
) {
  const { seconds, ...row } = session;
  await db.insert(authSessions).values({ ...row, expiresAt: sql`now() + make_interval(secs => ${seconds})` });
}

/** The person of a session that still counts. */
export async function findSessionUser(db: Executor, sessionId: string) {
  const [row] = await db
    .select(account)
    .from(authSessions)
    .innerJoin(users, eq(users.id, authSessions.userId))
    .where(
      and(
        eq(authSessions.id, sessionId),
        isNull(authSessions.revokedAt),
        gt(authSessions.expiresAt, sql`now()`),
      ),
    );
  return row ?? null;
}

/** Of these sessions, those that count no longer. */
export async function selectEndedSessions(db: Executor, sessionIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: authSessions.id })
    .from(authSessions)
    .where(
      and(
        inArray(authSessions.id, [...sessionIds]),
        isNull(authSessions.revokedAt),
        gt(authSessions.expiresAt, sql`now()`),
      ),
    );
  const counting = new Set(rows.map((row) => row.id));
  return sessionIds.filter((id) => !counting.has(id));
}

export async function revokeSession(db: Executor, sessionId: string) {
  await db
    .update(authSessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(authSessions.id, sessionId), isNull(authSessions.revokedAt)));
}

export async function revokeSessionsOf(db: Executor, userId: string) {
  await db
    .update(authSessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(authSessions.userId, userId), isNull(authSessions.revokedAt)));
}

/** Where the rate limiter counts. */
export function rateLimitStore(db: Executor) {
  return { storeClient: db, schema: rateLimits };
}

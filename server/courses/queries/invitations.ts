import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { courses, enrolments, invitations, users } from '@/db/schema';

export type InvitationRow = typeof invitations.$inferSelect;
export type NewInvitation = Pick<InvitationRow, 'id' | 'courseId' | 'email' | 'name' | 'role' | 'invitedBy'>;

/** Rows of one statement; Postgres takes 65,535 parameters. */
const ROWS_AT_ONCE = 2_000;

/** The addresses of everybody in a course, its owner's among them. */
export async function listMemberEmails(db: Executor, courseId: string): Promise<string[]> {
  const owner = db
    .select({ email: users.email })
    .from(courses)
    .innerJoin(users, eq(users.id, courses.ownerId))
    .where(eq(courses.id, courseId));
  const enrolled = db
    .select({ email: users.email })
    .from(enrolments)
    .innerJoin(users, eq(users.id, enrolments.userId))
    .where(eq(enrolments.courseId, courseId));
  return (await owner.unionAll(enrolled)).map(({ email }) => email);
}

/** The addresses that are invited into a course and have not answered. */
export async function listPendingEmails(db: Executor, courseId: string): Promise<string[]> {
  const rows = await db
    .select({ email: invitations.email })
    .from(invitations)
    .where(and(eq(invitations.courseId, courseId), eq(invitations.status, 'pending')));
  return rows.map(({ email }) => email);
}

/** Invites; an address that waits already is left alone. Gives those that are new. */
export async function insertInvitations(
  tx: Executor,
  rows: readonly NewInvitation[],
): Promise<Pick<InvitationRow, 'id' | 'email' | 'name' | 'version'>[]> {
  const added: Pick<InvitationRow, 'id' | 'email' | 'name' | 'version'>[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const inserted = await tx
      .insert(invitations)
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .onConflictDoNothing()
      .returning({
        id: invitations.id,
        email: invitations.email,
        name: invitations.name,
        version: invitations.version,
      });
    added.push(...inserted);
  }
  return added;
}

/** A course's invitations: those that wait first, then the newest. */
export function listInvitations(db: Executor, courseId: string, limit: number): Promise<InvitationRow[]> {
  return db
    .select()
    .from(invitations)
    .where(eq(invitations.courseId, courseId))
    .orderBy(sql`${invitations.status} = 'pending' desc`, desc(invitations.createdAt), asc(invitations.email))
    .limit(limit);
}

const waiting = (courseId: string, invitationId: string) =>
  and(
    eq(invitations.id, invitationId),
    eq(invitations.courseId, courseId),
    eq(invitations.status, 'pending'),
  );

/** Ends an invitation that waits; its link is void from then on. True where this very call did. */
export async function endInvitation(
  db: Executor,
  courseId: string,
  invitationId: string,
  to: 'revoked' | 'declined',
): Promise<boolean> {
  const rows = await db
    .update(invitations)
    .set({ status: to, decidedAt: sql`now()`, version: sql`${invitations.version} + 1` })
    .where(waiting(courseId, invitationId))
    .returning({ id: invitations.id });
  return rows.length > 0;
}

export async function findWaiting(
  db: Executor,
  courseId: string,
  invitationId: string,
): Promise<InvitationRow | null> {
  const [row] = await db.select().from(invitations).where(waiting(courseId, invitationId));
  return row ?? null;
}

/** The accounts of some addresses: their mails are written in their language. */
export async function findAccounts(db: Executor, emails: readonly string[]): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, email: users.email })
    .from(users)
    // As one value: there may be more addresses than a statement has parameters.
    .where(sql`${users.email} in (select jsonb_array_elements_text(${JSON.stringify(emails)}::jsonb))`);
  return new Map(rows.map(({ id, email }) => [email, id]));
}

/** Who teaches a course, by name, what it is called and in which language, and that of who invites: for the mail. */
export async function findSender(db: Executor, courseId: string, inviterId: string) {
  const [row] = await db
    .select({
      title: courses.title,
      teacherName: users.name,
      language: courses.language,
      inviterLocale: sql<string | null>`(select locale from users where id = ${inviterId})`,
    })
    .from(courses)
    .innerJoin(users, eq(users.id, courses.ownerId))
    .where(eq(courses.id, courseId));
  return row ?? null;
}

/** Opens a course's link, or leaves the one that is open. Gives its version. */
export async function openLink(db: Executor, courseId: string): Promise<number> {
  const [row] = await db
    .update(courses)
    .set({ linkOpenedAt: sql`coalesce(${courses.linkOpenedAt}, now())` })
    .where(eq(courses.id, courseId))
    .returning({ version: courses.linkVersion });
  if (!row) throw new Error('There is no such course');
  return row.version;
}

/** Revokes a course's link for good: the next one that is opened is another. */
export async function closeLink(db: Executor, courseId: string): Promise<void> {
  await db
    .update(courses)
    .set({ linkOpenedAt: null, linkVersion: sql`${courses.linkVersion} + 1` })
    .where(and(eq(courses.id, courseId), isNotNull(courses.linkOpenedAt)));
}

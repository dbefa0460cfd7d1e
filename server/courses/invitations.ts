import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import type { Executor } from '@/db/client';
import { decodeText } from '../adapters/convert/decode-text';
import type { App } from '../app';
import { AppError } from '../errors';
import { inLanguage, isLocale, type Locale, LOCALES } from '@/messages/locales';
import { linkToken } from '../link-tokens';
import { queueMails } from '../mail/service';
import { findEntered } from './course-page';
import { type InvitationEntry, type LineProblem, readInvitationLines } from './invitation-lines';
import { type CourseRole, mayEditCourse, mayManageCourse } from './policy';
import * as queries from './queries/invitations';
import { requireCourse } from './service';
import { findSettings } from './queries/settings';
import { countOtherStudents } from './queries/seats';

type EnrolledRole = Exclude<CourseRole, 'owner'>;

/** What a list may hold once it is unpacked: far more than its lines need. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;
const PROBLEMS_SHOWN = 200;
const READY_SHOWN = 20;
const INVITATIONS_SHOWN = 500;
/** An invitation is sent again at most once in so long: by the hour, as its mail's key has it. */
const AGAIN_MS = 3_600_000;

/** A list of people as it was pasted or chosen: its bytes, packed by gzip, in base64. */
export const listInput = z.strictObject({
  courseId: z.uuid(),
  packed: z.base64().max(900_000),
  role: z.enum(['teacher', 'presenter', 'student']).default('student'),
});
export type ListToInvite = z.infer<typeof listInput>;

export type ListProblem = LineProblem | 'member' | 'invited';
export type InvitationPreview = {
  /** How many would be invited, and the first of them. */
  readyCount: number;
  ready: InvitationEntry[];
  /** How many entries are left out, and the first of them, by line (from 1). */
  problemCount: number;
  problems: { line: number; text: string; problem: ListProblem; firstLine?: number }[];
  /** Seats that are free now; null: any number. */
  seatsLeft: number | null;
};

const unpack = promisify(gunzip);

/** @throws AppError BAD_INPUT `{field: 'list', reason: 'unreadable'}`, TOO_LARGE */
async function readList(packed: string): Promise<string> {
  try {
    return decodeText(await unpack(Buffer.from(packed, 'base64'), { maxOutputLength: MAX_LIST_BYTES }));
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('TOO_LARGE', {}, { cause: error });
    throw new AppError('BAD_INPUT', { field: 'list', reason: 'unreadable' }, { cause: error });
  }
}

/** Only the owner asks people in who will run the course with them. */
const mayInvite = (as: EnrolledRole) => (role: CourseRole) =>
  as === 'student' ? mayEditCourse(role) : mayManageCourse(role);

async function sift(db: Executor, courseId: string, text: string) {
  const { entries, problems } = readInvitationLines(text);
  const [members, waiting] = await Promise.all([
    queries.listMemberEmails(db, courseId),
    queries.listPendingEmails(db, courseId),
  ]);
  const [inside, invited] = [new Set(members), new Set(waiting)];
  const known = (email: string): ListProblem | null =>
    inside.has(email) ? 'member' : invited.has(email) ? 'invited' : null;
  const ready = entries.filter(({ email }) => known(email) === null);
  const left = entries.flatMap(({ line, email }) => {
    const problem = known(email);
    return problem ? [{ line, text: email, problem }] : [];
  });
  return { ready, problems: [...problems, ...left].sort((a, b) => a.line - b.line) };
}

/**
 * What sending invitations to a list would do, and what is wrong in which line. Nothing is sent.
 * @throws AppError NOT_FOUND, NOT_ALLOWED, TOO_LARGE; BAD_INPUT `{field: 'list', reason: 'tooMany' | 'unreadable'}`
 */
export async function previewInvitations(
  app: App,
  userId: string,
  { courseId, packed, role }: ListToInvite,
): Promise<InvitationPreview> {
  await requireCourse(app, userId, courseId, mayInvite(role));
  const { ready, problems } = await sift(app.db, courseId, await readList(packed));
  const course = await findSettings(app.db, courseId);
  const capacity = role === 'student' ? (course?.capacity ?? null) : null;
  const students = capacity === null ? 0 : await countOtherStudents(app.db, courseId, userId);
  return {
    readyCount: ready.length,
    ready: ready.slice(0, READY_SHOWN),
    problemCount: problems.length,
    problems: problems.slice(0, PROBLEMS_SHOWN),
    seatsLeft: capacity === null ? null : Math.max(0, capacity - students),
  };
}

/**
 * Invites everybody on a list who is not in the course and not invited yet; what is wrong with the others the preview says.
 * @returns how many were invited
 * @throws AppError as `previewInvitations`
 */
export async function sendInvitations(
  app: App,
  userId: string,
  { courseId, packed, role }: ListToInvite,
): Promise<{ invited: number }> {
  await requireCourse(app, userId, courseId, mayInvite(role));
  const text = await readList(packed);
  return app.db.transaction(async (tx) => {
    const { ready } = await sift(tx, courseId, text);
    const rows = await queries.insertInvitations(
      tx,
      ready.map(({ email, name }) => ({ id: app.newId(), courseId, email, name, role, invitedBy: userId })),
    );
    await mailInvitations(app, tx, { courseId, userId }, rows);
    return { invited: rows.length };
  });
}

type Mailed = Pick<queries.InvitationRow, 'id' | 'email' | 'name' | 'version'>;

/** In which language somebody is invited who has none of their own here: that of the course where it is one of ours, else that of who invites. */
function languageFor({
  language,
  inviterLocale,
}: {
  language: string;
  inviterLocale: string | null;
}): Locale {
  return [language.split('-')[0], inviterLocale].find(isLocale) ?? LOCALES[0];
}

/** The one place where an invitation becomes a mail. @param again  makes it another mail than the first */
async function mailInvitations(
  app: App,
  tx: Executor,
  { courseId, userId }: { courseId: string; userId: string },
  rows: readonly Mailed[],
  again = '',
): Promise<void> {
  const sender = await queries.findSender(tx, courseId, userId);
  if (!sender || rows.length === 0) return;
  const { title: courseTitle, teacherName } = sender;
  const locale = languageFor(sender);
  const accounts = await queries.findAccounts(
    tx,
    rows.map(({ email }) => email),
  );
  await queueMails(
    app,
    tx,
    rows.map((row) => {
      const userId = accounts.get(row.email) ?? null;
      const url = invitationUrl(app, row);
      return {
        key: `invitation:${row.id}:${row.version}${again}`,
        to: { address: row.email, name: row.name, userId, locale },
        template: 'course-invitation' as const,
        data: { courseTitle, teacherName, url: userId ? url : inLanguage(new URL(url), locale).href },
      };
    }),
  );
}

/** The address of an invitation's own page. */
export function invitationUrl(
  { env }: Pick<App, 'env'>,
  { id, version }: { id: string; version: number },
): string {
  const token = linkToken(env.LECTERN_SECRET, 'invitation', id, version);
  return new URL(`/i/${token}`, env.LECTERN_URL).href;
}

/** A course's invitations, those that wait first, at most 500. Instants in ms since the epoch. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function readInvitations(app: App, userId: string, courseId: string) {
  await requireCourse(app, userId, courseId, mayEditCourse);
  const rows = await queries.listInvitations(app.db, courseId, INVITATIONS_SHOWN);
  return rows.map(({ id, email, name, role, status, createdAt }) => ({
    ...{ id, email, name, role, status },
    createdAt: createdAt.getTime(),
  }));
}

type OneInvitation = { courseId: string; invitationId: string };

/** Takes an invitation back: its link opens nothing from then on. @throws AppError NOT_FOUND where it does not wait any more, NOT_ALLOWED */
export async function revokeInvitation(
  app: App,
  userId: string,
  { courseId, invitationId }: OneInvitation,
): Promise<void> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  if (!(await queries.endInvitation(app.db, courseId, invitationId, 'revoked')))
    throw new AppError('NOT_FOUND');
}

/** Sends the mail of an invitation that waits once more; within an hour of the last time nothing is sent. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function remindInvitation(
  app: App,
  userId: string,
  { courseId, invitationId }: OneInvitation,
  now: number,
): Promise<void> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  await app.db.transaction(async (tx) => {
    const row = await queries.findWaiting(tx, courseId, invitationId);
    if (!row) throw new AppError('NOT_FOUND');
    await mailInvitations(app, tx, { courseId, userId }, [row], `:${Math.floor(now / AGAIN_MS)}`);
  });
}

/** Who was invited says no, by the link alone. @throws AppError LINK_INVALID */
export async function declineInvitation(app: App, token: string): Promise<void> {
  const { course, invitation } = await findEntered(app, { by: 'link', token }, null);
  if (!invitation) throw new AppError('LINK_INVALID');
  await queries.endInvitation(app.db, course.id, invitation.id, 'declined');
}

/** The course's link, for those who invite; null where none is open. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function readCourseLink(
  app: App,
  userId: string,
  courseId: string,
): Promise<{ url: string | null }> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  const course = await findSettings(app.db, courseId);
  return { url: course?.linkOpenedAt ? courseLinkUrl(app, courseId, course.linkVersion) : null };
}

/** Opens a link by which anybody comes to the course's page, or shows the one that is open. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function openCourseLink(app: App, userId: string, courseId: string): Promise<{ url: string }> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  return { url: courseLinkUrl(app, courseId, await queries.openLink(app.db, courseId)) };
}

/** Revokes the course's link for good; another one can be opened. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function closeCourseLink(app: App, userId: string, courseId: string): Promise<void> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  await queries.closeLink(app.db, courseId);
}

function courseLinkUrl({ env }: Pick<App, 'env'>, courseId: string, version: number): string {
  return new URL(`/i/${linkToken(env.LECTERN_SECRET, 'course', courseId, version)}`, env.LECTERN_URL).href;
}

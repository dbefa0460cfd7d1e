import type { App } from '../app';
import { AppError } from '../errors';
import type { Viewer } from '../identity/service';
import { requireLesson } from '../lessons/service';
import type { Standing } from '../rooms/service';
import { readStanding } from './entering';
import { type DoorState, mayBeLinked } from './policy';
import * as queries from './queries';
import { findLink } from './resolve';
import { linkToken } from '../link-tokens';

export { enterAsGuest, enterByLink, type Entry } from './entering';
export { resolveLink, type ResolvedLink } from './resolve';

type Settings = Pick<App, 'env'>;

/** The address of a lesson's shared link, as its version stands. */
export function lessonLinkUrl({ env }: Settings, lesson: { id: string; linkVersion: number }): string {
  const token = linkToken(env.LECTERN_SECRET, 'lesson', lesson.id, lesson.linkVersion);
  return new URL(`/join/${token}`, env.LECTERN_URL).href;
}

/** The address of one person's link. */
export function personalLinkUrl({ env }: Settings, link: { id: string; version: number }): string {
  const token = linkToken(env.LECTERN_SECRET, 'personal', link.id, link.version);
  return new URL(`/join/${token}`, env.LECTERN_URL).href;
}

/** What anybody with the link may see from outside. Instants in ms since the epoch; `now` is the server's clock. */
export type DoorView = {
  state: DoorState;
  /** How who asks stands at the door of a class that runs; null: it does not, and nothing else keeps them out. */
  standing: Standing | null;
  title: string;
  courseTitle: string;
  teacherName: string;
  startsAt: number;
  durationMinutes: number;
  now: number;
  /** Whom a personal link stands for; null: the shared link. */
  personName: string | null;
};

/** The door of a link, for its page and its polling. @throws AppError LINK_INVALID */
export async function readDoor(
  app: App,
  token: string,
  asking: { viewer: Viewer; headers: Headers },
): Promise<DoorView> {
  const { viewer } = asking;
  const link = await findLink(app, token, viewer.kind === 'account' ? viewer.user.id : null);
  const { state, title, courseTitle, teacherName, durationMinutes, now, person } = link;
  const standing = await readStanding(app, link, asking);
  const personName = person?.name ?? null;
  const startsAt = link.startsAt.getTime();
  return { state, standing, title, courseTitle, teacherName, startsAt, durationMinutes, now, personName };
}

/** @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function readLessonLink(app: App, userId: string, lessonId: string): Promise<{ url: string }> {
  return { url: lessonLinkUrl(app, await requireLesson(app, userId, lessonId)) };
}

/** Voids every lesson link handed out so far and gives the new one. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function rotateLessonLink(app: App, userId: string, lessonId: string): Promise<{ url: string }> {
  const lesson = await requireLesson(app, userId, lessonId);
  const linkVersion = await queries.raiseLessonVersion(app.db, lesson.courseId, lesson.id);
  if (linkVersion === null) throw new AppError('NOT_FOUND');
  return { url: lessonLinkUrl(app, { id: lesson.id, linkVersion }) };
}

/** A personal link as the course's staff see it. */
export type PersonalLink = {
  id: string;
  name: string;
  userId: string | null;
  url: string;
  createdAt: number;
};

const toView = (app: Settings, row: queries.PersonalLinkRow): PersonalLink => ({
  id: row.id,
  name: row.name,
  userId: row.userId,
  url: personalLinkUrl(app, row),
  createdAt: row.createdAt.getTime(),
});

/**
 * Makes one person's link to a lesson: for an account enrolled in the course, or for a name alone.
 * @throws AppError NOT_FOUND, NOT_ALLOWED; BAD_INPUT for an account that is not enrolled, or that runs the course
 */
export async function createPersonalLink(
  app: App,
  userId: string,
  wish: { lessonId: string; name: string; userId?: string },
): Promise<PersonalLink> {
  const lesson = await requireLesson(app, userId, wish.lessonId);
  if (wish.userId && !mayBeLinked(await queries.findCourseRole(app.db, lesson.courseId, wish.userId))) {
    throw new AppError('BAD_INPUT', { field: 'userId' });
  }
  const { name, userId: personId = null } = wish;
  const link = { id: app.newId(), lessonId: lesson.id, name, userId: personId };
  return toView(app, await queries.insertPersonalLink(app.db, link));
}

/** @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function listPersonalLinks(app: App, userId: string, lessonId: string): Promise<PersonalLink[]> {
  const lesson = await requireLesson(app, userId, lessonId);
  return (await queries.listPersonalLinks(app.db, lesson.id)).map((row) => toView(app, row));
}

/** Ends a personal link. Who came by it already stays until removed. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function revokePersonalLink(
  app: App,
  userId: string,
  { lessonId, linkId }: { lessonId: string; linkId: string },
): Promise<void> {
  const lesson = await requireLesson(app, userId, lessonId);
  if (!(await queries.revokePersonalLink(app.db, lesson.id, linkId))) throw new AppError('NOT_FOUND');
}

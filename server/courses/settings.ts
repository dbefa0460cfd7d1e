import type { App } from '../app';
import { AppError } from '../errors';
import { addressExpiry, fileAddress } from '../files/address';
import type { Basics, EnrolmentSettings } from './inputs';
import { mayEditCourse, mayManageCourse } from './policy';
import * as queries from './queries/settings';
import { requireCourse } from './service';

export type Cover = {
  documentId: string;
  /** A signed address; null while the picture is being made. */
  url: string | null;
  /** Why no picture comes of it, as a code of server/errors.ts. */
  failure: string | null;
};

/** The picture of a course with its address, for somebody who may see the course. */
export function coverOf(
  app: Pick<App, 'env'>,
  row: Pick<queries.SettingsRow, 'coverDocumentId' | 'coverStatus' | 'coverFailure' | 'coverKey'>,
  now: number,
): Cover | null {
  const { coverDocumentId: documentId, coverKey: key } = row;
  if (!documentId) return null;
  const grant = key && { key, mimeType: 'image/webp', downloadName: null };
  return {
    documentId,
    url: grant ? fileAddress(app.env, grant, addressExpiry(now)) : null,
    failure: row.coverStatus === 'failed' ? (row.coverFailure ?? 'INTERNAL') : null,
  };
}

/** How a course is set up, for its owner and teachers; `manages`: they may change all of it. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function readSettings(app: App, userId: string, courseId: string) {
  const { role, roomSlug } = await requireCourse(app, userId, courseId, mayEditCourse);
  const row = await queries.findSettings(app.db, courseId);
  if (!row) throw new AppError('NOT_FOUND');
  const { id, title, description, language, level, timeZone } = row;
  const { visibility, enrolment, registration, capacity } = row;
  return {
    id,
    /** The address of its public page, which is there while it is public. */
    pageUrl: new URL(`/c/${roomSlug}`, app.env.LECTERN_URL).href,
    manages: mayManageCourse(role),
    basics: { title, description, language, level, timeZone },
    enrolment: { visibility, enrolment, registration, capacity },
    cover: coverOf(app, row, Date.now()),
  };
}

/** @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function changeBasics(app: App, userId: string, { courseId, ...basics }: Basics): Promise<void> {
  await requireCourse(app, userId, courseId, mayManageCourse);
  await queries.updateCourse(app.db, { courseId, ownerId: userId }, basics);
}

/** Who is in the course already stays, even where it takes fewer from now on. @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function changeEnrolment(
  app: App,
  userId: string,
  { courseId, ...enrolment }: EnrolmentSettings,
): Promise<void> {
  await requireCourse(app, userId, courseId, mayManageCourse);
  await queries.updateCourse(app.db, { courseId, ownerId: userId }, enrolment);
}

/**
 * Makes a picture of the owner's library the course's, or takes it away (null); the file itself stays where it is.
 * @throws AppError NOT_FOUND, NOT_ALLOWED; BAD_INPUT `{field: 'cover', reason: 'notPicture'}`
 */
export async function setCover(
  app: App,
  userId: string,
  { courseId, documentId }: { courseId: string; documentId: string | null },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayManageCourse);
  if (documentId && !(await queries.isPictureOf(app.db, documentId, userId))) {
    throw new AppError('BAD_INPUT', { field: 'cover', reason: 'notPicture' });
  }
  await queries.replaceCover(app.db, courseId, documentId);
}

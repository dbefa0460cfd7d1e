import type { App } from '../app';
import { AppError } from '../errors';
import type { Section } from './inputs';
import { mayEditCourse, moveTo } from './policy';
import * as queries from './queries/syllabus';
import { getCourse, requireCourse } from './service';

const MAX_SECTIONS = 200;

/** The syllabus, for everybody in the course. @throws AppError NOT_FOUND */
export async function readSyllabus(
  app: App,
  userId: string,
  courseId: string,
): Promise<queries.SectionRow[]> {
  await getCourse(app, userId, courseId);
  return queries.listSections(app.db, courseId);
}

/**
 * Adds a section, at the end or at a place (from 0).
 * @throws AppError NOT_FOUND, NOT_ALLOWED; BAD_INPUT `{field: 'title', reason: 'tooMany'}` beyond 200
 */
export async function addSection(
  app: App,
  userId: string,
  { courseId, at, ...section }: Section & { courseId: string; at?: number },
): Promise<{ id: string }> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  const id = app.newId();
  await app.db.transaction(async (tx) => {
    await queries.lockCourse(tx, courseId);
    const ids = (await queries.listSections(tx, courseId)).map((one) => one.id);
    if (ids.length >= MAX_SECTIONS) throw new AppError('BAD_INPUT', { field: 'title', reason: 'tooMany' });
    await queries.insertSection(tx, { ...section, id, courseId, position: ids.length });
    await queries.orderSections(tx, courseId, moveTo([...ids, id], id, at ?? ids.length));
  });
  return { id };
}

/** @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function changeSection(
  app: App,
  userId: string,
  { courseId, sectionId, ...section }: Section & { courseId: string; sectionId: string },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  if (!(await queries.updateSection(app.db, courseId, { id: sectionId, ...section })))
    throw new AppError('NOT_FOUND');
}

/** Puts a section at a place of the order that the others have now (from 0). @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function moveSection(
  app: App,
  userId: string,
  { courseId, sectionId, to }: { courseId: string; sectionId: string; to: number },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  await app.db.transaction(async (tx) => {
    await queries.lockCourse(tx, courseId);
    const ids = (await queries.listSections(tx, courseId)).map((one) => one.id);
    if (!ids.includes(sectionId)) throw new AppError('NOT_FOUND');
    await queries.orderSections(tx, courseId, moveTo(ids, sectionId, to));
  });
}

/** @throws AppError NOT_FOUND, NOT_ALLOWED */
export async function removeSection(
  app: App,
  userId: string,
  { courseId, sectionId }: { courseId: string; sectionId: string },
): Promise<void> {
  await requireCourse(app, userId, courseId, mayEditCourse);
  if (!(await queries.deleteSection(app.db, courseId, sectionId))) throw new AppError('NOT_FOUND');
}

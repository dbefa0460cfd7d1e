import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import {
  courseCovers,
  courses,
  documentPages,
  documents,
  enrolmentRequests,
  enrolments,
  invitations,
  lessonRegistrations,
  lessons,
  rooms,
  users,
} from '@/db/schema';
import type { CourseRole } from '../policy';
import { keptDocument } from './kept-document';
import { settings } from './settings';

const MAX_MINUTES = 600;

/** All that a course's page shows apart from its syllabus and lessons, and what this person is in it: one query. */
async function findPage(db: Executor, which: SQL | undefined, viewerId: string | null) {
  const [row] = await db
    .select({
      ...settings,
      slug: rooms.slug,
      kind: courses.kind,
      teacherName: users.name,
      students: sql<number>`(select count(*)::int from ${enrolments} where ${enrolments.courseId} = ${courses.id} and ${enrolments.role} = 'student')`,
      role: sql<CourseRole | null>`case when ${courses.ownerId} = ${viewerId} then 'owner' else (
        select ${enrolments.role}::text from ${enrolments}
        where ${enrolments.courseId} = ${courses.id} and ${enrolments.userId} = ${viewerId}) end`,
      request: enrolmentRequests.status,
      /** ms since the epoch, Postgres' clock */
      now: sql<number>`(extract(epoch from now()) * 1000)::float8`,
    })
    .from(courses)
    .innerJoin(rooms, eq(rooms.courseId, courses.id))
    .innerJoin(users, eq(users.id, courses.ownerId))
    .leftJoin(courseCovers, eq(courseCovers.courseId, courses.id))
    .leftJoin(documents, and(eq(documents.id, courseCovers.documentId), keptDocument))
    .leftJoin(documentPages, and(eq(documentPages.documentId, documents.id), eq(documentPages.page, 1)))
    .leftJoin(
      enrolmentRequests,
      and(eq(enrolmentRequests.courseId, courses.id), sql`${enrolmentRequests.userId} = ${viewerId}`),
    )
    .where(and(which, isNull(courses.archivedAt)));
  return row ?? null;
}

export type PageRow = NonNullable<Awaited<ReturnType<typeof findPage>>>;

/** The course at a public address; null: there is none, or it is not public. */
export function findPublicPage(db: Executor, slug: string, viewerId: string | null): Promise<PageRow | null> {
  return findPage(
    db,
    and(eq(rooms.slug, slug), eq(courses.visibility, 'public'), eq(courses.kind, 'course')),
    viewerId,
  );
}

/** The course itself, for who comes by a link whose token was checked. */
export function findPageOfCourse(
  db: Executor,
  courseId: string,
  viewerId: string | null,
): Promise<PageRow | null> {
  return findPage(db, eq(courses.id, courseId), viewerId);
}

/** An invitation by its id, as its link leads to it. */
export async function findInvitation(db: Executor, invitationId: string) {
  const [row] = await db.select().from(invitations).where(eq(invitations.id, invitationId));
  return row ?? null;
}

/** The next lessons of a course, soonest first; `mine`: this person has chosen it. */
export function listNextLessons(db: Executor, courseId: string, viewerId: string | null, limit: number) {
  return db
    .select({
      id: lessons.id,
      title: lessons.title,
      startsAt: lessons.startsAt,
      durationMinutes: lessons.durationMinutes,
      timeZone: lessons.timeZone,
      status: lessons.status,
      linkVersion: lessons.linkVersion,
      mine: sql<boolean>`${lessonRegistrations.userId} is not null`,
    })
    .from(lessons)
    .leftJoin(
      lessonRegistrations,
      and(eq(lessonRegistrations.lessonId, lessons.id), sql`${lessonRegistrations.userId} = ${viewerId}`),
    )
    .where(
      and(
        eq(lessons.courseId, courseId),
        // The longest lesson that may still be going on bounds what is read of the index.
        gt(lessons.startsAt, sql`now() - make_interval(mins => ${MAX_MINUTES})`),
        or(
          eq(lessons.status, 'live'),
          and(
            eq(lessons.status, 'scheduled'),
            sql`${lessons.startsAt} + ${lessons.durationMinutes} * interval '1 minute' > now()`,
          ),
        ),
      ),
    )
    .orderBy(asc(lessons.startsAt), asc(lessons.id))
    .limit(limit);
}

/** Of these lessons, those of the course that are still to come or live. */
export async function openLessonsOf(
  db: Executor,
  courseId: string,
  lessonIds: readonly string[],
): Promise<string[]> {
  if (lessonIds.length === 0) return [];
  const rows = await db
    .select({ id: lessons.id })
    .from(lessons)
    .where(
      and(
        eq(lessons.courseId, courseId),
        inArray(lessons.id, [...lessonIds]),
        inArray(lessons.status, ['live', 'scheduled']),
      ),
    );
  return rows.map(({ id }) => id);
}

import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { courses, enrolments, lessons, personalLinks, rooms, users } from '@/db/schema';
import type { CourseRole } from '../courses/service';

/** What an account is in the course of the row at hand; null: nothing. */
function roleIn(userId: unknown) {
  return sql<CourseRole | null>`case when ${courses.ownerId} = ${userId} then 'owner' else (
    select ${enrolments.role}::text from ${enrolments}
    where ${enrolments.courseId} = ${courses.id} and ${enrolments.userId} = ${userId}) end`;
}

const door = (viewerId: string | null) => ({
  lessonId: lessons.id,
  title: lessons.title,
  startsAt: lessons.startsAt,
  durationMinutes: lessons.durationMinutes,
  status: lessons.status,
  roomId: lessons.roomId,
  roomSlug: rooms.slug,
  courseTitle: courses.title,
  teacherName: users.name,
  viewerRole: roleIn(viewerId),
  /** ms since the epoch, Postgres' clock */
  now: sql<number>`(extract(epoch from now()) * 1000)::float8`,
});

/** A lesson with all that its door shows, and the version of its link. One query. */
export async function findLessonDoor(db: Executor, lessonId: string, viewerId: string | null) {
  const [row] = await db
    .select({ ...door(viewerId), version: lessons.linkVersion })
    .from(lessons)
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .innerJoin(users, eq(users.id, courses.ownerId))
    .innerJoin(rooms, eq(rooms.id, lessons.roomId))
    .where(eq(lessons.id, lessonId));
  return row ? { ...row, person: null } : null;
}

/** The same by a personal link, with the person it stands for; null for a revoked one. */
export async function findPersonalDoor(db: Executor, linkId: string, viewerId: string | null) {
  const [row] = await db
    .select({
      ...door(viewerId),
      version: personalLinks.version,
      person: {
        linkId: personalLinks.id,
        name: personalLinks.name,
        userId: personalLinks.userId,
        role: roleIn(personalLinks.userId),
      },
    })
    .from(personalLinks)
    .innerJoin(lessons, eq(lessons.id, personalLinks.lessonId))
    .innerJoin(courses, eq(courses.id, lessons.courseId))
    .innerJoin(users, eq(users.id, courses.ownerId))
    .innerJoin(rooms, eq(rooms.id, lessons.roomId))
    .where(and(eq(personalLinks.id, linkId), isNull(personalLinks.revokedAt)));
  return row ?? null;
}

export type DoorRow = NonNullable<Awaited<ReturnType<typeof findPersonalDoor | typeof findLessonDoor>>>;

/** Raises the version of a lesson's link; every one handed out before is void. */
export async function raiseLessonVersion(
  db: Executor,
  courseId: string,
  lessonId: string,
): Promise<number | null> {
  const [row] = await db
    .update(lessons)
    .set({ linkVersion: sql`${lessons.linkVersion} + 1` })
    .where(and(eq(lessons.id, lessonId), eq(lessons.courseId, courseId)))
    .returning({ version: lessons.linkVersion });
  return row?.version ?? null;
}

/** What an account is in a course; null: nothing. */
export async function findCourseRole(
  db: Executor,
  courseId: string,
  userId: string,
): Promise<CourseRole | null> {
  const [row] = await db
    .select({ role: roleIn(userId) })
    .from(courses)
    .where(eq(courses.id, courseId));
  return row?.role ?? null;
}

export type PersonalLinkRow = typeof personalLinks.$inferSelect;

export async function insertPersonalLink(
  db: Executor,
  link: Pick<PersonalLinkRow, 'id' | 'lessonId' | 'userId' | 'name'>,
): Promise<PersonalLinkRow> {
  const [row] = await db.insert(personalLinks).values(link).returning();
  if (!row) throw new Error('The link was not stored');
  return row;
}

/** The personal links of a lesson that still count, oldest first. */
export function listPersonalLinks(db: Executor, lessonId: string): Promise<PersonalLinkRow[]> {
  return db
    .select()
    .from(personalLinks)
    .where(and(eq(personalLinks.lessonId, lessonId), isNull(personalLinks.revokedAt)))
    .orderBy(asc(personalLinks.createdAt), asc(personalLinks.id))
    .limit(1000);
}

/** Ends a link for good. True where this very call did. */
export async function revokePersonalLink(db: Executor, lessonId: string, linkId: string): Promise<boolean> {
  const rows = await db
    .update(personalLinks)
    .set({ revokedAt: sql`now()`, version: sql`${personalLinks.version} + 1` })
    .where(
      and(
        eq(personalLinks.id, linkId),
        eq(personalLinks.lessonId, lessonId),
        isNull(personalLinks.revokedAt),
      ),
    )
    .returning({ id: personalLinks.id });
  return rows.length > 0;
}

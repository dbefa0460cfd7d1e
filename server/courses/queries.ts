import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { courses, enrolments, openPayments, rooms, users } from '@/db/schema';
import type { CourseRole } from './policy';

export async function insertCourse(
  db: Executor,
  course: Pick<
    typeof courses.$inferInsert,
    'id' | 'ownerId' | 'title' | 'description' | 'timeZone' | 'language'
  >,
): Promise<void> {
  await db.insert(courses).values(course);
}

/** A course as one account sees it. */
export type MyCourse = {
  id: string;
  title: string;
  description: string;
  role: CourseRole;
  /** IANA zone in which its lessons are meant. */
  timeZone: string;
  /** It is one booked hour. */
  isBooking: boolean;
  /** This person has to pay before they come in. */
  paymentOpen: boolean;
  roomId: string;
  roomSlug: string;
};

/** Of an enrolment at hand; false where there is none. */
const isPaymentOpen = sql<boolean>`coalesce(${enrolments.role} = 'student', false) and exists (select from ${openPayments}
  where ${openPayments.courseId} = ${enrolments.courseId} and ${openPayments.userId} = ${enrolments.userId})`;

const mine = (userId: string) => ({
  id: courses.id,
  title: courses.title,
  description: courses.description,
  role: sql<CourseRole>`case when ${courses.ownerId} = ${userId} then 'owner' else ${enrolments.role}::text end`,
  timeZone: courses.timeZone,
  isBooking: sql<boolean>`${courses.kind} = 'booking'`,
  paymentOpen: isPaymentOpen,
  roomId: rooms.id,
  roomSlug: rooms.slug,
});

function selectMine(db: Executor, userId: string) {
  return db
    .select(mine(userId))
    .from(courses)
    .innerJoin(rooms, eq(rooms.courseId, courses.id))
    .leftJoin(enrolments, and(eq(enrolments.courseId, courses.id), eq(enrolments.userId, userId)))
    .$dynamic();
}

const isMine = (userId: string) =>
  and(isNull(courses.archivedAt), or(eq(courses.ownerId, userId), isNotNull(enrolments.userId)));

/** The course, if this account owns it or is enrolled in it. */
export async function findMyCourse(db: Executor, courseId: string, userId: string): Promise<MyCourse | null> {
  const [row] = await selectMine(db, userId).where(and(eq(courses.id, courseId), isMine(userId)));
  return row ?? null;
}

/** Every course that this account owns or is enrolled in, by title. */
export function listMyCourses(db: Executor, userId: string): Promise<MyCourse[]> {
  return selectMine(db, userId)
    .where(and(isMine(userId), eq(courses.kind, 'course')))
    .orderBy(asc(courses.title), asc(courses.id))
    .limit(200);
}

export type CoursePerson = {
  id: string;
  name: string;
  email: string;
  role: CourseRole;
  /** They have to pay before they come in. */
  paymentOpen: boolean;
};

const ORDER: readonly CourseRole[] = ['owner', 'teacher', 'presenter', 'student'];

/** Owner first, then teachers, presenters and students by name. */
export async function listPeople(db: Executor, courseId: string): Promise<CoursePerson[]> {
  const owner = db
    .select({
      ...{ id: users.id, name: users.name, email: users.email },
      ...{ role: sql<CourseRole>`'owner'`, paymentOpen: sql<boolean>`false` },
    })
    .from(courses)
    .innerJoin(users, eq(users.id, courses.ownerId))
    .where(eq(courses.id, courseId));
  const enrolled = db
    .select({
      ...{ id: users.id, name: users.name, email: users.email },
      role: sql<CourseRole>`${enrolments.role}::text`,
      paymentOpen: isPaymentOpen,
    })
    .from(enrolments)
    .innerJoin(users, eq(users.id, enrolments.userId))
    .where(eq(enrolments.courseId, courseId));
  const people = await owner.unionAll(enrolled);
  return people.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || a.name.localeCompare(b.name));
}

export async function findAccountByEmail(db: Executor, email: string): Promise<{ id: string } | null> {
  const [row] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
  return row ?? null;
}

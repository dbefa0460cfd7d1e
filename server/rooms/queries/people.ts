import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import {
  courses,
  enrolments,
  lessonRegistrations,
  lessons,
  openPayments,
  participants,
  rooms,
} from '@/db/schema';
import type { Role } from '@/room/roles';

export type ParticipantRow = {
  id: string;
  roomId: string;
  userId: string | null;
  lessonId: string | null;
  name: string;
  role: Role;
  removedAt: Date | null;
  admission: Admission;
};

/** Null: they may come in. */
export type Admission = 'waiting' | 'denied' | null;

const participantColumns = {
  id: participants.id,
  roomId: participants.roomId,
  userId: participants.userId,
  lessonId: participants.lessonId,
  name: participants.name,
  role: participants.role,
  removedAt: participants.removedAt,
  admission: participants.admission,
};

export type RoomFacts = {
  id: string;
  slug: string;
  title: string;
  ownerId: string | null;
  courseId: string | null;
};

const roomColumns = {
  id: rooms.id,
  slug: rooms.slug,
  title: sql<string>`coalesce(${courses.title}, '')`,
  ownerId: courses.ownerId,
  courseId: rooms.courseId,
};

export async function selectRoom(db: Executor, roomId: string): Promise<RoomFacts | null> {
  const [row] = await db
    .select(roomColumns)
    .from(rooms)
    .leftJoin(courses, eq(courses.id, rooms.courseId))
    .where(eq(rooms.id, roomId));
  return row ?? null;
}

export async function selectRoomIdBySlug(db: Executor, slug: string): Promise<string | null> {
  const [row] = await db.select({ id: rooms.id }).from(rooms).where(eq(rooms.slug, slug));
  return row?.id ?? null;
}

/** Null: the slug is another room's. */
export async function insertCourseRoom(
  tx: Executor,
  row: { id: string; courseId: string; slug: string },
): Promise<{ id: string; slug: string } | null> {
  const [room] = await tx
    .insert(rooms)
    .values(row)
    .onConflictDoNothing({ target: rooms.slug })
    .returning({ id: rooms.id, slug: rooms.slug });
  return room ?? null;
}

/** The rooms in which a document of this account may be open: of their own courses, and of those in which they teach or present. */
export async function selectRoomsPresentedBy(db: Executor, userId: string): Promise<string[]> {
  const rows = await db
    .select({ id: rooms.id })
    .from(rooms)
    .innerJoin(courses, eq(courses.id, rooms.courseId))
    .leftJoin(enrolments, and(eq(enrolments.courseId, courses.id), eq(enrolments.userId, userId)))
    .where(or(eq(courses.ownerId, userId), inArray(enrolments.role, ['teacher', 'presenter'])));
  return rows.map(({ id }) => id);
}

/**
 * Of an enrolment at hand: its person is enrolled for single lessons, and what runs in the room (or comes, while nothing runs) is none of them.
 * For all others nothing more is read.
 */
const isLeftOut = sql`(case when ${enrolments.scope} = 'lessons' and ${enrolments.role} = 'student' then not exists (
  select from ${lessonRegistrations} join ${lessons} on ${lessons.id} = ${lessonRegistrations.lessonId}
  where ${lessonRegistrations.userId} = ${enrolments.userId} and ${lessons.roomId} = ${rooms.id}
    and (${lessons.status} = 'live' or (${lessons.status} = 'scheduled' and not exists (
      select from ${lessons} running where running.room_id = ${rooms.id} and running.status = 'live'))))
  else false end)`;

/** What an account is in a room's course by ownership or enrolment, and whether its payment is open; null: nothing. */
export async function selectMembership(
  db: Executor,
  roomId: string,
  userId: string,
): Promise<{ role: Role; paymentOpen: boolean } | null> {
  const [row] = await db
    .select({
      ownerId: courses.ownerId,
      role: sql<Role | null>`case when ${isLeftOut} then null else ${enrolments.role}::text end`,
      paymentOpen: sql<boolean>`exists (select from ${openPayments}
        where ${openPayments.courseId} = ${courses.id} and ${openPayments.userId} = ${userId})`,
    })
    .from(rooms)
    .innerJoin(courses, eq(courses.id, rooms.courseId))
    .leftJoin(enrolments, and(eq(enrolments.courseId, courses.id), eq(enrolments.userId, userId)))
    .where(eq(rooms.id, roomId));
  if (!row) return null;
  const { ownerId, role, paymentOpen } = row;
  if (ownerId === userId) return { role: 'owner', paymentOpen: false };
  return role && { role, paymentOpen };
}

/** A participant and how the lesson stands by whose link they came. */
export type KnownParticipant = ParticipantRow & { lessonStatus: string | null };

export function selectParticipantOfUser(
  db: Executor,
  roomId: string,
  userId: string,
): Promise<KnownParticipant | null> {
  return selectKnown(db, roomId, eq(participants.userId, userId));
}

export function selectParticipant(
  db: Executor,
  roomId: string,
  participantId: string,
): Promise<KnownParticipant | null> {
  return selectKnown(db, roomId, eq(participants.id, participantId));
}

export function selectParticipantOfLink(
  db: Executor,
  roomId: string,
  personalLinkId: string,
): Promise<KnownParticipant | null> {
  return selectKnown(db, roomId, eq(participants.personalLinkId, personalLinkId));
}

async function selectKnown(db: Executor, roomId: string, who: SQL): Promise<KnownParticipant | null> {
  const [row] = await db
    .select({ ...participantColumns, lessonStatus: lessons.status })
    .from(participants)
    .leftJoin(lessons, eq(lessons.id, participants.lessonId))
    .where(and(eq(participants.roomId, roomId), who));
  return row ?? null;
}

/**
 * Of these participants, those who may not be in their room any more: removed, or no longer enrolled (for what runs there) where it was the
 * course that let them in. Whose lesson is over keeps what is open.
 */
export async function selectShutOut(
  db: Executor,
  participantIds: readonly string[],
): Promise<{ id: string; removed: boolean }[]> {
  return db
    .select({ id: participants.id, removed: sql<boolean>`${participants.removedAt} is not null` })
    .from(participants)
    .innerJoin(rooms, eq(rooms.id, participants.roomId))
    .leftJoin(courses, eq(courses.id, rooms.courseId))
    .leftJoin(
      enrolments,
      and(eq(enrolments.courseId, courses.id), eq(enrolments.userId, participants.userId)),
    )
    .where(
      and(
        inArray(participants.id, [...participantIds]),
        sql`(${participants.removedAt} is not null or (${participants.lessonId} is null
          and (${enrolments.userId} is null or (${isLeftOut} and exists (
            select from ${lessons} running where running.room_id = ${rooms.id} and running.status = 'live')))
          and ${courses.ownerId} is distinct from ${participants.userId}))`,
      ),
    );
}

export type NewParticipant = {
  id: string;
  roomId: string;
  userId: string | null;
  personalLinkId: string | null;
  lessonId: string | null;
  name: string;
  role: Role;
  admission?: Admission;
};

/** Makes the participant of an account, or brings the one there is up to date; their removal stays. */
export async function upsertParticipantOfUser(
  db: Executor,
  row: NewParticipant,
): Promise<ParticipantRow | null> {
  const [stored] = await db
    .insert(participants)
    .values(row)
    .onConflictDoUpdate({
      target: [participants.roomId, participants.userId],
      set: {
        name: row.name,
        role: row.role,
        lessonId: row.lessonId,
        admission: row.admission ?? null,
        lookedAt: null,
      },
    })
    .returning(participantColumns);
  return stored ?? null;
}

/** Makes the participant of a personal link, or gives the one there is: the same link is the same person. */
export async function upsertParticipantOfLink(
  db: Executor,
  row: NewParticipant,
): Promise<ParticipantRow | null> {
  const [stored] = await db
    .insert(participants)
    .values(row)
    .onConflictDoUpdate({ target: participants.personalLinkId, set: { lessonId: row.lessonId } })
    .returning(participantColumns);
  return stored ?? null;
}

export async function insertParticipant(db: Executor, row: NewParticipant): Promise<ParticipantRow | null> {
  const [stored] = await db.insert(participants).values(row).returning(participantColumns);
  return stored ?? null;
}

/** Shuts somebody out, no token, no stream, no command from `at` (ms since the epoch) on; null lets them in again. */
export async function markRemoved(
  tx: Executor,
  roomId: string,
  participantId: string,
  at: number | null,
): Promise<void> {
  await tx
    .update(participants)
    .set({ removedAt: at === null ? null : new Date(at) })
    .where(and(eq(participants.roomId, roomId), eq(participants.id, participantId)));
}

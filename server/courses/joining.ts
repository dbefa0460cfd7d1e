import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { notify } from '../notifications/service';
import { type Entered, type Entrance, findEntered, stateOf } from './course-page';
import * as queries from './queries/joining';
import { openLessonsOf } from './queries/page';
import { takeSeat } from './seats';

type Joining = { id: string; name: string; email: string };
/** `in`: they are in the course. `asked`: its teacher decides. */
export type Joined = { state: 'in' | 'asked'; courseId: string | null };

/**
 * Somebody joins the course behind an entrance, or asks to be let in. Where it takes people for single lessons, these are the ones that they
 * chose, now or anew. Doing it twice changes nothing.
 * @throws AppError NOT_FOUND, LINK_INVALID; COURSE_FULL, ENROLMENT_CLOSED; INVITED_ANOTHER for somebody else's invitation; BAD_INPUT
 *   `{field: 'lessonIds', reason: 'none'}` where none of the lessons is one to come
 */
export async function joinCourse(
  app: App,
  person: Joining,
  { entrance, lessonIds }: { entrance: Entrance; lessonIds: readonly string[] },
): Promise<Joined> {
  const entered = await findEntered(app, entrance, person.id);
  const { course, invitation } = entered;
  const state = stateOf(entered);
  if (state === 'asked') return { state, courseId: null };
  if (state === 'closed' || state === 'declined') throw new AppError('ENROLMENT_CLOSED');
  if (state === 'full') throw new AppError('COURSE_FULL');
  if (invitation && state !== 'in' && invitation.email !== person.email) {
    throw new AppError('INVITED_ANOTHER', { email: invitation.email });
  }
  const chosen = await lessonsOf(app, entered, lessonIds);
  return app.db.transaction(async (tx) => {
    if (chosen) {
      await queries.replaceRegistrations(tx, { courseId: course.id, userId: person.id, lessonIds: chosen });
    }
    if (state === 'ask') return ask(app, tx, person, entered);
    if (state === 'enrol') await enrol(app, tx, person, entered);
    return { state: 'in', courseId: course.id };
  });
}

/** The lessons that they are enrolled for; null: all of them. */
async function lessonsOf(
  app: App,
  { course, invitation }: Entered,
  lessonIds: readonly string[],
): Promise<string[] | null> {
  const staff = course.role !== null && course.role !== 'student';
  if (invitation || staff || course.registration === 'series') return null;
  const chosen = await openLessonsOf(app.db, course.id, lessonIds);
  if (chosen.length === 0) throw new AppError('BAD_INPUT', { field: 'lessonIds', reason: 'none' });
  return chosen;
}

async function enrol(
  app: App,
  tx: Executor,
  person: Joining,
  { course, invitation }: Entered,
): Promise<void> {
  const role = invitation?.role ?? 'student';
  const scope = invitation || role !== 'student' ? 'series' : course.registration;
  const isNew = await takeSeat(tx, { courseId: course.id, userId: person.id, role, scope, keep: true });
  if (invitation && !(await queries.acceptInvitation(tx, invitation.id)) && isNew) {
    // It was taken back while they were on their way.
    throw new AppError('LINK_INVALID');
  }
  await queries.acceptInvitationsOf(tx, course.id, person.id);
  await queries.deleteRequest(tx, course.id, person.id);
  if (isNew) await tellStaff(app, tx, 'enrolled', person, course);
}

async function ask(app: App, tx: Executor, person: Joining, { course }: Entered): Promise<Joined> {
  const isNew = await queries.insertRequest(tx, {
    courseId: course.id,
    userId: person.id,
    scope: course.registration,
  });
  if (isNew) await tellStaff(app, tx, 'asked', person, course);
  return { state: 'asked', courseId: null };
}

async function tellStaff(
  app: App,
  tx: Executor,
  kind: 'enrolled' | 'asked',
  { id, name }: Joining,
  course: { id: string; title: string },
): Promise<void> {
  await notify(tx, await queries.listStaff(tx, course.id), {
    kind,
    courseId: course.id,
    facts: { name, course: course.title },
    // Who leaves and comes again is told of again.
    key: `${kind}:${course.id}:${id}:${app.newId()}`,
  });
}

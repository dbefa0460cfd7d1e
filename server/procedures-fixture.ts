import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { calls, documentCaptions, documentPages, documents, enrolmentRequests, users } from '@/db/schema';
import type { TestDatabase } from '@/db/testing';
import type { CommandBody } from '@/room/commands';
import { mailboxMailer } from './adapters/mail/mailbox';
import type { App } from './app';
import type { Context } from './context';
import { createQueues } from './jobs/queue-fixture';
import type { Viewer } from './identity/service';
import { linkToken } from './link-tokens';
import { mailboxStore } from './mail/queries';
import { sendDueMails } from './mail/service';
import { writeMail } from './mail/write';
import { signId } from './signed-id';
import { appRouter } from './router';
import { testApp } from './testing';
import { createCallerFactory } from './trpc';

/** Everybody who may call a procedure, seen from one course: who they are in it, or that they are nothing in it. */
export const CALLERS = [
  'anonymous',
  'guest',
  'studentElsewhere',
  'student',
  'presenter',
  'teacher',
  'teacherElsewhere',
  'owner',
  'admin',
] as const;
export type CallerName = (typeof CALLERS)[number];

const createCaller = createCallerFactory(appRouter);
export type Caller = ReturnType<typeof createCaller>;

/** A course with its people, a lesson that runs, and others elsewhere; what calls are about is made when it is asked for. */
export type World = Awaited<ReturnType<typeof makeWorld>>;

export async function makeWorld(database: TestDatabase) {
  await createQueues(database, ['mail-send', 'lost-link', 'document-export', 'document-check', 'files-drop']);
  const app: App = {
    ...testApp(database),
    // Nothing outside is reached: what it answers is not what is asked here.
    youtube: {
      search: () => Promise.resolve({ ok: true, videos: [] }),
      describe: () => Promise.resolve(null),
    },
  };
  const context = (viewer: Viewer, headers = new Headers()): Context => {
    return { app, requestId: 'a-test-of-procedures', headers, viewer, responseHeaders: new Headers() };
  };
  const person = async (name: string, role: 'user' | 'admin' = 'user') => {
    const id = randomUUID();
    const email = `${id}@example.org`;
    await database.db.insert(users).values({ id, name, email, role });
    const viewer: Viewer = {
      kind: 'account',
      user: { id, email, name, role, locale: null },
      sessionId: randomUUID(),
    };
    return { id, email, caller: createCaller(context(viewer)) };
  };
  const [owner, teacher, presenter, student, teacherElsewhere, studentElsewhere, admin] = await Promise.all([
    person('Olga'),
    person('Tess'),
    person('Pia'),
    person('Sam'),
    person('Ned'),
    person('Ella'),
    person('Ada', 'admin'),
  ]);
  const makeCourse = (by: typeof owner) => by.caller.courses.create({ title: 'Algebra' });
  const course = await makeCourse(owner);
  const elsewhere = await makeCourse(teacherElsewhere);
  const enrol = (
    by: typeof owner,
    courseId: string,
    email: string,
    role: 'teacher' | 'presenter' | 'student',
  ) => by.caller.courses.enrol({ courseId, email, role });
  await enrol(owner, course.id, teacher.email, 'teacher');
  await enrol(owner, course.id, presenter.email, 'presenter');
  await enrol(owner, course.id, student.email, 'student');
  await enrol(teacherElsewhere, elsewhere.id, studentElsewhere.email, 'student');

  let hours = 1;
  /** A lesson of the course that is still to come. */
  const makeLesson = async () => {
    const startsAt = new Date(Date.now() + hours++ * 3_600_000).toISOString().slice(0, 16);
    const wish = { courseId: course.id, title: 'Groups', startsAt, timeZone: 'UTC', durationMinutes: 30 };
    return (await owner.caller.lessons.schedule(wish)).lessonId;
  };
  const lessonId = await makeLesson();
  const { roomId, slug } = await roomOf(database, course.id);
  await owner.caller.lessons.start({ lessonId });
  const { url } = await owner.caller.links.lesson({ lessonId });
  const token = url.split('/join/')[1] ?? '';

  const entering = context({ kind: 'anonymous' });
  await createCaller(entering).links.enter({ token, name: 'Gus' });
  const cookie = entering.responseHeaders?.getSetCookie()[0]?.split(';')[0] ?? '';

  /** A file of the owner's library. */
  const makeDocument = async (
    ownerId = owner.id,
    more: { kind?: 'media' | 'file'; mimeType?: string; status?: 'failed' } = {},
  ) => {
    const id = randomUUID();
    const facts = { mimeType: 'application/pdf', bytes: 5, pageCount: 1, storageKey: randomUUID() };
    await database.db
      .insert(documents)
      .values({ id, ownerId, name: `${id}.pdf`, status: 'ready', ...facts, ...more });
    await database.db
      .insert(documentPages)
      .values({ documentId: id, page: 1, width: 800, height: 450, imageKey: randomUUID() });
    return id;
  };
  const documentId = await makeDocument();
  const say = (body: CommandBody) =>
    owner.caller.rooms.send({ roomId, commands: [{ id: randomUUID(), ...body }] });
  await say({ type: 'document.open', payload: { documentId } });
  const filmId = await makeDocument(owner.id, { kind: 'media', mimeType: 'video/mp4' });
  const source = { kind: 'file', documentId: filmId } as const;
  const item = { id: randomUUID(), source, title: 'Film' };
  await say({ type: 'media.load', payload: { item, positionMs: 0, paused: true } });

  const callers: Record<CallerName, Caller> = {
    anonymous: createCaller(context({ kind: 'anonymous' })),
    guest: createCaller(context({ kind: 'anonymous' }, new Headers({ cookie }))),
    studentElsewhere: studentElsewhere.caller,
    student: student.caller,
    presenter: presenter.caller,
    teacher: teacher.caller,
    teacherElsewhere: teacherElsewhere.caller,
    owner: owner.caller,
    admin: admin.caller,
  };
  const { id: courseId } = course;
  const people = { owner, teacher, presenter, student, teacherElsewhere, studentElsewhere, admin };
  const makePerson = async () => {
    const somebody = await person('Kit');
    await enrol(owner, courseId, somebody.email, 'student');
    return somebody.id;
  };
  /** Where the same people work, and nothing goes on yet. */
  const makeStaffedCourse = async () => {
    const { id } = await makeCourse(owner);
    await enrol(owner, id, teacher.email, 'teacher');
    await enrol(owner, id, presenter.email, 'presenter');
    await enrol(owner, id, student.email, 'student');
    return id;
  };
  /** A course of a teacher who is nobody of these, open to everybody. Gives its slug. */
  const makePublicCourse = async (enrolment: 'open' | 'approval' = 'open') => {
    const somebody = await person('Uma');
    const { id } = await makeCourse(somebody);
    await somebody.caller.courses.changeEnrolment({
      ...{ courseId: id, visibility: 'public', enrolment, registration: 'series', capacity: null },
    });
    return (await roomOf(database, id)).slug;
  };
  /** Something that can be booked at any hour; of a teacher who is nobody of these, or of theirs. */
  const makeOffer = async (by?: typeof owner) => {
    const teacher = by ?? (await person('Uma'));
    const made = await teacher.caller.bookings.createOffer({
      ...{ title: 'Trial', description: '', lengths: [30], seats: 1, open: true, timeZone: 'UTC' },
    });
    await teacher.caller.bookings.saveHours({
      ...{ timeZone: 'UTC', exceptions: [], stepMinutes: 30, maxADay: null, changeMinutes: 60 },
      ...{ bufferBeforeMinutes: 0, bufferAfterMinutes: 0, noticeMinutes: 60, horizonDays: 60 },
      weekly: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
    });
    return made;
  };
  let ownersOffer: ReturnType<typeof makeOffer> | null = null;
  /** An hour of the owner that somebody has booked who is nobody of these. */
  const makeBooking = async (at: number) => {
    ownersOffer ??= makeOffer(owner);
    const { slug } = await ownersOffer;
    const { lessonId: booked } = await (await person('Kit')).caller.bookings.book({
      slug,
      lengthMinutes: 30,
      at,
    });
    return booked;
  };
  /** The owner rings the student. */
  const makeCall = async () => {
    const id = randomUUID();
    const ringsUntil = new Date(Date.now() + 60_000);
    await database.db
      .insert(calls)
      .values({ id, courseId, callerId: owner.id, calleeId: student.id, state: 'ringing', ringsUntil });
    return id;
  };
  /** Somebody who asked to be let into the course. */
  const somebodyWhoAsks = async () => {
    const { id } = await person('Kit');
    await database.db.insert(enrolmentRequests).values({ courseId, userId: id, status: 'pending' });
    return { courseId, personId: id };
  };
  /** One's own way out: a course that this person has just come into; for others, the course. */
  const courseToLeave = async (by: CallerName) => {
    if (by === 'anonymous' || by === 'guest' || by === 'owner') return courseId;
    const { id } = await makeCourse(owner);
    await enrol(owner, id, people[by].email, 'student');
    return id;
  };
  const invite = async () => {
    const email = `${randomUUID()}@example.org`;
    const packed = gzipSync(email).toString('base64');
    await owner.caller.invitations.send({ courseId, packed });
    const invited = (await owner.caller.invitations.list({ courseId })).find((one) => one.email === email);
    if (!invited) throw new Error('Nobody was invited');
    return invited.id;
  };
  /** The token of an invitation that waits. */
  const invitationToken = async () => linkToken(app.env.LECTERN_SECRET, 'invitation', await invite(), 1);
  const mailOf = async () => {
    await invite();
    const [mail] = await database.sql<
      { id: string }[]
    >`select id from mails order by created_at desc limit 1`;
    return mail?.id ?? '';
  };
  return {
    ...{ app, callers, owner, courseId, lessonId, roomId, slug, token, documentId, filmId, say },
    ...{ makeCourse, makeDocument, makeLesson, makePerson, person, makeStaffedCourse, makePublicCourse },
    ...{ makeOffer, makeBooking, makeCall, somebodyWhoAsks, courseToLeave, invite, invitationToken, mailOf },
    /** Whose account it is; the owner's where there is none. */
    idOf: (by: CallerName) => (by === 'anonymous' || by === 'guest' ? owner.id : people[by].id),
    /** The token that shares a file of the owner's. */
    sharedToken: async () => {
      const { url } = await owner.caller.library.share({ documentId: await makeDocument() });
      return url.split('/').at(-1) ?? '';
    },
    /** The token with which who got a mail switches its kind off. */
    offToken: async () => signId(app.env.LECTERN_SECRET, 'mail-off', await mailOf(), 1),
    /** A mail that lies in the mailbox. */
    messageId: async () => {
      await invite();
      const mailer = mailboxMailer(mailboxStore(database.db));
      await sendDueMails({ app, mailer, write: writeMail, signal: new AbortController().signal });
      const [mail] = await owner.caller.mail.mailbox({});
      return mail?.messageId ?? '';
    },
    putCaptions: async (film: string) => {
      const storageKey = randomUUID();
      await database.db.insert(documentCaptions).values({ documentId: film, storageKey, label: 'English' });
      return { id: storageKey };
    },
  };
}

async function roomOf(database: TestDatabase, courseId: string): Promise<{ roomId: string; slug: string }> {
  const [room] = await database.sql<{ id: string; slug: string }[]>`
    select id, slug from rooms where course_id = ${courseId}`;
  if (!room) throw new Error('The course has no room');
  return { roomId: room.id, slug: room.slug };
}

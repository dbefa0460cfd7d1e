import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { CALLERS, type CallerName, makeWorld, type World } from './procedures-fixture';
import { appRouter } from './router';

const EVERYBODY = CALLERS;
const ACCOUNTS = CALLERS.filter((name) => name !== 'anonymous' && name !== 'guest');
const IN_ROOM = ['guest', 'student', 'presenter', 'teacher', 'owner'] as const;
const MEMBERS = ['student', 'presenter', 'teacher', 'owner'] as const;
const PRESENTING = ['presenter', 'teacher', 'owner'] as const;
const STAFF = ['teacher', 'owner'] as const;
const OWNER = ['owner'] as const;

type Line = { may: readonly CallerName[]; input?: (world: World, by: CallerName) => unknown };

const inCourse = (more: object = {}) => ({
  input: ({ courseId }: World) => ({ courseId, ...more }),
});
const inRoom = (more: object = {}) => ({ input: ({ roomId }: World) => ({ roomId, ...more }) });
const ofLesson = (more: object = {}) => ({
  input: async (world: World) => ({ lessonId: await world.makeLesson(), ...more }),
});
const ofOwnersFile = (more: object = {}) => ({
  input: async (world: World) => ({ documentId: await world.makeDocument(), ...more }),
});
const shownInRoom = (more: object = {}) => ({
  input: ({ roomId, documentId }: World) => ({ roomId, documentId, ...more }),
});
const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 16);
const when = { startsAt: inAYear, timeZone: 'UTC', durationMinutes: 30 };
const rule = {
  every: { kind: 'weekly', interval: 1, weekdays: ['MO'] },
  end: { kind: 'count', count: 2 },
  except: [],
};
const offer = { title: 'Trial', description: '', lengths: [30], seats: 1, open: true };
const hours = {
  ...{ timeZone: 'UTC', exceptions: [], stepMinutes: 30, maxADay: null, changeMinutes: 60 },
  ...{ bufferBeforeMinutes: 0, bufferAfterMinutes: 0, noticeMinutes: 60, horizonDays: 60 },
  weekly: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
};
let booked = Math.ceil(Date.now() / 3_600_000) + 48;
/** An hour in some days that nobody has booked yet. */
const nextFreeHour = () => (booked += 2) * 3_600_000;
/** The owner rings the student. */
const oneCall = { input: async (world: World) => ({ callId: await world.makeCall() }) };
const oneInvitation = {
  input: async (world: World) => ({ courseId: world.courseId, invitationId: await world.invite() }),
};
const oneMaterial = {
  input: async ({ courseId, owner, makeDocument }: World) => {
    const documentId = await makeDocument();
    await owner.caller.materials.add({ courseId, documentIds: [documentId] });
    return { courseId, documentId };
  },
};
const ofOwnersFolder = (more: (folderId: string) => object = (folderId) => ({ folderId })) => ({
  input: async ({ owner }: World) => {
    const { id } = await owner.caller.library.createFolder({ name: randomUUID(), parentId: null });
    return more(id);
  },
});
type CaptionsOf = (world: World, documentId: string) => Promise<object>;
const withCaptions: CaptionsOf = async ({ makeDocument, owner }) => ({
  captionsId: await makeDocument(owner.id, { kind: 'file', mimeType: 'text/vtt' }),
});
const putCaptions: CaptionsOf = (world, documentId) => world.putCaptions(documentId);
const ofOwnersFilm = (more: CaptionsOf = () => Promise.resolve({})) => ({
  input: async (world: World) => {
    const documentId = await world.makeDocument(world.owner.id, { kind: 'media', mimeType: 'video/mp4' });
    return { documentId, ...(await more(world, documentId)) };
  },
});
const oneSection = (more: object = {}) => ({
  input: async ({ courseId, owner }: World) => {
    const { id } = await owner.caller.syllabus.add({ courseId, title: 'Groups', text: '' });
    return { courseId, sectionId: id, ...more };
  },
});

/**
 * What everybody may call, about one course, its room and its owner's files; who learns, teaches or owns elsewhere is nobody here, and
 * so is the installation's admin. Adding a procedure means adding a line, and thinking about it.
 */
const TABLE: Record<string, Line> = {
  'bookings.book': {
    may: ACCOUNTS,
    input: async (world) => ({ slug: (await world.makeOffer()).slug, lengthMinutes: 30, at: nextFreeHour() }),
  },
  'bookings.cancel': {
    may: OWNER,
    input: async (world) => ({ lessonId: await world.makeBooking(nextFreeHour()) }),
  },
  'bookings.changeOffer': {
    may: OWNER,
    input: async ({ owner, makeOffer }) => ({ ...offer, offerId: (await makeOffer(owner)).id }),
  },
  'bookings.createOffer': { may: ACCOUNTS, input: () => ({ ...offer, timeZone: 'UTC' }) },
  'bookings.freeHours': {
    may: EVERYBODY,
    input: async (world) => {
      const { slug } = await world.makeOffer();
      return { slug, lengthMinutes: 30, from: Date.now(), to: Date.now() + 86_400_000 };
    },
  },
  'bookings.list': { may: ACCOUNTS },
  'bookings.move': {
    may: OWNER,
    input: async (world) => ({ lessonId: await world.makeBooking(nextFreeHour()), at: nextFreeHour() }),
  },
  'bookings.page': { may: EVERYBODY, input: async (world) => ({ slug: (await world.makeOffer()).slug }) },
  'bookings.removeOffer': {
    may: OWNER,
    input: async ({ owner, makeOffer }) => ({ offerId: (await makeOffer(owner)).id, removed: true }),
  },
  'bookings.saveHours': { may: ACCOUNTS, input: () => hours },
  'bookings.setup': { may: ACCOUNTS, input: () => ({ timeZone: 'UTC' }) },
  'bell.markRead': { may: ACCOUNTS, input: () => ({ upTo: 1 }) },
  'bell.read': { may: ACCOUNTS },
  'bell.unread': { may: ACCOUNTS },
  'calendar.courses': { may: ACCOUNTS },
  'calendar.dropFeed': { may: ACCOUNTS },
  'calendar.feed': { may: ACCOUNTS },
  'calendar.lessons': { may: ACCOUNTS, input: () => ({ from: 0, to: 1 }) },
  'calendar.makeFeed': { may: ACCOUNTS },
  'calls.accept': { may: ['student'], ...oneCall },
  'calls.cancel': { may: OWNER, ...oneCall },
  'calls.decline': { may: ['student'], ...oneCall },
  'calls.list': { may: MEMBERS, ...inCourse() },
  'calls.place': {
    may: MEMBERS,
    input: ({ courseId, idOf }, by) => ({
      courseId,
      personId: idOf(by === 'owner' ? 'student' : 'owner'),
    }),
  },
  'calls.reach': { may: MEMBERS, ...inCourse() },
  'calls.setTakesCalls': { may: ACCOUNTS, input: () => ({ on: true }) },
  'calls.takesCalls': { may: ACCOUNTS },
  'classroom.open': { may: IN_ROOM, input: ({ slug }) => ({ slug }) },
  'courses.changeBasics': {
    may: OWNER,
    ...inCourse({ title: 'Algebra', description: '', language: 'en', level: 'all', timeZone: 'UTC' }),
  },
  'courses.changeEnrolment': {
    may: OWNER,
    ...inCourse({ visibility: 'invited', enrolment: 'open', registration: 'series', capacity: null }),
  },
  'courses.changeRole': {
    may: OWNER,
    input: async ({ courseId, makePerson }) => ({
      courseId,
      personId: await makePerson(),
      role: 'presenter',
    }),
  },
  'courses.create': { may: ACCOUNTS, input: () => ({ title: 'Geometry' }) },
  'courses.enrol': {
    may: OWNER,
    input: async ({ courseId, person }) => ({
      courseId,
      email: (await person('Kit')).email,
      role: 'student',
    }),
  },
  'courses.get': { may: MEMBERS, ...inCourse() },
  'courses.markPayment': {
    may: STAFF,
    input: async ({ courseId, makePerson }) => ({ courseId, personId: await makePerson(), open: true }),
  },
  // Without addresses for who learns.
  'courses.people': { may: MEMBERS, ...inCourse() },
  'courses.setCover': { may: OWNER, ...inCourse({ documentId: null }) },
  'courses.settings': { may: STAFF, ...inCourse() },
  'courses.unenrol': {
    may: OWNER,
    input: async ({ courseId, makePerson }) => ({ courseId, personId: await makePerson() }),
  },
  'documents.addCaptions': { may: OWNER, ...ofOwnersFilm(withCaptions) },
  'documents.captions': { may: OWNER, ...ofOwnersFilm() },
  'documents.find': { may: IN_ROOM, ...shownInRoom({ words: 'groups' }) },
  'documents.original': { may: IN_ROOM, ...shownInRoom() },
  'documents.pages': { may: IN_ROOM, ...shownInRoom() },
  'documents.playable': { may: ACCOUNTS },
  'documents.playback': { may: IN_ROOM, input: ({ roomId, filmId }) => ({ roomId, documentId: filmId }) },
  'documents.removeCaptions': { may: OWNER, ...ofOwnersFilm(putCaptions) },
  'documents.retry': {
    may: OWNER,
    input: async ({ makeDocument, owner }) => ({
      documentId: await makeDocument(owner.id, { status: 'failed' }),
    }),
  },
  'exports.ask': { may: IN_ROOM, ...shownInRoom({ layers: ['shared'] }) },
  'exports.read': {
    may: IN_ROOM,
    input: async ({ roomId, documentId, callers }, by) => {
      const isIn = IN_ROOM.some((name) => name === by);
      if (!isIn) return { roomId, exportId: randomUUID() };
      const { exportId } = await callers[by].exports.ask({ roomId, documentId, layers: ['shared'] });
      return { roomId, exportId };
    },
  },
  'home.meetNow': {
    may: STAFF,
    // A course of its own, whose room is free.
    input: async (world) => ({ courseId: await world.makeStaffedCourse(), title: 'Now', timeZone: 'UTC' }),
  },
  'home.moreCourses': { may: ACCOUNTS, input: () => ({ after: 0 }) },
  'home.read': { may: ACCOUNTS },
  'identity.account': { may: ACCOUNTS },
  'identity.changeAccount': { may: ACCOUNTS, input: () => ({ name: 'Kit', timeZone: 'Europe/Kyiv' }) },
  'identity.chooseLanguage': { may: EVERYBODY, input: () => ({ locale: 'de' }) },
  'identity.session': { may: EVERYBODY },
  'identity.signOut': { may: ACCOUNTS, input: () => ({ everywhere: false }) },
  'identity.signUp': {
    may: EVERYBODY,
    input: () => ({ email: `${randomUUID()}@example.org`, name: 'Kit', password: 'correct horse battery' }),
  },
  'invitations.closeLink': { may: STAFF, ...inCourse() },
  'invitations.decline': {
    may: EVERYBODY,
    input: async (world) => ({ token: await world.invitationToken() }),
  },
  'invitations.link': { may: STAFF, ...inCourse() },
  'invitations.list': { may: STAFF, ...inCourse() },
  'invitations.openLink': { may: STAFF, ...inCourse() },
  'invitations.preview': {
    may: STAFF,
    ...inCourse({ packed: gzipSync('x@example.org').toString('base64') }),
  },
  'invitations.remind': { may: STAFF, ...oneInvitation },
  'invitations.revoke': { may: STAFF, ...oneInvitation },
  'invitations.send': { may: STAFF, ...inCourse({ packed: gzipSync('x@example.org').toString('base64') }) },
  'join.decide': {
    may: STAFF,
    input: async (world) => ({ ...(await world.somebodyWhoAsks()), to: 'declined' }),
  },
  'join.enter': {
    may: ACCOUNTS,
    input: async (world) => ({ entrance: { by: 'page', slug: await world.makePublicCourse() } }),
  },
  'join.leave': {
    may: ['student', 'presenter', 'teacher', 'studentElsewhere', 'teacherElsewhere', 'admin'],
    input: async (world, by) => ({ courseId: await world.courseToLeave(by) }),
  },
  'join.page': {
    may: EVERYBODY,
    input: async (world) => ({ entrance: { by: 'page', slug: await world.makePublicCourse() } }),
  },
  'join.requests': { may: STAFF, ...inCourse() },
  'lessons.attendance': { may: STAFF, ...ofLesson() },
  'lessons.cancel': { may: STAFF, ...ofLesson() },
  'lessons.edit': { may: STAFF, ...ofLesson({ scope: 'this', version: 1, title: 'Rings', ...when }) },
  'lessons.end': { may: STAFF, ...ofLesson() },
  'lessons.list': { may: MEMBERS, ...inCourse() },
  'lessons.previewSeries': { may: STAFF, ...inCourse({ ...when, rule }) },
  'lessons.rename': { may: STAFF, ...ofLesson({ title: 'Rings' }) },
  'lessons.restore': {
    may: STAFF,
    input: async (world) => ({ lessonIds: [await world.makeLesson()] }),
  },
  'lessons.schedule': { may: STAFF, ...inCourse({ title: 'Rings', ...when }) },
  'lessons.scheduleSeries': { may: STAFF, ...inCourse({ title: 'Rings', ...when, rule }) },
  'lessons.start': { may: STAFF, ...ofLesson() },
  'library.createFolder': { may: ACCOUNTS, input: () => ({ name: randomUUID(), parentId: null }) },
  'library.download': { may: OWNER, ...ofOwnersFile() },
  'library.folders': { may: ACCOUNTS },
  'library.list': { may: OWNER, ...ofOwnersFolder() },
  'library.move': { may: OWNER, ...ofOwnersFolder((folderId) => ({ to: folderId })) },
  'library.pages': { may: OWNER, ...ofOwnersFile() },
  'library.remove': { may: ACCOUNTS, input: () => ({ documentIds: [] }) },
  'library.rename': { may: OWNER, ...ofOwnersFile({ name: 'new.pdf' }) },
  'library.renameFolder': { may: OWNER, ...ofOwnersFolder((folderId) => ({ folderId, name: randomUUID() })) },
  'library.restore': { may: ACCOUNTS, input: () => ({ documentIds: [] }) },
  'library.share': { may: OWNER, ...ofOwnersFile() },
  'library.shared': { may: EVERYBODY, input: async (world) => ({ token: await world.sharedToken() }) },
  'library.states': { may: ACCOUNTS, input: () => ({ documentIds: [] }) },
  'library.unshare': { may: OWNER, ...ofOwnersFile() },
  'library.usage': { may: ACCOUNTS },
  'library.withdraw': { may: ACCOUNTS, input: () => ({ fingerprint: 'a'.repeat(64), size: 5 }) },
  'links.createPersonal': { may: STAFF, ...ofLesson({ name: 'Kit' }) },
  'links.door': { may: EVERYBODY, input: ({ token }) => ({ token }) },
  'links.enter': { may: EVERYBODY, input: ({ token }) => ({ token, name: 'Kit' }) },
  'links.lesson': { may: STAFF, ...ofLesson() },
  'links.lost': { may: EVERYBODY, input: ({ token }) => ({ token, email: `${randomUUID()}@example.org` }) },
  'links.personal': { may: STAFF, ...ofLesson() },
  'links.revokePersonal': {
    may: STAFF,
    input: async ({ owner, makeLesson }) => {
      const lessonId = await makeLesson();
      const { id } = await owner.caller.links.createPersonal({ lessonId, name: 'Kit' });
      return { lessonId, linkId: id };
    },
  },
  'links.rotateLesson': { may: STAFF, ...ofLesson() },
  'mail.kinds': { may: ACCOUNTS },
  'mail.mailbox': { may: EVERYBODY, input: () => ({}) },
  'mail.mailboxMail': { may: EVERYBODY, input: async (world) => ({ messageId: await world.messageId() }) },
  'mail.readOff': { may: EVERYBODY, input: async (world) => ({ token: await world.offToken() }) },
  'mail.setOff': { may: EVERYBODY, input: async (world) => ({ token: await world.offToken(), off: true }) },
  'mail.setKind': { may: ACCOUNTS, input: () => ({ category: 'courses', off: false }) },
  'materials.add': {
    may: STAFF,
    // One's own file: nobody gives away what is not theirs.
    input: async ({ courseId, makeDocument, idOf }, by) => ({
      courseId,
      documentIds: [await makeDocument(idOf(by))],
    }),
  },
  'materials.download': { may: MEMBERS, ...oneMaterial },
  'materials.list': { may: MEMBERS, ...inCourse() },
  'materials.remove': { may: STAFF, ...oneMaterial },
  'media.token': { may: IN_ROOM, ...inRoom() },
  'rooms.board': {
    may: IN_ROOM,
    input: ({ roomId, documentId }) => ({ roomId, boardId: `page:${documentId}:1`, layer: 'shared' }),
  },
  'rooms.closedBoards': { may: PRESENTING, ...inRoom() },
  'rooms.olderChat': { may: IN_ROOM, ...inRoom({ before: 1000 }) },
  'rooms.send': {
    may: IN_ROOM,
    input: ({ roomId }) => ({ roomId, commands: [{ id: randomUUID(), type: 'hand.raise', payload: {} }] }),
  },
  'rooms.state': { may: IN_ROOM, ...inRoom() },
  'rooms.steps': { may: PRESENTING, ...inRoom({ generation: 1 }) },
  'rooms.tellStep': { may: IN_ROOM, ...inRoom({ generation: 1, step: 'in-step' }) },
  'syllabus.add': { may: STAFF, ...inCourse({ title: 'Groups', text: '' }) },
  'syllabus.change': { may: STAFF, ...oneSection({ title: 'Rings', text: '' }) },
  'syllabus.list': { may: MEMBERS, ...inCourse() },
  'syllabus.move': { may: STAFF, ...oneSection({ to: 0 }) },
  'syllabus.remove': { may: STAFF, ...oneSection() },
  'youtube.describe': { may: PRESENTING, ...inRoom({ videoId: 'dQw4w9WgXcQ' }) },
  'youtube.offered': { may: IN_ROOM, ...inRoom() },
  'youtube.search': { may: PRESENTING, ...inRoom({ words: 'groups' }) },
};

/** Refusals that say: not for you. All else is an answer to somebody who may ask. */
const REFUSALS = new Set(['NOT_SIGNED_IN', 'NOT_ALLOWED', 'NOT_FOUND', 'LINK_INVALID', 'WAITING', 'REMOVED']);

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await makeWorld(database);
});
afterAll(() => database.drop());

it('every procedure stands in the table, and nothing else does', () => {
  const { _def: definition } = appRouter;
  expect(Object.keys(definition.procedures).toSorted()).toEqual(Object.keys(TABLE).toSorted());
});

it.each(Object.entries(TABLE))(
  '%s answers those who may call it, and refuses the others',
  async (path, { may, input }) => {
    const answers: Partial<Record<CallerName, string>> = {};
    for (const by of CALLERS) answers[by] = await answerTo(by, path, input && (await input(world, by)));
    const answered = CALLERS.filter((by) => !REFUSALS.has(answers[by] ?? ''));
    // With the answers, which say more than who is missing.
    expect({ answered, answers }).toEqual({ answered: CALLERS.filter((by) => may.includes(by)), answers });
    // What was asked had the right shape: else nothing was learned.
    expect(Object.values(answers)).not.toContain('BAD_INPUT');
  },
);

type Procedure = (input: unknown) => Promise<unknown>;

async function answerTo(by: CallerName, path: string, input: unknown): Promise<string> {
  const [first = '', second = ''] = path.split('.');
  const procedures = world.callers[by] as unknown as Record<string, Record<string, Procedure>>;
  const procedure = procedures[first]?.[second];
  if (!procedure) throw new Error(`There is no ${path}`);
  try {
    await procedure(input);
    return 'ok';
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return error.message;
  }
}

import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { Context } from './context';
import { appRouter } from './router';
import { testApp } from './testing';
import { createCallerFactory } from './trpc';

/**
 * Who may call a procedure at all; what they may do with it, its policy says.
 * - `anybody`: signed in or not
 * - `account`: somebody signed in (rights in a course are the service's to check)
 * - `participant`: somebody who may be in the room that the input names
 */
type Callers = 'anybody' | 'account' | 'participant';

/** Adding a procedure means adding a line, and thinking about it. */
const WHO_MAY_CALL: Record<string, Callers> = {
  'bell.markRead': 'account',
  'bell.read': 'account',
  'bell.unread': 'account',
  'classroom.open': 'anybody',
  'courses.changeBasics': 'account',
  'courses.changeEnrolment': 'account',
  'courses.changeRole': 'account',
  'courses.create': 'account',
  'courses.enrol': 'account',
  'courses.get': 'account',
  'courses.people': 'account',
  'courses.setCover': 'account',
  'courses.settings': 'account',
  'courses.unenrol': 'account',
  'documents.addCaptions': 'account',
  'documents.captions': 'account',
  'documents.removeCaptions': 'account',
  'documents.find': 'participant',
  'documents.original': 'participant',
  'documents.pages': 'participant',
  'documents.playable': 'account',
  'documents.playback': 'participant',
  'documents.retry': 'account',
  'exports.ask': 'participant',
  'exports.read': 'participant',
  'home.meetNow': 'account',
  'home.moreCourses': 'account',
  'home.read': 'account',
  'identity.session': 'anybody',
  'identity.signOut': 'account',
  'identity.signUp': 'anybody',
  'invitations.closeLink': 'account',
  'invitations.decline': 'anybody',
  'invitations.link': 'account',
  'invitations.list': 'account',
  'invitations.openLink': 'account',
  'invitations.preview': 'account',
  'invitations.remind': 'account',
  'invitations.revoke': 'account',
  'invitations.send': 'account',
  'join.decide': 'account',
  'join.enter': 'account',
  'join.leave': 'account',
  'join.page': 'anybody',
  'join.requests': 'account',
  'lessons.attendance': 'account',
  'lessons.cancel': 'account',
  'lessons.dashboard': 'account',
  'lessons.edit': 'account',
  'lessons.end': 'account',
  'lessons.list': 'account',
  'lessons.previewSeries': 'account',
  'lessons.rename': 'account',
  'lessons.restore': 'account',
  'lessons.schedule': 'account',
  'lessons.scheduleSeries': 'account',
  'lessons.start': 'account',
  'library.createFolder': 'account',
  'library.download': 'account',
  'library.folders': 'account',
  'library.list': 'account',
  'library.move': 'account',
  'library.pages': 'account',
  'library.remove': 'account',
  'library.rename': 'account',
  'library.renameFolder': 'account',
  'library.restore': 'account',
  'library.share': 'account',
  'library.shared': 'anybody',
  'library.states': 'account',
  'library.unshare': 'account',
  'library.usage': 'account',
  'library.withdraw': 'account',
  'links.createPersonal': 'account',
  'links.door': 'anybody',
  'links.enter': 'anybody',
  'links.lesson': 'account',
  'links.personal': 'account',
  'links.revokePersonal': 'account',
  'links.rotateLesson': 'account',
  'mail.mailbox': 'anybody',
  'mail.mailboxMail': 'anybody',
  'mail.readOff': 'anybody',
  'mail.setOff': 'anybody',
  'materials.add': 'account',
  'materials.download': 'account',
  'materials.list': 'account',
  'materials.remove': 'account',
  'media.token': 'participant',
  'rooms.board': 'participant',
  'rooms.closedBoards': 'participant',
  'rooms.olderChat': 'participant',
  'rooms.send': 'participant',
  'rooms.state': 'participant',
  'rooms.steps': 'participant',
  'rooms.tellStep': 'participant',
  'syllabus.add': 'account',
  'syllabus.change': 'account',
  'syllabus.list': 'account',
  'syllabus.move': 'account',
  'syllabus.remove': 'account',
  'youtube.describe': 'participant',
  'youtube.offered': 'participant',
  'youtube.search': 'participant',
};

type Procedure = (input: unknown) => Promise<unknown>;

let database: TestDatabase;
let call: (path: string, input: unknown) => Promise<unknown>;

beforeAll(async () => {
  database = await createTestDatabase();
  const context: Context = {
    app: testApp(database),
    requestId: 'a-test-of-procedures',
    headers: new Headers(),
    viewer: { kind: 'anonymous' },
    responseHeaders: null,
  };
  const caller = createCallerFactory(appRouter)(context);
  call = (path, input) => {
    const [first = '', second = ''] = path.split('.');
    const procedures = caller as unknown as Record<string, Record<string, Procedure>>;
    const procedure = procedures[first]?.[second];
    if (!procedure) throw new Error(`There is no ${path}`);
    return procedure(input);
  };
});
afterAll(() => database.drop());

it('every procedure stands in the table, and nothing else does', () => {
  const { _def: definition } = appRouter;
  expect(Object.keys(definition.procedures).toSorted()).toEqual(Object.keys(WHO_MAY_CALL).toSorted());
});

describe('somebody unknown', () => {
  const callableBy = (who: Callers) => Object.keys(WHO_MAY_CALL).filter((path) => WHO_MAY_CALL[path] === who);

  it.each(callableBy('account'))('is asked to sign in by %s', async (path) => {
    expect(await refusalOf(call(path, {}))).toBe('NOT_SIGNED_IN');
  });

  it.each(callableBy('participant'))('does not learn from %s whether a room exists', async (path) => {
    const roomId = '00000000-0000-4000-8000-000000000000';
    expect(await refusalOf(call(path, { roomId }))).toBe('NOT_FOUND');
  });
});

async function refusalOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
    return 'none';
  } catch (error) {
    return error instanceof TRPCError ? error.message : String(error);
  }
}

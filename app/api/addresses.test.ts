import '@/server/env-fixture';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makePdf } from '@/e2e/fixtures/pdf';
import type { Context } from '@/server/context';
import { addMaterials } from '@/server/courses/materials';
import { createCourse, enrol } from '@/server/courses/service';
import { findDocument, listPages } from '@/server/documents/queries';
import { createUser, guestCookie, type Viewer } from '@/server/identity/service';
import { fileAddress } from '@/server/files/address';
import { type FilesPerson, type FilesStack, startFilesStack } from '@/server/files/files-fixture';
import { uploaderTo } from '@/server/files/uploader-fixture';
import { scheduleLesson, startLesson } from '@/server/lessons/service';
import { admit, appendCommands, findParticipant } from '@/server/rooms/service';
import { appRouter } from '@/server/router';
import { createCallerFactory } from '@/server/trpc';
import { GET as downloadByLink } from '../shared/[token]/file/route';
import { POST } from './uploadthing/route';

const WHO = ['anonymous', 'guest', 'student', 'stranger', 'teacherElsewhere', 'owner'] as const;
type Who = (typeof WHO)[number];

/**
 * Who is given an address of a file, or of its share link: of a document that is open in the class, and of one that is not. A procedure that
 * is not named here gives none to anybody.
 */
const GIVES: Record<string, { open: readonly Who[]; shut: readonly Who[] }> = {
  'documents.original': { open: ['guest', 'student', 'owner'], shut: ['owner'] },
  'documents.pages': { open: ['guest', 'student', 'owner'], shut: ['owner'] },
  // Whoever may have it made may have it.
  'exports.read': { open: ['guest', 'student', 'owner'], shut: [] },
  'library.download': { open: ['owner'], shut: ['owner'] },
  'library.list': { open: ['owner'], shut: ['owner'] },
  'library.pages': { open: ['owner'], shut: ['owner'] },
  'library.share': { open: ['owner'], shut: ['owner'] },
  'library.states': { open: ['owner'], shut: ['owner'] },
  // The open one belongs to the course too, whatever is open in the class.
  'materials.download': { open: ['student', 'owner'], shut: [] },
  'materials.list': { open: ['student', 'owner'], shut: ['student', 'owner'] },
};
/** What changes something is not asked for an address here, but for these. */
const ASKED_TOO = new Set(['library.share']);

type Place = { roomId: string; slug: string; courseId: string; lessonId: string };
type Target = { documentId: string; exportId: string };

/** What fits each procedure; the rest is asked with the room and the document. */
function inputFor(path: string, place: Place, { documentId, exportId }: Target): unknown {
  const { roomId, slug, courseId, lessonId } = place;
  const others: Record<string, unknown> = {
    'bookings.freeHours': { slug: 'unknown', lengthMinutes: 30, from: 0, to: 1 },
    'bookings.page': { slug: 'unknown' },
    'bookings.setup': { timeZone: 'UTC' },
    'calendar.lessons': { from: 0, to: 1 },
    'calls.list': { courseId },
    'calls.reach': { courseId },
    'classroom.open': { slug },
    'courses.get': { courseId },
    'courses.people': { courseId },
    'courses.settings': { courseId },
    'documents.find': { roomId, documentId, words: 'Page' },
    'exports.read': { roomId, exportId },
    'home.moreCourses': { after: 0 },
    'invitations.link': { courseId },
    'invitations.list': { courseId },
    'join.page': { entrance: { by: 'page', slug } },
    'join.requests': { courseId },
    'lessons.attendance': { lessonId },
    'lessons.list': { courseId },
    'lessons.previewSeries': {
      ...{ courseId, startsAt: '2027-03-02T10:00', timeZone: 'UTC', durationMinutes: 45 },
      rule: {
        every: { kind: 'weekly', interval: 1, weekdays: ['TU'] },
        end: { kind: 'count', count: 2 },
        except: [],
      },
    },
    'library.download': { documentId },
    'library.list': {},
    'library.pages': { documentId },
    'library.share': { documentId },
    'library.states': { documentIds: [documentId] },
    'library.shared': { token: 'd.unknown' },
    'links.door': { token: 'l.unknown' },
    'links.lesson': { lessonId },
    'links.personal': { lessonId },
    'mail.mailbox': {},
    'mail.mailboxMail': { messageId: 'unknown' },
    'mail.readOff': { token: 'unknown' },
    'materials.download': { courseId, documentId },
    'materials.list': { courseId },
    'rooms.board': { roomId, boardId: `page:${documentId}:1`, layer: 'shared' },
    'rooms.steps': { roomId, generation: 1 },
    'rooms.olderChat': { roomId, before: 1000 },
    'syllabus.list': { courseId },
    'youtube.describe': { roomId, videoId: 'dQw4w9WgXcQ' },
    'youtube.search': { roomId, words: 'moon' },
  };
  return others[path] ?? { roomId, documentId };
}

let stack: FilesStack;
let place: Place;
let open: Target;
let shut: Target;
let contexts: Record<Who, Context>;
/** Every key under which bytes of the two documents lie. */
let keys: string[];

beforeAll(async () => {
  stack = await startFilesStack(POST);
  const { app } = stack;
  const [owner, student, stranger, elsewhere] = await Promise.all([
    stack.person(),
    stack.person(),
    stack.person(),
    stack.person(),
  ]);
  const uploader = uploaderTo(stack, () => owner);
  const pdf = makePdf([{}, {}]);
  const first = await uploader.uploaded({ name: 'Open.pdf', bytes: pdf });
  const second = await uploader.uploaded({ name: 'Shut.pdf', bytes: pdf });
  await createCourse(app, elsewhere.user.id, { title: 'Elsewhere', description: '' });
  place = await runningClass(owner);
  await enrol(app, owner.user.id, { courseId: place.courseId, email: student.user.email, role: 'student' });
  await addMaterials(app, owner.user.id, { courseId: place.courseId, documentIds: [first.id] });
  const teacher = await findParticipant(app, place.roomId, viewerOf(owner), null);
  const command = { id: app.newId(), type: 'document.open', payload: { documentId: first.id } };
  const [opened] = await appendCommands(app, { roomId: place.roomId, actor: teacher, commands: [command] });
  if (!opened?.ok) throw new Error('The document was not opened');
  const guest = await admit(app, {
    roomId: place.roomId,
    lessonId: place.lessonId,
    name: 'Gus',
    role: 'guest',
  });
  const cookie = guestCookie(app, place.roomId, guest.id, Date.now()).split(';')[0] ?? '';
  contexts = {
    anonymous: context({ kind: 'anonymous' }),
    guest: context({ kind: 'anonymous' }, cookie),
    student: context(viewerOf(student)),
    stranger: context(viewerOf(stranger)),
    teacherElsewhere: context(viewerOf(elsewhere)),
    owner: context(viewerOf(owner)),
  };
  const asOwner = createCallerFactory(appRouter)(contexts.owner);
  const { roomId } = place;
  const { exportId } = await asOwner.exports.ask({ roomId, documentId: first.id, layers: 'all' });
  await vi.waitFor(async () => {
    if ((await asOwner.exports.read({ roomId, exportId })).status !== 'ready')
      throw new Error('Not ready yet');
  }, 40_000);
  open = { documentId: first.id, exportId };
  shut = { documentId: second.id, exportId: app.newId() };
  keys = [...(await keysOf(first.id)), ...(await keysOf(second.id)), await exportKey(exportId)];
}, 90_000);
afterAll(() => stack.stop());

const viewerOf = ({ user }: FilesPerson): Viewer => ({ kind: 'account', user, sessionId: stack.app.newId() });
const context = (viewer: Viewer, cookie = ''): Context => ({
  app: stack.app,
  requestId: 'a-test-of-addresses',
  headers: new Headers({ cookie }),
  viewer,
  responseHeaders: null,
});

async function runningClass({ user }: FilesPerson): Promise<Place> {
  const { app } = stack;
  const { id: courseId, roomSlug: slug } = await createCourse(app, user.id, {
    title: 'Optics',
    description: '',
  });
  const startsAt = new Date(Date.now() + 600_000).toISOString().slice(0, 16);
  const wish = { courseId, title: 'Light', startsAt, timeZone: 'UTC', durationMinutes: 60 };
  const { lessonId } = await scheduleLesson(app, user.id, wish);
  await startLesson(app, lessonId);
  const [room] = await app.sql<{ id: string }[]>`select id from rooms where course_id = ${courseId}`;
  return { courseId, slug, lessonId, roomId: String(room?.id) };
}

async function keysOf(documentId: string): Promise<string[]> {
  const { db } = stack.app;
  const pages = await vi.waitFor(async () => {
    const drawn = await listPages(db, documentId);
    expect(drawn.every(({ imageKey, thumbnailKey }) => imageKey && thumbnailKey)).toBe(true);
    return drawn;
  }, 20_000);
  const document = await findDocument(db, documentId);
  return [
    document?.storageKey,
    ...pages.flatMap(({ imageKey, thumbnailKey }) => [imageKey, thumbnailKey]),
  ].map(String);
}

async function exportKey(exportId: string): Promise<string> {
  const [row] = await stack.app.sql<{ key: string }[]>`
    select storage_key as key from document_exports where id = ${exportId}`;
  return String(row?.key);
}

type Procedure = (input: unknown) => Promise<unknown>;

/** Every address of a file or of a share link in what somebody is answered; a refusal has none. */
async function addressesFor(who: Who, path: string, target: Target): Promise<string[]> {
  const [first = '', second = ''] = path.split('.');
  const caller = createCallerFactory(appRouter)(contexts[who]) as unknown as Record<
    string,
    Record<string, Procedure>
  >;
  try {
    const answer = JSON.stringify(await caller[first]?.[second]?.(inputFor(path, place, target)));
    const { LECTERN_FILES_URL: files, LECTERN_URL: app } = stack.app.env;
    return [...(answer ?? '').matchAll(/"(https?:[^"]+)"/g)]
      .map(([, url]) => String(url))
      .filter((url) => url.startsWith(`${files}/`) || url.startsWith(`${app}/shared/`));
  } catch (error) {
    // An input that does not fit would let the question through unasked.
    if (error instanceof TRPCError && error.code !== 'BAD_REQUEST') return [];
    throw error;
  }
}

type Typed = { _def: { type: string } };
// tRPC's own name for what a router holds.
// oxlint-disable-next-line eslint/no-underscore-dangle
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Typed>)
  .filter(([path, { _def }]) => _def.type === 'query' || ASKED_TOO.has(path))
  .map(([path]) => path);

describe('who is given an address', () => {
  it.each(procedures)('by %s', async (path) => {
    for (const [state, target] of [
      ['open', open],
      ['shut', shut],
    ] as const) {
      const given: Who[] = [];
      for (const who of WHO) if ((await addressesFor(who, path, target)).length > 0) given.push(who);
      expect({ state, given }).toEqual({ state, given: [...(GIVES[path]?.[state] ?? [])] });
    }
  });

  it('is answered with the bytes, and each address opens one file alone', async () => {
    for (const path of Object.keys(GIVES)) {
      for (const url of await addressesFor('owner', path, open)) {
        if (url.includes('/shared/')) continue;
        const answer = await fetch(url);
        expect([path, answer.status]).toEqual([path, 200]);
        expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0);
      }
    }
  });

  it('a share link leads to the file, and to nothing without its last letters', async () => {
    const [url = ''] = await addressesFor('owner', 'library.share', open);
    const follow = async (token: string) => {
      const request = new Request(`${stack.app.env.LECTERN_URL}/shared/${token}/file`);
      const answer = await downloadByLink(request, { params: Promise.resolve({ token }) });
      return answer.headers.get('location') ?? '';
    };
    const token = url.slice(url.lastIndexOf('/') + 1);
    expect((await fetch(await follow(token))).status).toBe(200);
    const short = token.slice(0, -4);
    expect(await follow(short)).toBe(`/shared/${short}`);
  });
});

describe('a film', () => {
  let films: Record<'plays' | 'waits', string>;
  beforeAll(async () => {
    const { app } = stack;
    const { viewer } = contexts.owner;
    if (viewer.kind !== 'account') throw new Error('The owner has no account');
    films = { plays: app.newId(), waits: app.newId() };
    for (const [name, id] of Object.entries(films)) {
      await app.sql`
        insert into documents (id, owner_id, name, kind, mime_type, bytes, storage_key, status)
        values (${id}, ${viewer.user.id}, ${name}, 'media', 'video/mp4', 1000, ${id}, 'ready')`;
    }
    const source = { kind: 'file' as const, documentId: films.plays };
    const item = { id: app.newId(), source, title: 'Film' };
    const [loaded] = await appendCommands(app, {
      roomId: place.roomId,
      actor: await findParticipant(app, place.roomId, viewer, null),
      commands: [{ id: app.newId(), type: 'media.load', payload: { item, positionMs: 0, paused: true } }],
    });
    if (!loaded?.ok) throw new Error('The film does not play');
  });

  it('is given to who is in the class where it plays; before and after, to its owner', async () => {
    for (const path of ['documents.playback', 'documents.original']) {
      const given = async (documentId: string) => {
        const target = { documentId, exportId: open.exportId };
        const to: Who[] = [];
        for (const who of WHO) if ((await addressesFor(who, path, target)).length > 0) to.push(who);
        return to;
      };
      expect([path, await given(films.plays), await given(films.waits)]).toEqual([
        path,
        ['guest', 'student', 'owner'],
        ['owner'],
      ]);
    }
  });

  it('is listed for its owner to play, and for nobody else', async () => {
    const listed = (who: Who) =>
      createCallerFactory(appRouter)(contexts[who])
        .documents.playable()
        .then(
          ({ files }) => files.map(({ name }) => name).sort(),
          (error: unknown) => (error instanceof TRPCError ? error.code : error),
        );
    expect(Object.fromEntries(await Promise.all(WHO.map(async (who) => [who, await listed(who)])))).toEqual({
      anonymous: 'UNAUTHORIZED',
      guest: 'UNAUTHORIZED',
      student: [],
      stranger: [],
      teacherElsewhere: [],
      owner: ['plays', 'waits'],
    });
  });
});

describe('bytes without an address of ours', () => {
  it('are given to nobody, whoever knows where they lie', async () => {
    const { env } = stack.app;
    expect(keys.length).toBe(11);
    expect(new Set(keys).size).toBe(11);
    const soon = Date.now() + 60_000;
    const grantOf = (key: string) => ({ key, mimeType: 'application/pdf', downloadName: null });
    const other = await createUser(stack.app, {
      email: 'x@example.test',
      name: 'X',
      password: 'correct horse battery',
    });
    for (const [index, key] of keys.entries()) {
      const right = fileAddress(env, grantOf(key), soon);
      const neighbour = fileAddress(env, grantOf(keys[(index + 1) % keys.length] ?? ''), soon);
      const tries = {
        bare: `${env.LECTERN_FILES_URL}/f/${key}`,
        'another file’s signature': right.replace(/s=.*/, neighbour.replace(/.*s=/, 's=')),
        'another key under this signature': right.replace(key, other.id),
        'another type': right.replace('application%2Fpdf', 'text%2Fhtml'),
        'a name that was not signed': `${right}&n=a.html`,
        'a later end': right.replace(/e=(\d+)/, (_all, at) => `e=${Number(at) + 3600}`),
        over: fileAddress(env, grantOf(key), Date.now() - 1000),
        'another secret': fileAddress(
          { ...env, LECTERN_SECRET: 'another secret of thirty-two signs' },
          grantOf(key),
          soon,
        ),
      };
      for (const [what, url] of Object.entries(tries)) {
        const answer = await fetch(url);
        expect([what, answer.status, await answer.json()]).toEqual([what, 403, { error: 'LINK_INVALID' }]);
      }
      expect((await fetch(right, { method: 'HEAD' })).status).toBe(200);
    }
  });
});

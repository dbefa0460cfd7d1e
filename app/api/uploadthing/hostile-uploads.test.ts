import '@/server/env-fixture';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makePdf } from '@/e2e/fixtures/pdf';
import { createCourse } from '@/server/courses/service';
import { createFolder } from '@/server/documents/folders';
import { deleteItems, listingInput, listLibrary, restoreItems } from '@/server/documents/library';
import { downloadShared, readShared, shareDocument, unshareDocument } from '@/server/documents/links';
import { findUpload } from '@/server/documents/queries';
import { readUsage } from '@/server/documents/quota';
import { readOriginal, readPages } from '@/server/documents/service';
import { type FilesPerson, type FilesStack, startFilesStack } from '@/server/files/files-fixture';
import { idOf, uploaderTo } from '@/server/files/uploader-fixture';
import { appendCommands, findParticipant, readState } from '@/server/rooms/service';
import { POST } from './route';

// Other tests run beside these.
vi.setConfig({ testTimeout: 90_000 });

/** A library of 100 kB: what a test fills in a moment. */
const QUOTA = 100_000;
let stack: FilesStack;
let person: FilesPerson;
let uploader: ReturnType<typeof uploaderTo>;
beforeAll(async () => {
  stack = await startFilesStack(POST, { LECTERN_LIBRARY_QUOTA_GB: QUOTA / 1e9 });
  uploader = uploaderTo(stack, () => person);
});
afterAll(() => stack.stop());

const pdf = makePdf([{ colour: [1, 0, 0] }, {}, { width: 300, height: 200 }]);
const libraryOf = async ({ user }: FilesPerson, folderId: string | null = null) =>
  (await listLibrary(stack.app, user.id, listingInput.parse({ folderId, sort: 'name' }), Date.now()))
    .documents;
const only = (id: string) => ({ documentIds: [id], folderIds: [] });

describe('names', () => {
  test.each([
    ['../../../etc/passwd.pdf', 'passwd.pdf'],
    [`${'long '.repeat(60)}end.pdf`, /^(long )+\w*\.pdf$/],
    ['slides\u202efdp.exe', 'slidesfdp.exe'],
  ])('%j is a label and nothing else', async (name, kept) => {
    person = await stack.person();
    const { id, name: stored } = await uploader.uploaded({ name, bytes: pdf });
    expect(stored).toEqual(typeof kept === 'string' ? kept : expect.stringMatching(kept));
    expect(stored.length).toBeLessThanOrEqual(255);
    const { url } = await readOriginal(stack.app, id, Date.now(), true);
    const answer = await fetch(url);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[^"/\\]+"/);
  });

  test('two files of one name lie beside each other, in their own folder each under its own', async () => {
    person = await stack.person();
    const { id: folderId } = await createFolder(stack.app, person.user.id, {
      name: 'Physics',
      parentId: null,
    });
    const file = { name: 'Slides.pdf', bytes: pdf };
    await Promise.all([
      uploader.uploaded(file),
      uploader.uploaded(file),
      uploader.uploaded({ ...file, folderId }),
    ]);
    expect((await libraryOf(person)).map(({ name }) => name)).toEqual(['Slides (2).pdf', 'Slides.pdf']);
    expect((await libraryOf(person, folderId)).map(({ name }) => name)).toEqual(['Slides.pdf']);
  });
});

describe('one file in two tabs at the same time', () => {
  test('is one document, whole, and both tabs hear of it', async () => {
    person = await stack.person();
    const file = { name: 'Twice.pdf', bytes: pdf, salt: 'twice' };
    const [one, two] = await Promise.all([uploader.announce(file), uploader.announce(file)]);
    expect(idOf(one.url)).toBe(idOf(two.url));
    const answers = await Promise.all([uploader.put(one.url, pdf), uploader.put(two.url, pdf)]);
    // Whoever came second waits, or hears that it is done.
    expect(answers.map(({ status }) => status)).toContain(200);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect((await uploader.put(two.url, pdf)).body.serverData?.documentId).toBe(idOf(one.url));
    const { bytes } = await uploader.settled(idOf(one.url));
    expect(bytes).toBe(pdf.length);
    expect(await libraryOf(person)).toHaveLength(1);
    expect(await stack.adapters.storage.size(idOf(one.url))).toBe(pdf.length);
  });
});

describe('lengths', () => {
  test('a file whose size is not announced is refused before an address is made', async () => {
    person = await stack.person();
    for (const size of [undefined, null, 'many', -1, 1.5, Number.NaN]) {
      const response = await fetch(
        `${stack.app.env.LECTERN_URL}/api/uploadthing?actionType=upload&slug=document`,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            cookie: person.cookie,
            origin: stack.app.env.LECTERN_URL,
            'x-uploadthing-version': '7.7.4',
            traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
          },
          body: JSON.stringify({
            files: [{ name: 'a.pdf', size, type: 'application/pdf', lastModified: 1 }],
            input: { fingerprint: 'a'.repeat(64), roomId: null, folderId: null, replaces: null },
          }),
        },
      );
      expect([response.status, Array.isArray(await response.json())]).toEqual([400, false]);
    }
    expect((await readUsage(stack.app, person.user.id)).used).toBe(0);
  });

  test('a body without a length is taken as far as was announced, and not a byte further', async () => {
    person = await stack.person();
    const right = await uploader.announce({ name: 'a.pdf', bytes: pdf });
    expect(await putChunked(right.url, pdf)).toBe(200);
    const longer = await uploader.announce({ name: 'b.pdf', bytes: pdf, size: pdf.length - 10 });
    expect(await putChunked(longer.url, pdf)).toBe(413);
    expect(await stack.adapters.storage.size(idOf(longer.url))).toBeNull();
  });
});

describe('an upload address', () => {
  test('in another person’s hands brings them nothing', async () => {
    person = await stack.person();
    const thief = await stack.person();
    const file = { name: 'Mine.pdf', bytes: pdf, salt: 'mine' };
    const { url } = await uploader.announce(file);
    await uploader.put(url, pdf.subarray(0, 300));
    // The same file announced by them is an upload of their own, from nothing.
    const theirs = await uploader.announce(file, thief);
    expect(idOf(theirs.url)).not.toBe(idOf(url));
    expect(await uploader.offsetOf(theirs.url)).toEqual({ status: 200, offset: 0 });
    // Their signature does not fit this upload's id, nor this one's theirs.
    for (const [from, to] of [
      [url, theirs.url],
      [theirs.url, url],
    ] as const) {
      const mixed = from.replace(idOf(from), idOf(to));
      expect((await uploader.put(mixed, pdf)).status).toBe(403);
      expect((await uploader.offsetOf(mixed)).status).toBe(403);
    }
    // By the very address, with what they were given for theirs, with their session, or as nobody: nothing is taken, nothing is told.
    const others: Record<string, string>[] = [uploader.asSender(theirs.url), { cookie: thief.cookie }, {}];
    for (const as of others) {
      expect(await uploader.put(url, pdf.subarray(300), 300, as)).toEqual({
        status: 403,
        body: { error: 'LINK_INVALID' },
      });
      expect(await uploader.offsetOf(url, as)).toEqual({ status: 403, offset: 0 });
    }
    expect(await uploader.offsetOf(url)).toEqual({ status: 200, offset: 300 });
    const { status } = await uploader.put(url, pdf.subarray(300), 300);
    expect(status).toBe(200);
    await uploader.settled(idOf(url));
    expect(await libraryOf(thief)).toEqual([]);
    expect(await libraryOf(person)).toHaveLength(1);
    expect((await fetch(url)).status).toBe(405);
  });

  test.each([
    ['another size', (url: string) => url.replace(/x-ut-file-size=\d+/, 'x-ut-file-size=99999')],
    ['another name', (url: string) => url.replace('Mine.pdf', 'Yours.pdf')],
    [
      'another end',
      (url: string) => url.replace(/expires=(\d+)/, (_all, at) => `expires=${Number(at) + 1e7}`),
    ],
    ['no signature', (url: string) => url.replace(/&signature=.*/, '')],
    ['a second signature', (url: string) => `${url}&signature=${'0'.repeat(64)}`],
    ['something behind it', (url: string) => `${url}0`],
  ])('with %s is refused, and what was sent stays', async (_what, tamper) => {
    person = await stack.person();
    const { url } = await uploader.announce({ name: 'Mine.pdf', bytes: pdf });
    await uploader.put(url, pdf.subarray(0, 200));
    const changed = tamper(url);
    expect(changed).not.toBe(url);
    expect((await uploader.put(changed, pdf.subarray(200), 200)).status).toBe(403);
    expect(await uploader.offsetOf(url)).toEqual({ status: 200, offset: 200 });
  });
});

describe('a full library', () => {
  const large = Buffer.concat([pdf, Buffer.alloc(40_000, ' '), Buffer.from('\n%%EOF\n')]);

  test('takes no more, and says so before anything is sent', async () => {
    person = await stack.person();
    await uploader.uploaded({ name: 'One.pdf', bytes: large });
    await uploader.uploaded({ name: 'Two.pdf', bytes: large });
    const { status, body } = await uploader.announce({ name: 'Three.pdf', bytes: large });
    expect({ status, body }).toEqual({ status: 413, body: { message: 'QUOTA_REACHED' } });
  });

  test('reached in the middle of an upload: it stops with its reason, keeps what came, and goes on when there is room', async () => {
    person = await stack.person();
    const { id: old } = await uploader.uploaded({ name: 'Old.pdf', bytes: large });
    await deleteItems(stack.app, person.user.id, only(old));
    const { id: other } = await uploader.uploaded({ name: 'Other.pdf', bytes: large });
    const { url } = await uploader.announce({ name: 'New.pdf', bytes: large });
    expect((await uploader.put(url, large.subarray(0, 20_000))).body).toEqual({ error: 'INCOMPLETE' });
    // What was deleted comes back: now there is more than may be.
    await restoreItems(stack.app, person.user.id, only(old));
    const refused = await uploader.put(url, large.subarray(20_000), 20_000);
    expect(refused).toEqual({ status: 413, body: { error: 'QUOTA_REACHED' } });
    expect(await uploader.offsetOf(url)).toEqual({ status: 200, offset: 20_000 });
    expect((await libraryOf(person)).map(({ name }) => name)).toEqual(['Old.pdf', 'Other.pdf']);
    await deleteItems(stack.app, person.user.id, only(other));
    const { status } = await uploader.put(url, large.subarray(20_000), 20_000);
    expect(status).toBe(200);
    expect((await uploader.settled(idOf(url))).bytes).toBe(large.length);
  });
});

describe('a file that changed between pause and going on', () => {
  test('is another file, from its beginning: no document is made of two halves', async () => {
    person = await stack.person();
    const before = await uploader.announce({ name: 'Notes.pdf', bytes: pdf, salt: 'notes of monday' });
    await uploader.put(before.url, pdf.subarray(0, 500));
    const after = await uploader.announce({ name: 'Notes.pdf', bytes: pdf, salt: 'notes of tuesday' });
    expect(await uploader.offsetOf(after.url)).toEqual({ status: 200, offset: 0 });
    expect((await uploader.put(after.url, pdf)).status).toBe(200);
    expect(await findUpload(stack.app.db, idOf(before.url))).not.toBeNull();
  });
});

describe('a file in the place of another one', () => {
  test('is the same document with the next version; the room where it is open learns its pages', async () => {
    person = await stack.person();
    const { id } = await uploader.uploaded({ name: 'Slides.pdf', bytes: pdf });
    const { roomId, teacher } = await roomWith(person, id);
    await appendCommands(stack.app, {
      roomId,
      actor: teacher,
      commands: [{ id: stack.app.newId(), type: 'page.turn', payload: { documentId: id, page: 3 } }],
    });
    const before = (await readPages(stack.app, id, Date.now())).pages.map(({ picture }) => picture);

    const shorter = makePdf([{ width: 500, height: 400 }, {}]);
    const { body } = await uploader.upload({ name: 'Newer.pdf', bytes: shorter, replaces: id });
    expect(body.serverData?.documentId).toBe(id);
    await vi.waitFor(async () => {
      const { documents } = await readState(stack.app, roomId);
      expect(documents).toMatchObject([{ id, title: 'Slides.pdf', pageCount: 2, page: 2, version: 2 }]);
    }, 20_000);
    expect(await libraryOf(person)).toMatchObject([{ id, name: 'Slides.pdf', version: 2, pageCount: 2 }]);
    const { pages } = await readPages(stack.app, id, Date.now());
    expect(pages).toMatchObject([{ width: 500, height: 400 }, {}]);
    expect(before).not.toContain(pages[0]?.picture);
  });

  test('nobody replaces what is somebody else’s', async () => {
    person = await stack.person();
    const { id } = await uploader.uploaded({ name: 'Mine.pdf', bytes: pdf });
    const other = await stack.person();
    const { body } = await uploader.announce({ name: 'a.pdf', bytes: pdf, replaces: id }, other);
    expect(body).toEqual({ message: 'NOT_FOUND' });
  });
});

describe('a share link', () => {
  test('gives the file until it is taken back, and one answer for all that do not', async () => {
    person = await stack.person();
    const { app } = stack;
    const { id } = await uploader.uploaded({ name: 'Given.pdf', bytes: pdf });
    const tokenOf = ({ url }: { url: string }) => url.slice(url.lastIndexOf('/') + 1);
    const token = tokenOf(await shareDocument(app, id));
    expect(tokenOf(await shareDocument(app, id))).toBe(token);
    expect(await readShared(app, token, new Headers(), Date.now())).toMatchObject({
      name: 'Given.pdf',
      bytes: pdf.length,
    });
    const address = await downloadShared(app, token, new Headers(), Date.now());
    const answer = await fetch(address);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pdf);
    // The address is for this download, not to be kept.
    expect(Number(new URL(address).searchParams.get('e')) * 1000).toBeLessThan(Date.now() + 3 * 60_000);

    const invalid = (given: string) =>
      expect(readShared(app, given, new Headers(), Date.now())).rejects.toThrow('LINK_INVALID');
    await unshareDocument(app, id);
    await invalid(token);
    const again = tokenOf(await shareDocument(app, id));
    expect(again).not.toBe(token);
    await invalid(token);
    await readShared(app, again, new Headers(), Date.now());
    for (const given of ['', 'd..', again.replace(/^d/, 'l'), `${again.slice(0, -4)}AAAA`])
      await invalid(given);
    await deleteItems(app, person.user.id, only(id));
    await invalid(again);
    await restoreItems(app, person.user.id, only(id));
    await readShared(app, again, new Headers(), Date.now());
  });

  test('is not guessed by trying: an address that asks too often waits', async () => {
    const headers = new Headers({ 'x-forwarded-for': '203.0.113.7' });
    const asked = Array.from({ length: 400 }, () => readShared(stack.app, 'd.guess', headers, Date.now()));
    const answers = await Promise.allSettled(asked);
    const reasons = answers.map((answer) => (answer.status === 'rejected' ? String(answer.reason) : 'given'));
    expect(reasons.some((reason) => reason.includes('TOO_MANY_REQUESTS'))).toBe(true);
    expect(reasons).not.toContain('given');
    await expect(readShared(stack.app, 'd.guess', new Headers(), Date.now())).rejects.toThrow('LINK_INVALID');
  });
});

/** A body that does not say how long it is. */
function putChunked(url: string, bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, {
      method: 'PUT',
      headers: {
        'content-type': 'multipart/form-data; boundary=x',
        'transfer-encoding': 'chunked',
        ...uploader.asSender(url),
      },
    });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    // The server may end the connection once it has said no.
    request.on('error', reject);
    request.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n');
    request.write(bytes);
    request.end('\r\n--x--\r\n');
  });
}

/** A room of this person's, with a document open in it. */
async function roomWith({ user }: FilesPerson, documentId: string) {
  const { app } = stack;
  const course = await createCourse(app, user.id, { title: 'Optics', description: '' });
  const [room] = await app.sql<{ id: string }[]>`select id from rooms where course_id = ${course.id}`;
  const roomId = String(room?.id);
  const viewer = { kind: 'account' as const, user, sessionId: app.newId() };
  const teacher = await findParticipant(app, roomId, viewer, null);
  const [opened] = await appendCommands(app, {
    roomId,
    actor: teacher,
    commands: [{ id: app.newId(), type: 'document.open', payload: { documentId } }],
  });
  expect(opened).toMatchObject({ ok: true });
  return { roomId, teacher };
}

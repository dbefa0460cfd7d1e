import '@/server/env-fixture';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cutPdf, htmlAsPdf, lockedPdf, makePdf } from '@/e2e/fixtures/pdf';
import { createCourse, enrol } from '@/server/courses/service';
import {
  documentForRoom,
  listPages,
  readOriginal,
  readPages,
  renameDocument,
  retryDocument,
} from '@/server/documents/service';
import { deleteItems, listingInput, listLibrary, restoreItems } from '@/server/documents/library';
import { purgeFiles } from '@/server/jobs/files-purge';
import { findDocument, findUpload } from '@/server/documents/queries';
import { fileAddress } from '@/server/files/address';
import { POST } from './route';
import { type FilesPerson, type FilesStack, startFilesStack } from '@/server/files/files-fixture';
import { idOf, uploaderTo } from '@/server/files/uploader-fixture';

// Other tests run beside these, and some files go through LibreOffice.
vi.setConfig({ testTimeout: 90_000 });

let stack: FilesStack;
let person: FilesPerson;
beforeAll(async () => {
  stack = await startFilesStack(POST);
  person = await stack.person();
  ({ announce, asSender, put, offsetOf, upload, uploaded, settled } = uploaderTo(stack, () => person));
});
afterAll(() => stack.stop());

type Uploader = ReturnType<typeof uploaderTo>;
let announce: Uploader['announce'];
let asSender: Uploader['asSender'];
let put: Uploader['put'];
let offsetOf: Uploader['offsetOf'];
let upload: Uploader['upload'];
let uploaded: Uploader['uploaded'];
let settled: Uploader['settled'];

const libraryOf = ({ user }: FilesPerson) =>
  listLibrary(stack.app, user.id, listingInput.parse({}), Date.now());
const only = (id: string) => ({ documentIds: [id], folderIds: [] });

async function expectNothingKept(id: string) {
  expect(await stack.adapters.storage.size(id)).toBeNull();
  expect(await findUpload(stack.app.db, id)).toBeNull();
  expect(await findDocument(stack.app.db, id)).toBeNull();
}

const pdf = makePdf([{ colour: [1, 0, 0] }, {}, { width: 300, height: 200 }]);

describe('a good file', () => {
  test('becomes a document of its owner with the size of each page and the first picture', async () => {
    const { id } = await uploaded({ name: 'Maths.pdf', bytes: pdf });
    const { documents } = await vi.waitFor(async () => {
      const listed = await libraryOf(person);
      expect(listed.documents[0]?.thumbnail).toBeTruthy();
      return listed;
    }, 20_000);
    expect(documents).toMatchObject([{ id, name: 'Maths.pdf', status: 'ready', pageCount: 3 }]);
    const picture = await fetch(documents[0]?.thumbnail ?? '');
    expect(picture.headers.get('content-type')).toBe('image/webp');
    expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(100);
  });

  test('gets the pictures of its other pages from the job', async () => {
    const { id } = await uploaded({ name: 'Pages.pdf', bytes: pdf });
    await vi.waitFor(async () => {
      const { pages } = await readPages(stack.app, id, Date.now());
      expect(pages.map((page) => page.picture !== null)).toEqual([true, true, true]);
      expect(pages[2]).toMatchObject({ width: 300, height: 200 });
    }, 15_000);
  });

  test('is given out in parts, by its signed address alone, and cannot run', async () => {
    const { id } = await uploaded({ name: 'Ranges.pdf', bytes: pdf });
    const { url } = await readOriginal(stack.app, id, Date.now());
    const part = await fetch(url, { headers: { range: 'bytes=0-4' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 0-4/${pdf.length}`);
    expect(part.headers.get('x-content-type-options')).toBe('nosniff');
    expect(part.headers.get('content-security-policy')).toContain('sandbox');
    expect(await part.text()).toBe('%PDF-');
    const tampered = new URL(url);
    tampered.searchParams.set('t', 'text/html');
    expect((await fetch(tampered)).status).toBe(403);
    expect((await fetch(url, { headers: { origin: 'https://elsewhere.example' } })).status).toBe(403);
    const grant = {
      key: id,
      mimeType: 'application/pdf',
      downloadName: null,
    };
    expect((await fetch(fileAddress(stack.app.env, grant, Date.now() - 1000))).status).toBe(403);
  });
});

describe('what could run in a browser is given out as something to keep', () => {
  const script = '<script>alert(document.domain)</script>';
  test.each([
    ['page.html', `<!doctype html><h1>Hello</h1>${script}`, 'text/html'],
    ['page.txt', `<html><body>${script}`, 'text/html'],
    [
      'photo.png',
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${script}</svg>`,
      'image/svg+xml',
    ],
  ])('%s', async (name, content, mimeType) => {
    const document = await uploaded({ name, bytes: Buffer.from(content) });
    expect(document).toMatchObject({ status: 'ready', mimeType, pageCount: 1 });
    for (const download of [true, false]) {
      const { url } = await readOriginal(stack.app, document.id, Date.now(), download);
      const response = await fetch(url);
      const served = response.headers.get('content-type');
      // What a page shows of it is the PDF that was made of it, or a picture; the file itself is a download.
      if (served === 'application/pdf') continue;
      expect(served).toBe('application/octet-stream');
      expect(response.headers.get('content-disposition')).toContain('attachment');
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('a file that cannot be shown', () => {
  test('stays with its reason, is not shown to anybody, and is tried again when its owner asks', async () => {
    const owner = await stack.person();
    const document = await uploaded({ name: 'locked.pdf', bytes: lockedPdf() }, owner);
    expect(document).toMatchObject({ status: 'failed', failure: 'FILE_LOCKED', pageCount: 0 });
    await expect(retryDocument(stack.app, document.id, person.user.id)).rejects.toThrow('NOT_FOUND');
    await stack.adapters.storage.put(document.storageKey, Readable.from([makePdf([{}])]));
    await retryDocument(stack.app, document.id, owner.user.id);
    await expect(retryDocument(stack.app, document.id, owner.user.id)).rejects.toThrow('NOT_FOUND');
    expect(await settled(document.id)).toMatchObject({ status: 'ready', failure: null, pageCount: 1 });
  });
});

describe('a file that is not good is refused with its reason, and nothing is kept', () => {
  const linearized = Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n<</Linearized 1/L 99999>>\nendobj\n'),
    pdf,
  ]);
  test.each([
    ['FILE_NOT_PDF', { name: 'page.pdf', bytes: htmlAsPdf() }],
    ['FILE_NOT_MEDIA', { name: 'film.mp4', bytes: Buffer.from('#EXTM3U\nfile:///etc/passwd\n') }],
    ['FILE_DAMAGED', { name: 'cut.pdf', bytes: cutPdf() }],
    ['FILE_DAMAGED', { name: 'cut-linearized.pdf', bytes: linearized }],
  ])('%s', async (code, file) => {
    const owner = await stack.person();
    const { status, body, id } = await upload(file, owner);
    expect({ status, error: body.error }).toEqual({ status: 422, error: code });
    await expectNothingKept(id);
    expect((await libraryOf(owner)).documents).toEqual([]);
  });

  test.each([
    ['FILE_EMPTY', 0],
    ['FILE_TOO_LARGE', 501 * 1024 * 1024],
    ['FILE_TOO_LARGE', 500 * 1024 * 1024 + 1],
  ])('%s of %i bytes, before it is sent', async (code, size) => {
    const { url, body } = await announce({ name: 'a.pdf', bytes: Buffer.alloc(0), size });
    expect({ url, body }).toEqual({ url: '', body: { message: code } });
  });

  test('exactly 500 MB may be announced', async () => {
    const { status } = await announce({ name: 'a.pdf', bytes: Buffer.alloc(0), size: 500 * 1024 * 1024 });
    expect(status).toBe(200);
  });
});

describe('who may upload', () => {
  test('nobody without an account, and no other site for somebody with one', async () => {
    const file = { name: 'a.pdf', bytes: pdf };
    expect((await announce(file, { ...person, cookie: '' })).body).toEqual({ message: 'NOT_SIGNED_IN' });
    expect((await announce(file, person, 'https://elsewhere.example')).body).toEqual({
      message: 'BAD_ORIGIN',
    });
  });

  test('no address is made for who could not be told from others by it', async () => {
    const file = { name: 'a.pdf', bytes: pdf };
    for (const traceparent of ['', 'mine', `00-${'A'.repeat(32)}-${'0'.repeat(16)}-01`])
      expect((await announce(file, person, undefined, traceparent)).status).toBe(400);
  });

  test('an address that was changed or has expired opens nothing', async () => {
    const { url } = await announce({ name: 'a.pdf', bytes: pdf });
    const larger = url.replace(`x-ut-file-size=${pdf.length}`, 'x-ut-file-size=999999');
    expect(larger).not.toBe(url);
    expect((await put(larger, pdf)).status).toBe(403);
    const other = await announce({ name: 'b.pdf', bytes: pdf });
    const swapped = new URL(url);
    swapped.searchParams.set('x-ut-custom-id', String(new URL(other.url).searchParams.get('x-ut-custom-id')));
    expect((await put(swapped.href, pdf)).status).toBe(403);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3600_000 });
    try {
      expect((await put(url, pdf)).status).toBe(403);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a callback that the ingest did not sign makes no document', async () => {
    const response = await fetch(`${stack.app.env.LECTERN_URL}/api/uploadthing?slug=document`, {
      method: 'POST',
      headers: { 'uploadthing-hook': 'callback', 'x-uploadthing-signature': `hmac-sha256=${'0'.repeat(64)}` },
      body: JSON.stringify({ status: 'uploaded', metadata: {}, origin: 'http://127.0.0.1', file: {} }),
    });
    expect(response.status).toBe(400);
  });
});

describe('lengths and interruptions', () => {
  test('more than was announced is refused and removed', async () => {
    const { url } = await announce({ name: 'a.pdf', bytes: pdf, size: pdf.length - 10 });
    expect((await put(url, pdf)).status).toBe(413);
    await expectNothingKept(idOf(url));
  });

  test('less than was announced waits for the rest, which may come after a reload', async () => {
    const file = { name: 'slow.pdf', bytes: pdf, salt: 'slow' };
    const first = await announce(file);
    expect((await put(first.url, pdf.subarray(0, 400))).body).toEqual({ error: 'INCOMPLETE' });
    const second = await announce(file);
    expect(second.url).not.toBe(first.url);
    expect(await offsetOf(second.url)).toEqual({ status: 200, offset: 400 });
    // Somebody else with the same file starts from nothing.
    expect(await offsetOf((await announce(file, await stack.person())).url)).toEqual({
      status: 200,
      offset: 0,
    });
    expect((await put(second.url, pdf.subarray(300), 300)).status).toBe(409);
    const done = await put(second.url, pdf.subarray(400), 400);
    expect(done.status).toBe(200);
    expect(await offsetOf(second.url)).toEqual({ status: 200, offset: pdf.length });
  });

  test('what came before a connection broke is kept', async () => {
    const { url } = await announce({ name: 'broken.pdf', bytes: pdf });
    const boundary = 'x';
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`;
    const request = httpRequest(url, {
      method: 'PUT',
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'content-length': pdf.length + 500,
        ...asSender(url),
      },
    });
    request.on('error', () => undefined);
    request.write(head);
    request.write(pdf.subarray(0, 500));
    const id = idOf(url);
    await vi.waitFor(async () => expect(await stack.adapters.storage.size(id)).toBeGreaterThan(0), 5_000);
    expect((await put(url, pdf)).body).toEqual({ error: 'BUSY' });
    request.destroy();
    const { offset } = await vi.waitFor(async () => {
      const now = await offsetOf(url);
      expect((await put(url, pdf.subarray(now.offset), now.offset)).status).toBe(200);
      return now;
    }, 5_000);
    expect(offset).toBeGreaterThan(0);
    expect(await findUpload(stack.app.db, id)).toBeNull();
  });
});

describe('what nobody can reach any more is removed', () => {
  const purge = () =>
    purgeFiles({ app: stack.app, adapters: stack.adapters, signal: new AbortController().signal }, {});

  test('a document a day after it was deleted, with its pictures; before, it can be brought back', async () => {
    const owner = await stack.person();
    const { id } = await uploaded({ name: 'Old.pdf', bytes: makePdf([{}]) }, owner);
    const [page] = await listPages(stack.app.db, id);
    await deleteItems(stack.app, owner.user.id, only(id));
    await purge();
    await restoreItems(stack.app, owner.user.id, only(id));
    expect((await libraryOf(owner)).documents).toHaveLength(1);

    await deleteItems(stack.app, owner.user.id, only(id));
    await stack.app.sql`update documents set deleted_at = now() - interval '25 hours' where id = ${id}`;
    await purge();
    await expectNothingKept(id);
    for (const key of [page?.imageKey, page?.thumbnailKey])
      expect(await stack.adapters.storage.size(String(key))).toBeNull();
    expect(await listPages(stack.app.db, id)).toEqual([]);
  });

  test('an upload that nobody went on with for a day', async () => {
    const { url } = await announce({ name: 'half.pdf', bytes: pdf });
    await put(url, pdf.subarray(0, 100));
    await purge();
    expect(await stack.adapters.storage.size(idOf(url))).toBe(100);
    await stack.app.sql`update uploads set created_at = now() - interval '25 hours' where id = ${idOf(url)}`;
    await purge();
    await expectNothingKept(idOf(url));
  });
});

describe('a document belongs to its owner', () => {
  test('nobody else renames or deletes it, and only who may show it in a room is told of it', async () => {
    const owner = await stack.person();
    const other = await stack.person();
    const { id } = await uploaded({ name: 'Mine.pdf', bytes: makePdf([{}]) }, owner);
    await expect(renameDocument(stack.app, id, other.user.id, 'Theirs')).rejects.toThrow('NOT_FOUND');
    await expect(deleteItems(stack.app, other.user.id, only(id))).rejects.toThrow('NOT_FOUND');

    const course = await createCourse(stack.app, owner.user.id, { title: 'Optics', description: '' });
    const roomId = await roomOf(course.id);
    const ask = (userId: string | null) => documentForRoom(stack.app, { documentId: id, roomId, userId });
    expect(await ask(owner.user.id)).toEqual({ title: 'Mine.pdf', pageCount: 1, version: 1 });
    expect(await ask(other.user.id)).toBeNull();
    expect(await ask(null)).toBeNull();
    await enrol(stack.app, owner.user.id, {
      courseId: course.id,
      email: other.user.email,
      role: 'presenter',
    });
    expect(await ask(other.user.id)).toBeNull();
    await enrol(stack.app, owner.user.id, { courseId: course.id, email: other.user.email, role: 'teacher' });
    expect(await ask(other.user.id)).toEqual({ title: 'Mine.pdf', pageCount: 1, version: 1 });
  });
});

async function roomOf(courseId: string): Promise<string> {
  const [room] = await stack.app.sql<{ id: string }[]>`select id from rooms where course_id = ${courseId}`;
  return String(room?.id);
}

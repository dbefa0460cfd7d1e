import '@/server/env-fixture';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makePdf } from '@/e2e/fixtures/pdf';
import { startUploadthing, type UploadthingServer } from '@/server/adapters/storage/uploadthing-fixture';
import { deleteItems } from '@/server/documents/library';
import { listPages, readOriginal, readPages } from '@/server/documents/service';
import { type FilesPerson, type FilesStack, startFilesStack } from '@/server/files/files-fixture';
import { idOf, uploaderTo } from '@/server/files/uploader-fixture';
import { purgeFiles } from '@/server/jobs/files-purge';
import { POST } from './route';

// Other tests run beside these.
vi.setConfig({ testTimeout: 90_000 });

/** An installation whose files lie at uploadthing: from the upload to the last page, by the same door as everywhere. */
let vendor: UploadthingServer;
let stack: FilesStack;
let person: FilesPerson;
let uploader: ReturnType<typeof uploaderTo>;
beforeAll(async () => {
  vendor = await startUploadthing();
  stack = await startFilesStack(POST, {
    UPLOADTHING_TOKEN: vendor.token,
    UPLOADTHING_API_URL: vendor.origin,
    UPLOADTHING_FILES_URL: vendor.origin,
  });
  person = await stack.person();
  uploader = uploaderTo(stack, () => person);
});
afterAll(async () => {
  await stack.stop();
  await vendor.stop();
});

const pdf = makePdf([{ colour: [1, 0, 0] }, {}]);
const isHeld = (bytes: Buffer) => [...vendor.files.values()].some((held) => held.equals(bytes));

test('a file goes there once it is whole and good, is given out by our addresses alone, and goes with its document', async () => {
  const { url } = await uploader.announce({ name: 'Maths.pdf', bytes: pdf });
  await uploader.put(url, pdf.subarray(0, 300));
  expect(vendor.asked).toEqual([]);
  expect((await uploader.put(url, pdf.subarray(300), 300)).status).toBe(200);
  const { id } = await uploader.settled(idOf(url));
  expect(isHeld(pdf)).toBe(true);

  const { pages } = await vi.waitFor(async () => {
    const read = await readPages(stack.app, id, Date.now());
    expect(read.pages.every(({ picture, thumbnail }) => picture && thumbnail)).toBe(true);
    return read;
  }, 60_000);
  const picture = await fetch(String(pages[1]?.picture));
  expect(picture.headers.get('content-type')).toBe('image/webp');
  const address = (await readOriginal(stack.app, id, Date.now())).url;
  expect(address.startsWith(stack.app.env.LECTERN_FILES_URL)).toBe(true);
  const part = await fetch(address, { headers: { range: 'bytes=0-4' } });
  expect([part.status, await part.text()]).toEqual([206, '%PDF-']);

  expect(await listPages(stack.app.db, id)).toHaveLength(2);
  expect(vendor.files.size).toBe(5);
  await deleteItems(stack.app, person.user.id, { documentIds: [id], folderIds: [] });
  await stack.app.sql`update documents set deleted_at = now() - interval '25 hours' where id = ${id}`;
  await purgeFiles({ ...stack, signal: new AbortController().signal }, {});
  expect(vendor.files.size).toBe(0);
});

test('a file that is refused never goes there', async () => {
  const before = vendor.asked.length;
  const { status } = await uploader.upload({ name: 'page.pdf', bytes: Buffer.from('<html>no</html>') });
  expect([status, vendor.asked.length]).toEqual([422, before]);
});

test('an upload whose end the vendor misses is kept, and ends when it is tried again', async () => {
  const other = makePdf([{ colour: [0, 1, 0] }]);
  const { url } = await uploader.announce({ name: 'Patience.pdf', bytes: other });
  vendor.breakDown('PUT /ingest');
  expect((await uploader.put(url, other)).status).toBe(500);
  expect(await uploader.offsetOf(url)).toEqual({ status: 200, offset: other.length });
  vendor.breakDown(null);
  expect((await uploader.put(url, Buffer.alloc(0), other.length)).status).toBe(200);
  expect(await uploader.settled(idOf(url))).toMatchObject({ status: 'ready', pageCount: 1 });
  expect(isHeld(other)).toBe(true);
});

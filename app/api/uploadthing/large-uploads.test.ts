import '@/server/env-fixture';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makePdf } from '@/e2e/fixtures/pdf';
import { listingInput, listLibrary } from '@/server/documents/library';
import { listPages, readOriginal } from '@/server/documents/service';
import { type FilesPerson, type FilesStack, startFilesStack } from '@/server/files/files-fixture';
import { idOf, uploaderTo } from '@/server/files/uploader-fixture';
import { POST } from './route';

// Other tests run beside these.
vi.setConfig({ testTimeout: 90_000 });

/** Uploads that are more than a moment's work, the whole way from the announcement on. */
let stack: FilesStack;
let person: FilesPerson;
let uploader: ReturnType<typeof uploaderTo>;
beforeAll(async () => {
  stack = await startFilesStack(POST);
  person = await stack.person();
  uploader = uploaderTo(stack, () => person);
});
afterAll(() => stack.stop());

const library = async () =>
  (await listLibrary(stack.app, person.user.id, listingInput.parse({}), Date.now())).documents;

test('a disk without room ends an upload with its reason and makes no document; the upload goes on when there is room', async () => {
  person = await stack.person();
  // The rest of it is on its way when the disk is full.
  const large = Buffer.concat([makePdf([{}]), Buffer.alloc(12_000_000, ' '), Buffer.from('\n%%EOF\n')]);
  const { storage } = stack.adapters;
  const { url } = await uploader.announce({ name: 'Large.pdf', bytes: large });
  stack.adapters.storage = {
    ...storage,
    append: (key, offset, source) => storage.append(key, offset, untilFull(source, 2_000_000)),
  };
  try {
    const refused = await uploader.put(url, large);
    expect(refused).toEqual({ status: 507, body: { error: 'STORAGE_FULL' } });
  } finally {
    stack.adapters.storage = storage;
  }
  expect(await library()).toEqual([]);
  const { offset } = await uploader.offsetOf(url);
  expect(offset).toBeGreaterThanOrEqual(2_000_000);
  expect((await uploader.put(url, large.subarray(offset), offset)).status).toBe(200);
  expect((await uploader.settled(idOf(url))).bytes).toBe(large.length);
  expect(await library()).toHaveLength(1);
});

test('a PDF of 10,000 pages says that it has too many, and is kept as it is', async () => {
  person = await stack.person();
  const pdf = makePdf(Array.from({ length: 10_000 }, () => ({})));
  const document = await uploader.uploaded({ name: 'Everything.pdf', bytes: pdf });
  expect(document).toMatchObject({ status: 'failed', failure: 'FILE_TOO_MANY_PAGES', pageCount: 0 });
  expect(await listPages(stack.app.db, document.id)).toEqual([]);
  expect(await library()).toMatchObject([{ name: 'Everything.pdf', failure: 'FILE_TOO_MANY_PAGES' }]);
  const { url } = await readOriginal(stack.app, document.id, Date.now(), true);
  expect((await fetch(url)).headers.get('content-length')).toBe(String(pdf.length));
});

/** The kernel's own answer to who writes on a disk without room, after so many bytes. */
async function* untilFull(source: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let taken = 0;
  for await (const chunk of source) {
    yield chunk;
    taken += chunk.byteLength;
    if (taken >= bytes) await writeFile('/dev/full', 'x');
  }
}

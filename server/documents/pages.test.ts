import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentPages, users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { testApp } from '../testing';
import { findWords, MAX_PAGES_AT_ONCE, readPages } from './pages';
import { insertDocument } from './queries';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

type Page = { text?: string | null; imageKey?: string; thumbnailKey?: string };

async function document(pages: readonly Page[], more: { mimeType?: string; pagesKey?: string } = {}) {
  const [ownerId, id] = [randomUUID(), randomUUID()];
  await database.db.insert(users).values({ id: ownerId, name: 'Mara', email: `${ownerId}@example.com` });
  await insertDocument(database.db, {
    id,
    ownerId,
    name: 'Optics.pdf',
    mimeType: 'application/pdf',
    bytes: 1000,
    storageKey: id,
    status: 'ready',
    pageCount: pages.length,
    ...more,
  });
  for (let start = 0; start < pages.length; start += 1000) {
    const rows = pages.slice(start, start + 1000).map((page, index) => ({
      documentId: id,
      page: start + index + 1,
      width: 595,
      height: 842,
      ...page,
    }));
    await database.db.insert(documentPages).values(rows);
  }
  return id;
}

const app = () => testApp(database);

test('a document of 10,000 pages is read in parts', async () => {
  const id = await document(Array.from({ length: 10_000 }, () => ({ imageKey: randomUUID() })));
  const first = await readPages(app(), id, Date.now());
  expect(first.pages).toHaveLength(MAX_PAGES_AT_ONCE);
  const last = await readPages(app(), id, Date.now(), { from: 9_951, count: 100 });
  expect([last.from, last.pages.length, last.pageCount]).toEqual([9_951, 50, 10_000]);
  expect(last.pages[0]?.picture).toMatch(/^http/);
  expect((await readPages(app(), id, Date.now(), { from: 20_000, count: 100 })).pages).toEqual([]);
});

test('a page has its picture and its thumbnail as soon as they are made', async () => {
  const id = await document([
    {},
    { imageKey: randomUUID() },
    { imageKey: randomUUID(), thumbnailKey: randomUUID() },
  ]);
  const { pages } = await readPages(app(), id, Date.now());
  expect(pages.map(({ picture, thumbnail }) => [Boolean(picture), Boolean(thumbnail)])).toEqual([
    [false, false],
    [true, false],
    [true, true],
  ]);
});

test('whether there is a PDF behind the pages is said, be it the file itself or what it became', async () => {
  const pdf = await document([{}]);
  const converted = await document([{}], { mimeType: 'application/msword', pagesKey: randomUUID() });
  const picture = await document([{}], { mimeType: 'image/png' });
  const hasPdf = async (id: string) => (await readPages(app(), id, Date.now())).hasPdf;
  expect(await Promise.all([pdf, converted, picture].map(hasPdf))).toEqual([true, true, false]);
});

test('words are found whatever their case, across the ends of lines, and as often as they stand there', async () => {
  const id = await document([
    { text: 'Waxing crescent\nand waxing gibbous' },
    { text: 'Nothing here' },
    { text: 'WAX-\nING? no. Wax\ning: yes. \uFB01rst light; 50% off_ [a-z]+ \\d' },
  ]);
  const find = async (words: string) => {
    const { pages, complete } = await findWords(app(), id, words);
    expect(complete).toBe(true);
    return pages.map(({ page, hits }) => [page, hits]);
  };
  expect(await find('waxing')).toEqual([
    [1, 2],
    [3, 1],
  ]);
  expect(await find('Crescent AND')).toEqual([[1, 1]]);
  expect(await find('first light')).toEqual([[3, 1]]);
  for (const literal of ['50%', 'off_', '[a-z]+', '\\d']) expect(await find(literal)).toEqual([[3, 1]]);
  expect(await find('   ')).toEqual([]);
  expect(await find("'; drop table documents; --")).toEqual([]);
});

test('as long as pages were not read, what is found is said to be incomplete', async () => {
  const id = await document([{ text: 'moon' }, {}]);
  expect(await findWords(app(), id, 'moon')).toEqual({ pages: [{ page: 1, hits: 1 }], complete: false });
  await database.db.update(documentPages).set({ text: '' });
  expect(await findWords(app(), id, 'moon')).toEqual({ pages: [], complete: true });
});

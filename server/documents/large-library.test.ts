import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { createUser } from '../identity/service';
import { testApp } from '../testing';
import { listingInput, listLibrary } from './library';
import { readUsage } from './quota';

let database: TestDatabase;
let app: App;
let owner: string;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  owner = (
    await createUser(app, { email: 'mara@example.test', name: 'Mara', password: 'correct horse battery' })
  ).id;
  await app.sql`insert into documents (id, owner_id, name, mime_type, bytes, storage_key, status, created_at)
    select gen_random_uuid(), ${owner}, 'File ' || n || '.pdf', 'application/pdf', n, gen_random_uuid(), 'ready', now() - n * interval '1 minute'
    from generate_series(1, 10000) n`;
  await app.sql`insert into document_pages (document_id, page, width, height, text)
    select id, 1, 100, 100, 'words that stand on many pages, and the number n' || bytes from documents`;
  await app.sql`analyze documents`;
  await app.sql`analyze document_pages`;
});
afterAll(() => database.drop());

const list = (more: object = {}) => listLibrary(app, owner, listingInput.parse(more), Date.now());

it('of 10,000 files is answered a page at a time, however it is ordered and wherever one is in it', async () => {
  const { documents, next } = await list({ sort: 'newest' });
  expect(documents).toHaveLength(100);
  expect(documents[0]?.name).toBe('File 1.pdf');
  expect(JSON.stringify(documents).length).toBeLessThan(100_000);
  let after = next;
  let pages = 1;
  for (; after; pages += 1) after = (await list({ sort: 'newest', after })).next;
  expect(pages).toBe(100);
  expect((await readUsage(app, owner)).used).toBe((10_000 * 10_001) / 2);
});

it('is searched by an index, not page by page', async () => {
  const found = await list({ search: 'n4711' });
  expect(found.documents).toMatchObject([{ name: 'File 4711.pdf', foundOn: 1 }]);
  const plan = await app.sql<{ 'QUERY PLAN': string }[]>`explain select document_id from document_pages
    where to_tsvector('simple', left(text, 100000)) @@ to_tsquery('simple', 'n4711:*')`;
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('document_pages_words');
});

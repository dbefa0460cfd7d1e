import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { createUser } from '../identity/service';
import { testApp } from '../testing';
import { announceUpload } from './announce';
import { createFolder, renameFolder } from './folders';
import { deleteItems, listLibrary, listingInput, moveItems, restoreItems } from './library';
import { insertDocument } from './queries';
import { setPages } from './queries/conversion';
import { purgeFolders } from './queries/folders';
import { readUsage } from './quota';

let database: TestDatabase;
let app: App;
let owner: string;
let people = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database, { LECTERN_LIBRARY_QUOTA_GB: 0.001 });
});
afterAll(() => database.drop());
beforeEach(async () => {
  owner = await person();
});

async function person(): Promise<string> {
  people += 1;
  const email = `person-${people}@example.test`;
  return (await createUser(app, { email, name: 'Mara', password: 'correct horse battery' })).id;
}

async function file(
  name: string,
  more: { folderId?: string | null; text?: string[]; bytes?: number; ownerId?: string } = {},
) {
  const id = app.newId();
  const { text = [], folderId = null, bytes = 1000, ownerId = owner } = more;
  const facts = { id, ownerId, folderId, name, mimeType: 'application/pdf', bytes, storageKey: id };
  await insertDocument(app.db, { ...facts, status: 'ready' });
  await setPages(
    app.db,
    id,
    text.map((words, index) => ({ documentId: id, page: index + 1, width: 100, height: 100, text: words })),
  );
  return id;
}

const folder = async (name: string, parentId: string | null = null) =>
  (await createFolder(app, owner, { name, parentId })).id;

const list = (more: z.input<typeof listingInput> = {}, who = owner) =>
  listLibrary(app, who, listingInput.parse(more), Date.now());

/** What stands in a folder, folders first. */
async function namesIn(folderId: string | null = null) {
  const { folders, documents } = await list({ folderId, sort: 'name' });
  return [...folders.map(({ name }) => `${name}/`), ...documents.map(({ name }) => name)];
}

const items = (documentIds: string[], folderIds: string[] = []) => ({ documentIds, folderIds });

describe('folders', () => {
  it('hold files and folders, and say where one is', async () => {
    const physics = await folder('Physics');
    const optics = await folder('Optics', physics);
    await file('Lenses.pdf', { folderId: optics });
    expect(await namesIn()).toEqual(['Physics/']);
    expect(await namesIn(physics)).toEqual(['Optics/']);
    const { path, documents } = await list({ folderId: optics });
    expect(path.map(({ name }) => name)).toEqual(['Physics', 'Optics']);
    expect(documents).toMatchObject([{ name: 'Lenses.pdf', folderId: optics }]);
  });

  it('have names that are theirs alone beside each other, whatever the case', async () => {
    const maths = await folder('Maths');
    await expect(folder('maths')).rejects.toThrow('NAME_TAKEN');
    await folder('maths', maths);
    const other = await folder('Other');
    await expect(renameFolder(app, owner, other, 'MATHS')).rejects.toThrow('NAME_TAKEN');
    await renameFolder(app, owner, maths, 'MATHS');
    expect(await namesIn()).toEqual(['MATHS/', 'Other/']);
  });

  it('made twice at the same moment are one', async () => {
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => folder('Once')));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await namesIn()).toEqual(['Once/']);
  });

  it('never go into themselves, and all stays where it was', async () => {
    const outer = await folder('Outer');
    const inner = await folder('Inner', outer);
    const loose = await file('Loose.pdf');
    for (const to of [outer, inner]) {
      await expect(moveItems(app, owner, items([loose], [outer]), to)).rejects.toThrow('FOLDER_IN_ITSELF');
    }
    expect(await namesIn()).toEqual(['Outer/', 'Loose.pdf']);
  });

  it('moved to where their name is taken get a number', async () => {
    const a = await folder('A');
    const inA = await folder('Notes', a);
    await folder('Notes');
    await moveItems(app, owner, items([], [inA]), null);
    expect(await namesIn()).toEqual(['A/', 'Notes/', 'Notes (2)/']);
  });

  it('do not lie deeper than twenty', async () => {
    let parent: string | null = null;
    for (let depth = 1; depth <= 20; depth += 1) parent = await folder(`Level ${depth}`, parent);
    await expect(folder('Too deep', parent)).rejects.toThrow('FOLDERS_FULL');
  });
});

describe('what is deleted', () => {
  it('goes with all that is in it, and comes back as it was', async () => {
    const physics = await folder('Physics');
    const optics = await folder('Optics', physics);
    const lenses = await file('Lenses.pdf', { folderId: optics });
    await file('Old.pdf', { folderId: optics }).then((id) => deleteItems(app, owner, items([id])));
    await deleteItems(app, owner, items([lenses], [physics]));
    expect(await namesIn()).toEqual([]);
    await expect(list({ folderId: physics })).rejects.toThrow('NOT_FOUND');
    await restoreItems(app, owner, items([lenses], [physics]));
    // What was deleted before stays so.
    expect(await namesIn(optics)).toEqual(['Lenses.pdf']);
  });

  it('comes back under another name when its own was taken in the meantime', async () => {
    const first = await folder('Physics');
    await deleteItems(app, owner, items([], [first]));
    await folder('Physics');
    await restoreItems(app, owner, items([], [first]));
    expect(await namesIn()).toEqual(['Physics/', 'Physics (2)/']);
  });

  it('comes back at the top when its folder is gone', async () => {
    const physics = await folder('Physics');
    const lenses = await file('Lenses.pdf', { folderId: physics });
    await deleteItems(app, owner, items([lenses]));
    await deleteItems(app, owner, items([], [physics]));
    await restoreItems(app, owner, items([lenses]));
    expect(await namesIn()).toEqual(['Lenses.pdf']);
  });

  it('is gone after a day', async () => {
    const physics = await folder('Physics');
    await folder('Optics', physics);
    await deleteItems(app, owner, items([], [physics]));
    await app.sql`update folders set deleted_at = now() - interval '25 hours' where owner_id = ${owner}`;
    await purgeFolders(app.db);
    await expect(restoreItems(app, owner, items([], [physics]))).rejects.toThrow('NOT_FOUND');
  });
});

describe('finding', () => {
  it('goes by a part of the name, and by words on the pages, in every folder', async () => {
    const physics = await folder('Light and sound');
    const lenses = await file('Lenses.pdf', {
      folderId: physics,
      text: ['Title', 'A prism splits light into colours'],
    });
    const lamps = await file('Lamps 100%.pdf');
    const found = async (search: string) => {
      const { folders, documents } = await list({ search, sort: 'name' });
      return [...folders.map(({ name }) => name), ...documents.map(({ id, foundOn }) => [id, foundOn])];
    };
    expect(await found('ens')).toEqual([[lenses, null]]);
    expect(await found('light')).toEqual(['Light and sound', [lenses, 2]]);
    expect(await found('colour prism')).toEqual([[lenses, 2]]);
    expect(await found('0%')).toEqual([[lamps, null]]);
    expect(await found("' & | ! :* \\ _")).toEqual([]);
  });
});

describe('a listing', () => {
  it.each(['name', 'newest', 'largest'] as const)(
    'by %s comes page by page, each file once',
    async (sort) => {
      for (let number = 0; number < 25; number += 1) {
        await app.sql`insert into documents (id, owner_id, name, mime_type, bytes, storage_key, status, created_at)
        select gen_random_uuid(), ${owner}, 'File ' || n % 7, 'application/pdf', n % 5, gen_random_uuid(), 'ready', now() - (n % 3) * interval '1 day'
        from generate_series(1, 10) n`;
      }
      const seen: string[] = [];
      let after: { key: string; id: string } | null = null;
      do {
        const page: Awaited<ReturnType<typeof list>> = await list({ sort, after });
        seen.push(...page.documents.map(({ id }) => id));
        after = page.next;
      } while (after);
      expect(seen).toHaveLength(250);
      expect(new Set(seen).size).toBe(250);
    },
  );

  it('says of a file in work how many come before it, whosever they are', async () => {
    const other = await person();
    const add = async (status: string, { who = owner, done = null as number | null } = {}) => {
      await app.sql`
        insert into documents (id, owner_id, name, kind, mime_type, bytes, storage_key, status, pages_done, created_at)
        values (gen_random_uuid(), ${who}, ${status}, 'pages', 'a/b', 1, gen_random_uuid(), ${status}, ${done}, clock_timestamp())`;
    };
    /** `encoded`: its pictures are made anew; else it is only packed anew, which waits for nobody. */
    const addFilm = async (encoded: boolean) => {
      await app.sql`
        with film as (
          insert into documents (id, owner_id, name, kind, mime_type, bytes, storage_key, status, created_at)
          values (gen_random_uuid(), ${owner}, 'converting', 'media', 'a/b', 1, gen_random_uuid(), 'converting', clock_timestamp())
          returning id)
        insert into document_media (document_id, delivery, mime_type, video, complete, encoded)
        select id, 'hls', 'video/mp4', true, false, ${encoded} from film`;
    };
    await app.sql`delete from documents where status in ('checking', 'converting')`;
    await add('converting', { who: other });
    await addFilm(true);
    await add('checking', { who: other });
    await add('converting', { who: other, done: 7 });
    await add('converting');
    await add('checking');
    await add('converting');
    await addFilm(false);
    await addFilm(true);
    const { documents } = await list({ sort: 'newest' });
    expect(documents.toReversed().map(({ name, kind, ahead }) => [name, kind, ahead])).toEqual([
      ['converting', 'media', 0],
      ['converting', 'pages', 1],
      ['checking', 'pages', 1],
      ['converting', 'pages', 2],
      ['converting', 'media', 0],
      ['converting', 'media', 1],
    ]);
  });

  it('knows nothing of anybody else', async () => {
    const other = await person();
    const theirs = await file('Theirs.pdf', { ownerId: other });
    const theirFolder = (await createFolder(app, other, { name: 'Theirs', parentId: null })).id;
    const mine = await file('Mine.pdf');
    await expect(list({ folderId: theirFolder })).rejects.toThrow('NOT_FOUND');
    await expect(moveItems(app, owner, items([mine]), theirFolder)).rejects.toThrow('NOT_FOUND');
    await expect(moveItems(app, owner, items([theirs, mine]), null)).rejects.toThrow('NOT_FOUND');
    await expect(deleteItems(app, owner, items([theirs]))).rejects.toThrow('NOT_FOUND');
    await expect(deleteItems(app, owner, items([], [theirFolder]))).rejects.toThrow('NOT_FOUND');
    await expect(renameFolder(app, owner, theirFolder, 'Mine')).rejects.toThrow('NOT_FOUND');
    expect((await list({ search: 'theirs' })).documents).toEqual([]);
    expect(await namesIn()).toEqual(['Mine.pdf']);
  });
});

describe('the quota', () => {
  const announce = (size: number, digit: string) =>
    announceUpload(app, owner, {
      name: 'a.pdf',
      size,
      fingerprint: digit.repeat(64),
      folderId: null,
      replaces: null,
    });

  it('counts files and what is on its way, and gives back what is deleted', async () => {
    const big = await file('Big.pdf', { bytes: 600_000 });
    await announce(300_000, '1');
    expect(await readUsage(app, owner)).toEqual({ used: 900_000, quota: 1_000_000 });
    await expect(announce(100_001, '2')).rejects.toMatchObject({
      code: 'QUOTA_REACHED',
      details: { freeMegabytes: 0 },
    });
    // The same one goes on.
    await announce(300_000, '1');
    await deleteItems(app, owner, items([big]));
    await announce(100_001, '2');
  });

  it('is not passed by announcing many at the same moment', async () => {
    const asked = ['1', '2', '3', '4', '5', '6'].map((digit) => announce(400_000, digit));
    const answers = await Promise.allSettled(asked);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  });
});

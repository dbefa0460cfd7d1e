import { and, asc, count, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documents, folders } from '@/db/schema';

export type FolderRow = { id: string; parentId: string | null; name: string };

const columns = { id: folders.id, parentId: folders.parentId, name: folders.name };
const kept = isNull(folders.deletedAt);
const own = (ownerId: string, id: string) => and(eq(folders.ownerId, ownerId), eq(folders.id, id), kept);

/** One change of a library's order at a time: names among siblings, and folders in folders. Held until the transaction ends. */
export async function lockLibrary(tx: Executor, ownerId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${ownerId}, 5))`);
}

export async function findFolder(db: Executor, ownerId: string, id: string): Promise<FolderRow | null> {
  const [row] = await db.select(columns).from(folders).where(own(ownerId, id));
  return row ?? null;
}

/** The folders in a folder, or at the top, by name. */
export function listFolders(db: Executor, ownerId: string, parentId: string | null): Promise<FolderRow[]> {
  return db
    .select(columns)
    .from(folders)
    .where(and(eq(folders.ownerId, ownerId), within(parentId), kept))
    .orderBy(sql`lower(${folders.name})`, asc(folders.id))
    .limit(1000);
}

/** Every folder of somebody, by name: for choosing where something goes. */
export function listAllFolders(db: Executor, ownerId: string): Promise<FolderRow[]> {
  return db
    .select(columns)
    .from(folders)
    .where(and(eq(folders.ownerId, ownerId), kept))
    .orderBy(sql`lower(${folders.name})`, asc(folders.id))
    .limit(5000);
}

const within = (parentId: string | null) =>
  parentId === null ? isNull(folders.parentId) : eq(folders.parentId, parentId);

/** Folders whose name holds a text. */
export function searchFolders(db: Executor, ownerId: string, pattern: string): Promise<FolderRow[]> {
  return db
    .select(columns)
    .from(folders)
    .where(and(eq(folders.ownerId, ownerId), kept, sql`${folders.name} ilike ${pattern}`))
    .orderBy(sql`lower(${folders.name})`, asc(folders.id))
    .limit(50);
}

/** From the top down to a folder, itself included; empty where it is not theirs. */
export async function folderPath(db: Executor, ownerId: string, id: string): Promise<FolderRow[]> {
  return db.execute<FolderRow>(sql`
    with recursive path as (
      select id, parent_id, name, 1 as depth from folders
      where id = ${id} and owner_id = ${ownerId} and deleted_at is null
      union all
      select above.id, above.parent_id, above.name, path.depth + 1 from folders above
      join path on above.id = path.parent_id where path.depth < 100
    )
    select id, parent_id as "parentId", name from path order by depth desc`);
}

/** How many levels of folders stand below a folder, itself counted. */
export async function folderHeight(db: Executor, id: string): Promise<number> {
  const [row] = await db.execute<{ height: number }>(sql`
    with recursive below as (
      select id, 1 as depth from folders where id = ${id}
      union all
      select child.id, below.depth + 1 from folders child join below on child.parent_id = below.id
      where below.depth < 100 and child.deleted_at is null
    )
    select max(depth)::int as height from below`);
  return row?.height ?? 0;
}

export async function countFolders(db: Executor, ownerId: string): Promise<number> {
  const [row] = await db
    .select({ folders: count() })
    .from(folders)
    .where(and(eq(folders.ownerId, ownerId), kept));
  return row?.folders ?? 0;
}

export async function insertFolder(db: Executor, folder: FolderRow & { ownerId: string }): Promise<void> {
  await db.insert(folders).values(folder);
}

/** Name and place of a folder. */
export async function updateFolder(
  db: Executor,
  ownerId: string,
  id: string,
  change: Partial<Pick<FolderRow, 'name' | 'parentId'>>,
): Promise<boolean> {
  const rows = await db.update(folders).set(change).where(own(ownerId, id)).returning({ id: folders.id });
  return rows.length > 0;
}

/** Deletes a folder with all that is in it, at one instant: Postgres' own of this transaction. */
export async function deleteFolderTree(db: Executor, ownerId: string, id: string): Promise<boolean> {
  const rows = await db.execute<{ id: string }>(sql`
    with recursive tree as (
      select id from folders where id = ${id} and owner_id = ${ownerId} and deleted_at is null
      union all
      select child.id from folders child join tree on child.parent_id = tree.id where child.deleted_at is null
    ), gone as (
      update documents set deleted_at = now()
      where owner_id = ${ownerId} and deleted_at is null and folder_id in (select id from tree)
    )
    update folders set deleted_at = now() where id in (select id from tree) returning id`);
  return rows.length > 0;
}

/** Brings back what was deleted together with a folder. The folder itself gets `place`, since its old one may be taken or gone. */
export async function restoreFolderTree(
  db: Executor,
  ownerId: string,
  { id, name, parentId }: FolderRow,
): Promise<void> {
  await db.execute(sql`
    with recursive tree as (
      select id, deleted_at from folders where id = ${id} and owner_id = ${ownerId} and deleted_at is not null
      union all
      select child.id, child.deleted_at from folders child
      join tree on child.parent_id = tree.id and child.deleted_at = tree.deleted_at
    ), back as (
      update documents set deleted_at = null from tree
      where documents.folder_id = tree.id and documents.deleted_at = tree.deleted_at and owner_id = ${ownerId}
    )
    update folders set deleted_at = null,
      name = case when folders.id = ${id} then ${name} else folders.name end,
      parent_id = case when folders.id = ${id} then ${parentId}::uuid else folders.parent_id end
    from tree where folders.id = tree.id`);
}

export async function findDeletedFolder(
  db: Executor,
  ownerId: string,
  id: string,
): Promise<FolderRow | null> {
  const [row] = await db
    .select(columns)
    .from(folders)
    .where(and(eq(folders.ownerId, ownerId), eq(folders.id, id), isNotNull(folders.deletedAt)));
  return row ?? null;
}

/** Removes folders that were deleted so long ago that nobody undoes it. */
export async function purgeFolders(db: Executor): Promise<void> {
  await db
    .delete(folders)
    .where(and(isNotNull(folders.deletedAt), lt(folders.deletedAt, sql`now() - interval '1 day'`)));
}

/** The names of files in a folder that begin so, in lower case: what a new one must differ from. */
export async function namesIn(
  db: Executor,
  ownerId: string,
  folderId: string | null,
  beginning: string,
): Promise<Set<string>> {
  const rows = await db
    .select({ name: sql<string>`lower(${documents.name})` })
    .from(documents)
    .where(
      and(
        eq(documents.ownerId, ownerId),
        folderId === null ? isNull(documents.folderId) : eq(documents.folderId, folderId),
        isNull(documents.deletedAt),
        sql`starts_with(lower(${documents.name}), lower(${beginning}))`,
      ),
    );
  return new Set(rows.map(({ name }) => name));
}

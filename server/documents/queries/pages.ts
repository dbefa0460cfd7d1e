import { and, asc, between, eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { documentPages } from '@/db/schema';

/** Pages `from` to `to`, both counted, without their text. */
export function listPagesBetween(db: Executor, documentId: string, from: number, to: number) {
  return db
    .select({
      page: documentPages.page,
      width: documentPages.width,
      height: documentPages.height,
      imageKey: documentPages.imageKey,
      thumbnailKey: documentPages.thumbnailKey,
    })
    .from(documentPages)
    .where(and(eq(documentPages.documentId, documentId), between(documentPages.page, from, to)))
    .orderBy(asc(documentPages.page));
}

/** On which pages some words stand, and how often. `words` is folded as `foldText` (room/fold-text.ts) folds, and not empty. */
export async function findOnPages(
  db: Executor,
  documentId: string,
  words: string,
): Promise<{ page: number; hits: number }[]> {
  const folded = sql`regexp_replace(lower(normalize(${documentPages.text}, NFKC)), '\\s+', '', 'g')`;
  return db.execute<{ page: number; hits: number }>(sql`
    select page, (length(folded) - length(replace(folded, ${words}, ''))) / length(${words}) as hits
    from (
      select ${documentPages.page} as page, ${folded} as folded
      from ${documentPages}
      where ${documentPages.documentId} = ${documentId} and ${documentPages.text} is not null
    ) as pages
    where position(${words} in folded) > 0
    order by page
  `);
}

/** How many pages nobody has read the text of. */
export async function countUnreadPages(db: Executor, documentId: string): Promise<number> {
  return db.$count(
    documentPages,
    and(eq(documentPages.documentId, documentId), sql`${documentPages.text} is null`),
  );
}

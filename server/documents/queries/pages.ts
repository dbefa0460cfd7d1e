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

/** All that `foldText` leaves out. */
const WHITE_SPACE = ' \t\n\r\f\v\u1680\u2028\u2029\ufeff';

/** On which pages some words stand, and how often. `words` is folded as `foldText` (room/fold-text.ts) folds, and not empty. */
export async function findOnPages(
  db: Executor,
  documentId: string,
  words: string,
): Promise<{ page: number; hits: number }[]> {
  const { text } = documentPages;
  // Plain ASCII is normal as it is, and normalising costs more than all the rest.
  const plain = sql`case when octet_length(${text}) = length(${text}) then ${text} else normalize(${text}, nfkc) end`;
  return db.execute<{ page: number; hits: number }>(sql`
    with pages as materialized (
      select ${documentPages.page} as page, translate(lower(${plain}), ${WHITE_SPACE}, '') as folded
      from ${documentPages}
      where ${documentPages.documentId} = ${documentId} and ${text} is not null
    )
    select page, (length(folded) - length(replace(folded, ${words}, ''))) / length(${words}) as hits
    from pages
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

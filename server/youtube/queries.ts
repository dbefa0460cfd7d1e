import { and, eq, lt, sql } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { youtubeSearches } from '@/db/schema';

type Videos = (typeof youtubeSearches.$inferSelect)['videos'];

const KEPT = sql`now() - interval '7 days'`;

/** What these words found, at most a week ago. */
export async function findSearch(db: Executor, words: string): Promise<Videos | null> {
  const [row] = await db
    .select({ videos: youtubeSearches.videos })
    .from(youtubeSearches)
    .where(and(eq(youtubeSearches.words, words), sql`${youtubeSearches.searchedAt} > ${KEPT}`));
  return row?.videos ?? null;
}

/** Keeps what words found, and lets go of what is older than a week: YouTube's terms allow thirty days. */
export async function saveSearch(db: Executor, words: string, videos: Videos): Promise<void> {
  await db.delete(youtubeSearches).where(lt(youtubeSearches.searchedAt, KEPT));
  await db
    .insert(youtubeSearches)
    .values({ words, videos })
    .onConflictDoUpdate({
      target: youtubeSearches.words,
      set: { videos, searchedAt: sql`now()` },
    });
}

import { jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** What YouTube found, by the words that were searched for: a key has a hundred searches a day. */
export const youtubeSearches = pgTable('youtube_searches', {
  words: text('words').primaryKey(),
  videos: jsonb('videos')
    .$type<{ videoId: string; title: string; channel: string; durationMs: number | null }[]>()
    .notNull(),
  searchedAt: timestamp('searched_at', { withTimezone: true }).notNull().defaultNow(),
});

import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Webhooks of the media server that were taken, so that a repeated delivery acts once. */
export const livekitWebhooks = pgTable('livekit_webhooks', {
  id: text('id').primaryKey(),
  receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
});

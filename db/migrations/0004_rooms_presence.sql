ALTER TABLE "room_connections" ADD COLUMN "left_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "room_connections_lease" ON "room_connections" USING btree ("leased_until") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "room_events_board" ON "room_events" USING btree ("room_id",(payload->>'boardId'),(payload->>'layer'),"seq") WHERE type = 'board.changed';
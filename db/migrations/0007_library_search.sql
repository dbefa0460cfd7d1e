DROP INDEX "folders_sibling";--> statement-breakpoint
ALTER TABLE "folders" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "document_pages_words" ON "document_pages" USING gin (to_tsvector('simple', left("text", 100000)));--> statement-breakpoint
CREATE UNIQUE INDEX "folders_sibling" ON "folders" USING btree ("owner_id",coalesce("parent_id", "owner_id"),lower("name")) WHERE deleted_at is null;
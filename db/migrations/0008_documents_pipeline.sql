ALTER TABLE "documents" ADD COLUMN "pages_bytes" bigint;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "replacement" jsonb;
--> statement-breakpoint
UPDATE "documents" SET "pages_key" = "storage_key", "pages_bytes" = "bytes" WHERE "mime_type" = 'application/pdf' AND "pages_key" IS NULL;
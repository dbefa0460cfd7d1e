ALTER TABLE "uploads" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "uploads" CASCADE;--> statement-breakpoint
ALTER TABLE "document_pages" ALTER COLUMN "image_key" DROP NOT NULL;
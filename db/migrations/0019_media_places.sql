ALTER TYPE "public"."media_step" ADD VALUE 'advertisement';--> statement-breakpoint
ALTER TABLE "document_media" ADD COLUMN "encoded" boolean DEFAULT false NOT NULL;
ALTER TABLE "document_exports" ALTER COLUMN "document_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "document_exports" ADD COLUMN "board_id" text;--> statement-breakpoint
ALTER TABLE "document_exports" ADD COLUMN "page" integer;--> statement-breakpoint
ALTER TABLE "document_exports" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "document_exports" ADD COLUMN "pages_done" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "document_exports" ADD COLUMN "pages_total" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "document_exports_room" ON "document_exports" USING btree ("room_id");
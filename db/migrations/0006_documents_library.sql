CREATE TYPE "public"."document_kind" AS ENUM('pages', 'media', 'file');--> statement-breakpoint
CREATE TYPE "public"."export_status" AS ENUM('waiting', 'ready', 'failed');--> statement-breakpoint
CREATE TABLE "document_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"document_id" uuid NOT NULL,
	"room_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"layers" text[] NOT NULL,
	"seq" bigint NOT NULL,
	"status" "export_status" DEFAULT 'waiting' NOT NULL,
	"storage_key" uuid,
	"failure" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_links" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "folders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"parent_id" uuid,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "document_pages" ADD COLUMN "thumbnail_key" uuid;--> statement-breakpoint
ALTER TABLE "document_pages" ADD COLUMN "text" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "folder_id" uuid;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "kind" "document_kind" DEFAULT 'pages' NOT NULL;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "pages_key" uuid;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "pages_done" integer;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "pages_total" integer;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "notes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "folder_id" uuid;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "replaces" uuid;--> statement-breakpoint
ALTER TABLE "document_exports" ADD CONSTRAINT "document_exports_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_exports" ADD CONSTRAINT "document_exports_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_links" ADD CONSTRAINT "document_links_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "folders" ADD CONSTRAINT "folders_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "folders" ADD CONSTRAINT "folders_parent_id_folders_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."folders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_exports_age" ON "document_exports" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "folders_sibling" ON "folders" USING btree ("owner_id",coalesce("parent_id", "owner_id"),lower("name"));--> statement-breakpoint
CREATE INDEX "folders_parent" ON "folders" USING btree ("parent_id");--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_folder_id_folders_id_fk" FOREIGN KEY ("folder_id") REFERENCES "public"."folders"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_folder_id_folders_id_fk" FOREIGN KEY ("folder_id") REFERENCES "public"."folders"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_replaces_documents_id_fk" FOREIGN KEY ("replaces") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "documents_folder" ON "documents" USING btree ("folder_id");--> statement-breakpoint
CREATE INDEX "documents_open_work" ON "documents" USING btree ("created_at") WHERE status in ('checking', 'converting');--> statement-breakpoint
UPDATE "documents" SET "pages_key" = "storage_key" WHERE "mime_type" = 'application/pdf';

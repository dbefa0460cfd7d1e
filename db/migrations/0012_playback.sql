CREATE TYPE "public"."delivery" AS ENUM('file', 'hls');--> statement-breakpoint
CREATE TABLE "document_captions" (
	"document_id" uuid NOT NULL,
	"storage_key" uuid NOT NULL,
	"label" text NOT NULL,
	"language" text,
	"embedded" boolean NOT NULL,
	CONSTRAINT "document_captions_document_id_storage_key_pk" PRIMARY KEY("document_id","storage_key")
);
--> statement-breakpoint
CREATE TABLE "document_media" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"delivery" "delivery" NOT NULL,
	"mime_type" text NOT NULL,
	"video" boolean NOT NULL,
	"duration_ms" bigint,
	"complete" boolean NOT NULL,
	"poster_key" uuid,
	"waveform" jsonb
);
--> statement-breakpoint
CREATE TABLE "media_parts" (
	"document_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"duration_ms" integer NOT NULL,
	CONSTRAINT "media_parts_document_id_part_pk" PRIMARY KEY("document_id","part")
);
--> statement-breakpoint
ALTER TABLE "document_captions" ADD CONSTRAINT "document_captions_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_media" ADD CONSTRAINT "document_media_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media_parts" ADD CONSTRAINT "media_parts_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;
CREATE TYPE "public"."hosted_file_state" AS ENUM('coming', 'here', 'gone');--> statement-breakpoint
CREATE TABLE "hosted_files" (
	"name" text PRIMARY KEY NOT NULL,
	"key" uuid NOT NULL,
	"bytes" bigint NOT NULL,
	"state" "hosted_file_state" DEFAULT 'coming' NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "hosted_files_here" ON "hosted_files" USING btree ("key") WHERE state = 'here';--> statement-breakpoint
CREATE INDEX "hosted_files_swept" ON "hosted_files" USING btree ("at") WHERE state <> 'here';
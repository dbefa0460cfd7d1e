CREATE TYPE "public"."admission" AS ENUM('waiting', 'denied');--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "admission" "admission";--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "looked_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "participants_waiting" ON "participants" USING btree ("looked_at") WHERE admission = 'waiting';
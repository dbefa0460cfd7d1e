CREATE TYPE "public"."media_step" AS ENUM('in-step', 'catching-up', 'blocked', 'failed');--> statement-breakpoint
CREATE TABLE "media_steps" (
	"participant_id" uuid PRIMARY KEY NOT NULL,
	"generation" integer NOT NULL,
	"step" "media_step" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "media_steps" ADD CONSTRAINT "media_steps_participant_id_participants_id_fk" FOREIGN KEY ("participant_id") REFERENCES "public"."participants"("id") ON DELETE cascade ON UPDATE no action;
CREATE TYPE "public"."call_state" AS ENUM('ringing', 'answered', 'declined', 'cancelled', 'missed', 'busy', 'ended');--> statement-breakpoint
ALTER TYPE "public"."course_kind" ADD VALUE 'call';--> statement-breakpoint
ALTER TYPE "public"."notification_kind" ADD VALUE 'call-missed';--> statement-breakpoint
CREATE TABLE "call_lines" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"call_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"course_id" uuid NOT NULL,
	"caller_id" uuid NOT NULL,
	"callee_id" uuid NOT NULL,
	"state" "call_state" NOT NULL,
	"started_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"rings_until" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"changed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"lesson_id" uuid
);
--> statement-breakpoint
CREATE TABLE "site_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"instance_id" uuid NOT NULL,
	"leased_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "takes_calls" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "call_lines" ADD CONSTRAINT "call_lines_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_lines" ADD CONSTRAINT "call_lines_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_caller_id_users_id_fk" FOREIGN KEY ("caller_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_callee_id_users_id_fk" FOREIGN KEY ("callee_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_lesson_id_lessons_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lessons"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_connections" ADD CONSTRAINT "site_connections_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_lines_call" ON "call_lines" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "calls_open" ON "calls" USING btree ("state") WHERE state in ('ringing', 'answered');--> statement-breakpoint
CREATE INDEX "calls_changed" ON "calls" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "calls_caller" ON "calls" USING btree ("caller_id","started_at");--> statement-breakpoint
CREATE INDEX "calls_course" ON "calls" USING btree ("course_id","started_at");--> statement-breakpoint
CREATE INDEX "site_connections_user" ON "site_connections" USING btree ("user_id","leased_until");--> statement-breakpoint
CREATE INDEX "site_connections_lease" ON "site_connections" USING btree ("leased_until");
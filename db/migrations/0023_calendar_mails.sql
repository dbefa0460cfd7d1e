CREATE TABLE "calendar_checks" (
	"course_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "calendar_checks_course_id_user_id_pk" PRIMARY KEY("course_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "lessons" ALTER COLUMN "told" SET DATA TYPE jsonb USING "told"::jsonb;--> statement-breakpoint
ALTER TABLE "lesson_series" ALTER COLUMN "told" SET DATA TYPE integer USING "told"::integer;--> statement-breakpoint
ALTER TABLE "personal_links" ADD COLUMN "series_id" uuid;--> statement-breakpoint
ALTER TABLE "calendar_invitations" ADD COLUMN "sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_invitations" ADD COLUMN "withdrawn" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_checks" ADD CONSTRAINT "calendar_checks_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_checks" ADD CONSTRAINT "calendar_checks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_checks_due" ON "calendar_checks" USING btree ("due_at");--> statement-breakpoint
ALTER TABLE "personal_links" ADD CONSTRAINT "personal_links_series_id_lesson_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."lesson_series"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "personal_links_series" ON "personal_links" USING btree ("series_id") WHERE series_id is not null;
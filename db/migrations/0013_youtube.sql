CREATE TABLE "youtube_searches" (
	"words" text PRIMARY KEY NOT NULL,
	"videos" jsonb NOT NULL,
	"searched_at" timestamp with time zone DEFAULT now() NOT NULL
);

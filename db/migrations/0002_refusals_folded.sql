CREATE TABLE "refusals" (
	"who" text NOT NULL,
	"name" text,
	"door" text NOT NULL,
	"code" text NOT NULL,
	"times" integer NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refusals_who_door_code_pk" PRIMARY KEY("who","door","code")
);

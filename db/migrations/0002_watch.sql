CREATE TABLE "differences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"role_name" text NOT NULL,
	"scope_name" text NOT NULL,
	"scope_kind" text NOT NULL,
	"principal_id" text NOT NULL,
	"principal_name" text NOT NULL,
	"request_id" uuid,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolution" text,
	CONSTRAINT "differences_end_whole" CHECK ((resolved_at is null) = (resolution is null))
);
--> statement-breakpoint
CREATE TABLE "watch_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"plane" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"places" integer DEFAULT 0 NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	"recorded" integer DEFAULT 0 NOT NULL,
	"differing" integer DEFAULT 0 NOT NULL,
	"gaps" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"failure" text
);
--> statement-breakpoint
ALTER TABLE "differences" ADD CONSTRAINT "differences_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "differences_one_open" ON "differences" USING btree ("kind","principal_id","plane","role_id","scope_id") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "differences_by_end" ON "differences" USING btree ("resolved_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "watch_runs_one_open" ON "watch_runs" USING btree ("plane") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "watch_runs_by_plane" ON "watch_runs" USING btree ("plane","started_at" DESC NULLS LAST);
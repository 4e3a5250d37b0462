CREATE TABLE "mirror_locks" (
	"subscription_id" text PRIMARY KEY NOT NULL,
	"locks" jsonb NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "needs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"ticket_number" text NOT NULL,
	"justification" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"released_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "session_revocations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by_id" text NOT NULL,
	"changed_by_name" text NOT NULL
);
--> statement-breakpoint
DROP INDEX "requests_one_live";--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "eligible_scope_id" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "follows_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "waits_for_end" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "after_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "bundle_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "occurrence_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "challenge" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "usable_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "end_after" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "needs_one_open_a_ticket" ON "needs" USING btree ("request_id","ticket_number") WHERE released_at is null;--> statement-breakpoint
CREATE INDEX "needs_by_request" ON "needs" USING btree ("request_id","added_at");--> statement-breakpoint
CREATE UNIQUE INDEX "session_revocations_one_open" ON "session_revocations" USING btree ("person_id") WHERE done_at is null;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_follows_id_requests_id_fk" FOREIGN KEY ("follows_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_after_id_requests_id_fk" FOREIGN KEY ("after_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_follow_on" ON "requests" USING btree ("follows_id") WHERE status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing');--> statement-breakpoint
CREATE INDEX "requests_to_end" ON "requests" USING btree ("end_after") WHERE end_after is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_live" ON "requests" USING btree ("requester_id","plane","role_id","scope_id") WHERE status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing') and not waits_for_end;
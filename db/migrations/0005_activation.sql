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
ALTER TABLE "decisions" ADD COLUMN "challenge" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "eligible_scope_id" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "follows_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "waits_for_end" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "after_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "bundle_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "occurrence_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "challenge" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "usable_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_follows_id_requests_id_fk" FOREIGN KEY ("follows_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_after_id_requests_id_fk" FOREIGN KEY ("after_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_follow_on" ON "requests" USING btree ("follows_id") WHERE status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing');--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_live" ON "requests" USING btree ("requester_id","plane","role_id","scope_id") WHERE status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing') and not waits_for_end;
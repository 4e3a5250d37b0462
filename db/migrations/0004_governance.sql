CREATE TABLE "access_policies" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"facts" jsonb NOT NULL,
	"list" text NOT NULL,
	"seen_in" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "break_glass_accounts" (
	"principal_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"named_as" text NOT NULL,
	"upn" text
);
--> statement-breakpoint
CREATE TABLE "effective_members" (
	"group_id" text NOT NULL,
	"member_id" text NOT NULL,
	"through" jsonb NOT NULL,
	CONSTRAINT "effective_members_group_id_member_id_pk" PRIMARY KEY("group_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"risk" text NOT NULL,
	"rank" integer NOT NULL,
	"size" integer DEFAULT 0 NOT NULL,
	"title" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"next_step" text NOT NULL,
	"principal_id" text,
	"assignment_id" text,
	"state" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	"assignee_id" text,
	"assignee_name" text,
	"accepted_by_id" text,
	"accepted_by_name" text,
	"accepted_reason" text,
	"accepted_until" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outside_roles" (
	"id" text PRIMARY KEY NOT NULL,
	"list" text NOT NULL,
	"place" text NOT NULL,
	"kind" text NOT NULL,
	"azure_id" text NOT NULL,
	"principal_id" text,
	"principal_name" text NOT NULL,
	"target_id" text NOT NULL,
	"target_name" text NOT NULL,
	"what" text NOT NULL,
	"starts_at" timestamp (3) with time zone,
	"ends_at" timestamp (3) with time zone,
	"details" jsonb NOT NULL,
	"seen_in" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "use_coverage" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "use_events" (
	"principal_id" text NOT NULL,
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"what" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone,
	"source" text NOT NULL,
	CONSTRAINT "use_events_principal_id_plane_role_id_scope_id_what_at_pk" PRIMARY KEY("principal_id","plane","role_id","scope_id","what","at")
);
--> statement-breakpoint
CREATE TABLE "uses" (
	"principal_id" text NOT NULL,
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp (3) with time zone,
	"active_minutes" integer NOT NULL,
	"granted_minutes" integer NOT NULL,
	CONSTRAINT "uses_principal_id_plane_role_id_scope_id_pk" PRIMARY KEY("principal_id","plane","role_id","scope_id")
);
--> statement-breakpoint
CREATE TABLE "access_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid,
	"item_id" uuid,
	"undoes_id" uuid,
	"verb" text NOT NULL,
	"way" text NOT NULL,
	"way_group_id" text,
	"kept" jsonb NOT NULL,
	"plane" text NOT NULL,
	"scope_id" text NOT NULL,
	"principal_id" text NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"explanation" text,
	"manual_command" text,
	"asked_by_id" text NOT NULL,
	"asked_by_name" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"approved_by_id" text,
	"approved_by_name" text,
	"progress" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"check_at" timestamp (3) with time zone,
	"acted_at" timestamp (3) with time zone,
	"confirmed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "access_changes_two_people" CHECK (approved_by_id is null or (approved_by_id <> asked_by_id and approved_by_id <> principal_id))
);
--> statement-breakpoint
CREATE TABLE "applier_switches" (
	"plane" text NOT NULL,
	"scope_id" text NOT NULL,
	"switched_by_id" text NOT NULL,
	"switched_by_name" text NOT NULL,
	"switched_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "applier_switches_plane_scope_id_pk" PRIMARY KEY("plane","scope_id")
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"series_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"plan" jsonb NOT NULL,
	"status" text NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"population" integer,
	"orphans" integer,
	"reading_id" uuid,
	"reminded" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_by_id" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "campaigns_close_after_opening" CHECK (closes_at > opens_at)
);
--> statement-breakpoint
CREATE TABLE "item_reviewers" (
	"item_id" uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"reviewer_id" text NOT NULL,
	"reviewer_name" text NOT NULL,
	"rule" text NOT NULL,
	"handed_to_id" text,
	"handed_at" timestamp (3) with time zone,
	CONSTRAINT "item_reviewers_item_id_reviewer_id_pk" PRIMARY KEY("item_id","reviewer_id")
);
--> statement-breakpoint
CREATE TABLE "review_items" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"campaign_id" uuid NOT NULL,
	"assignment_id" text NOT NULL,
	"plane" text NOT NULL,
	"kind" text NOT NULL,
	"role_id" text NOT NULL,
	"role_name" text NOT NULL,
	"scope_id" text NOT NULL,
	"scope_name" text NOT NULL,
	"scope_kind" text NOT NULL,
	"principal_id" text NOT NULL,
	"principal_name" text NOT NULL,
	"principal_kind" text NOT NULL,
	"kept" jsonb NOT NULL,
	"is_critical" boolean NOT NULL,
	"evidence" jsonb NOT NULL,
	"recommendation" text NOT NULL,
	"recommendation_why" text NOT NULL,
	"decision" text,
	"way" text DEFAULT 'assignment' NOT NULL,
	"way_group_id" text,
	"rationale" text DEFAULT '' NOT NULL,
	"decided_by_id" text,
	"decided_by_name" text,
	"decided_at" timestamp (3) with time zone,
	"submitted_at" timestamp (3) with time zone,
	"by_silence" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "review_items_never_own" CHECK (decided_by_id is null or decided_by_id <> principal_id)
);
--> statement-breakpoint
ALTER TABLE "inventory_parts" ADD COLUMN "unclear" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "inventory_runs" ADD COLUMN "privilege" jsonb;--> statement-breakpoint
ALTER TABLE "item_reviewers" ADD CONSTRAINT "item_reviewers_item_id_review_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."review_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "effective_members_by_member" ON "effective_members" USING btree ("member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "findings_one_each" ON "findings" USING btree ("kind","subject");--> statement-breakpoint
CREATE INDEX "findings_in_order" ON "findings" USING btree ("state","rank","first_seen_at","id");--> statement-breakpoint
CREATE INDEX "findings_by_kind" ON "findings" USING btree ("state","kind","rank","first_seen_at","id");--> statement-breakpoint
CREATE INDEX "findings_by_assignment" ON "findings" USING btree ("assignment_id") WHERE state <> 'gone';--> statement-breakpoint
CREATE INDEX "findings_by_principal" ON "findings" USING btree ("principal_id") WHERE state <> 'gone';--> statement-breakpoint
CREATE INDEX "outside_roles_by_name" ON "outside_roles" USING btree ("kind",lower("principal_name"),"id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "outside_roles_by_principal" ON "outside_roles" USING btree ("principal_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "outside_roles_by_target" ON "outside_roles" USING btree ("target_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "outside_roles_by_place" ON "outside_roles" USING btree ("list","place") WHERE gone_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "access_changes_once_each" ON "access_changes" USING btree ("item_id") WHERE item_id is not null and undoes_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "access_changes_undone_once" ON "access_changes" USING btree ("undoes_id") WHERE undoes_id is not null and state <> 'withdrawn' and state <> 'refused';--> statement-breakpoint
CREATE INDEX "access_changes_due" ON "access_changes" USING btree ("check_at") WHERE check_at is not null;--> statement-breakpoint
CREATE INDEX "access_changes_waiting" ON "access_changes" USING btree ("asked_at","id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "access_changes_undated" ON "access_changes" USING btree ("id") WHERE state = 'waiting' and check_at is null;--> statement-breakpoint
CREATE INDEX "access_changes_by_campaign" ON "access_changes" USING btree ("campaign_id","state");--> statement-breakpoint
CREATE INDEX "access_changes_by_asking" ON "access_changes" USING btree ("asked_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "campaigns_once_each" ON "campaigns" USING btree ("series_id","number");--> statement-breakpoint
CREATE INDEX "campaigns_by_opening" ON "campaigns" USING btree ("opens_at","id");--> statement-breakpoint
CREATE INDEX "campaigns_due" ON "campaigns" USING btree ("status","opens_at","closes_at") WHERE status in ('scheduled', 'open', 'applying');--> statement-breakpoint
CREATE INDEX "item_reviewers_by_reviewer" ON "item_reviewers" USING btree ("reviewer_id","campaign_id","item_id") WHERE handed_to_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "review_items_once_each" ON "review_items" USING btree ("campaign_id","assignment_id");--> statement-breakpoint
CREATE INDEX "review_items_by_person" ON "review_items" USING btree ("campaign_id","principal_name","id");--> statement-breakpoint
CREATE INDEX "review_items_by_role" ON "review_items" USING btree ("campaign_id","role_name","id");--> statement-breakpoint
CREATE INDEX "review_items_of_assignment" ON "review_items" USING btree ("assignment_id","decided_at");
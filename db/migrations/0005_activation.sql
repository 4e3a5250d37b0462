CREATE TABLE "child_scope_reads" (
	"principal_id" text NOT NULL,
	"parent_id" text NOT NULL,
	"read_at" timestamp (3) with time zone,
	"tried_at" timestamp (3) with time zone NOT NULL,
	"failure" text,
	CONSTRAINT "child_scope_reads_principal_id_parent_id_pk" PRIMARY KEY("principal_id","parent_id")
);
--> statement-breakpoint
CREATE TABLE "child_scopes" (
	"principal_id" text NOT NULL,
	"parent_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "child_scopes_principal_id_parent_id_id_pk" PRIMARY KEY("principal_id","parent_id","id")
);
--> statement-breakpoint
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
CREATE TABLE "on_call_occurrences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"window_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"refusal" text,
	"refusal_passes" boolean DEFAULT false NOT NULL,
	CONSTRAINT "on_call_occurrences_end_after_start" CHECK (ends_at > starts_at)
);
--> statement-breakpoint
CREATE TABLE "on_call_windows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"roles" jsonb NOT NULL,
	"pattern" jsonb NOT NULL,
	"justification" text NOT NULL,
	"ticket_number" text NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bundle_roles" (
	"bundle_id" uuid NOT NULL,
	"place" integer NOT NULL,
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"role_name" text NOT NULL,
	"scope_name" text NOT NULL,
	"scope_kind" text NOT NULL,
	"minutes" integer,
	CONSTRAINT "bundle_roles_bundle_id_plane_role_id_scope_id_pk" PRIMARY KEY("bundle_id","plane","role_id","scope_id")
);
--> statement-breakpoint
CREATE TABLE "bundle_shares" (
	"bundle_id" uuid NOT NULL,
	"principal_id" text NOT NULL,
	"name" text NOT NULL,
	"is_group" boolean NOT NULL,
	CONSTRAINT "bundle_shares_bundle_id_principal_id_pk" PRIMARY KEY("bundle_id","principal_id")
);
--> statement-breakpoint
CREATE TABLE "bundles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"owner_id" text NOT NULL,
	"owner_name" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "favourites" (
	"person_id" text NOT NULL,
	"role_key" text NOT NULL,
	"place" integer,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "favourites_person_id_role_key_pk" PRIMARY KEY("person_id","role_key")
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
CREATE TABLE "role_speeds" (
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"active_p50" integer,
	"active_p95" integer,
	"active_count" integer NOT NULL,
	"usable_p50" integer,
	"usable_p95" integer,
	"usable_count" integer NOT NULL,
	"learned_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "role_speeds_plane_role_id_scope_id_pk" PRIMARY KEY("plane","role_id","scope_id")
);
--> statement-breakpoint
CREATE TABLE "step_up_proofs" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"act" text NOT NULL,
	"signed_in_at" timestamp (3) with time zone NOT NULL,
	"contexts" jsonb NOT NULL,
	"taken_at" timestamp (3) with time zone,
	"kept_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tellings" (
	"event" text NOT NULL,
	"list" text NOT NULL,
	"place" text NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL,
	"again_at" timestamp (3) with time zone,
	CONSTRAINT "tellings_event_list_place_pk" PRIMARY KEY("event","list","place")
);
--> statement-breakpoint
CREATE TABLE "ticket_checks" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"system_id" uuid NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"state" text NOT NULL,
	"url" text,
	"verdict" text NOT NULL,
	"note" text,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"next_check_at" timestamp (3) with time zone,
	"quiet" integer DEFAULT 0 NOT NULL,
	"tells" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ticket_comments" (
	"request_id" uuid NOT NULL,
	"moment" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"written_at" timestamp (3) with time zone,
	CONSTRAINT "ticket_comments_request_id_moment_pk" PRIMARY KEY("request_id","moment"),
	CONSTRAINT "ticket_comments_moment" CHECK (moment in ('grant', 'end'))
);
--> statement-breakpoint
CREATE TABLE "ticket_faults" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"system_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"why" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ticket_systems" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"base_url" text NOT NULL,
	"project" text NOT NULL,
	"patterns" jsonb NOT NULL,
	"closed_states" jsonb NOT NULL,
	"template" jsonb,
	"rules" jsonb NOT NULL,
	"enabled" boolean NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by_name" text NOT NULL,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "requests_one_live";--> statement-breakpoint
ALTER TABLE "inventory_parts" ADD COLUMN "told" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "inventory_runs" ADD COLUMN "kind" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "challenge" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "eligible_scope_id" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "follows_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "waits_for_end" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "after_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "bundle_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "occurrence_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "challenge" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "needs_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "usable_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "probe" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "end_after" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "needs" ADD CONSTRAINT "needs_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "on_call_occurrences" ADD CONSTRAINT "on_call_occurrences_window_id_on_call_windows_id_fk" FOREIGN KEY ("window_id") REFERENCES "public"."on_call_windows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bundle_roles" ADD CONSTRAINT "bundle_roles_bundle_id_bundles_id_fk" FOREIGN KEY ("bundle_id") REFERENCES "public"."bundles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bundle_shares" ADD CONSTRAINT "bundle_shares_bundle_id_bundles_id_fk" FOREIGN KEY ("bundle_id") REFERENCES "public"."bundles"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_checks" ADD CONSTRAINT "ticket_checks_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_checks" ADD CONSTRAINT "ticket_checks_system_id_ticket_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."ticket_systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_comments" ADD CONSTRAINT "ticket_comments_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_faults" ADD CONSTRAINT "ticket_faults_system_id_ticket_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."ticket_systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "needs_one_open_a_ticket" ON "needs" USING btree ("request_id","ticket_number") WHERE released_at is null;--> statement-breakpoint
CREATE INDEX "needs_by_request" ON "needs" USING btree ("request_id","added_at");--> statement-breakpoint
CREATE UNIQUE INDEX "on_call_occurrences_once_each" ON "on_call_occurrences" USING btree ("window_id","starts_at");--> statement-breakpoint
CREATE INDEX "on_call_occurrences_by_person" ON "on_call_occurrences" USING btree ("person_id","starts_at");--> statement-breakpoint
CREATE INDEX "on_call_occurrences_over" ON "on_call_occurrences" USING btree ("ends_at") WHERE state = 'planned';--> statement-breakpoint
CREATE INDEX "on_call_windows_by_person" ON "on_call_windows" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "bundle_shares_by_principal" ON "bundle_shares" USING btree ("principal_id");--> statement-breakpoint
CREATE INDEX "bundles_by_owner" ON "bundles" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "bundles_shared" ON "bundles" USING btree ("name") WHERE shared;--> statement-breakpoint
CREATE UNIQUE INDEX "session_revocations_one_open" ON "session_revocations" USING btree ("person_id") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "step_up_proofs_by_act" ON "step_up_proofs" USING btree ("session_id","act");--> statement-breakpoint
CREATE INDEX "tellings_again" ON "tellings" USING btree ("again_at");--> statement-breakpoint
CREATE INDEX "tellings_by_time" ON "tellings" USING btree ("told_at");--> statement-breakpoint
CREATE INDEX "ticket_checks_due" ON "ticket_checks" USING btree ("next_check_at") WHERE next_check_at is not null;--> statement-breakpoint
CREATE INDEX "ticket_checks_telling" ON "ticket_checks" USING btree ("request_id") WHERE tells;--> statement-breakpoint
CREATE INDEX "ticket_checks_broken" ON "ticket_checks" USING btree ("request_id") WHERE verdict = 'broken';--> statement-breakpoint
CREATE INDEX "ticket_faults_by_system" ON "ticket_faults" USING btree ("system_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_systems_by_name" ON "ticket_systems" USING btree (lower("name"));--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_follows_id_requests_id_fk" FOREIGN KEY ("follows_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_after_id_requests_id_fk" FOREIGN KEY ("after_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inventory_parts_by_place" ON "inventory_parts" USING btree ("list","place");--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_follow_on" ON "requests" USING btree ("follows_id") WHERE status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing');--> statement-breakpoint
CREATE INDEX "requests_after" ON "requests" USING btree ("after_id") WHERE after_id is not null;--> statement-breakpoint
CREATE INDEX "requests_occurrence" ON "requests" USING btree ("occurrence_id") WHERE occurrence_id is not null;--> statement-breakpoint
CREATE INDEX "requests_follows" ON "requests" USING btree ("follows_id") WHERE follows_id is not null;--> statement-breakpoint
CREATE INDEX "requests_to_end" ON "requests" USING btree ("end_after") WHERE end_after is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_live" ON "requests" USING btree ("requester_id","plane","role_id",lower("scope_id")) WHERE status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing') and not waits_for_end;
CREATE TABLE "audit_entries" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"details" jsonb NOT NULL,
	"trace_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refusals" (
	"who" text NOT NULL,
	"name" text,
	"door" text NOT NULL,
	"code" text NOT NULL,
	"times" integer NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refusals_who_door_code_pk" PRIMARY KEY("who","door","code")
);
--> statement-breakpoint
CREATE TABLE "clock_offset" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"seconds" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "heartbeats" (
	"name" text PRIMARY KEY NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mirror_active" (
	"principal_id" text NOT NULL,
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"role_name" text NOT NULL,
	"scope_name" text NOT NULL,
	"scope_kind" text NOT NULL,
	"kind" text NOT NULL,
	"starts_at" timestamp (3) with time zone,
	"ends_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "mirror_eligible" (
	"principal_id" text NOT NULL,
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"role_name" text NOT NULL,
	"scope_name" text NOT NULL,
	"scope_kind" text NOT NULL,
	"eligibility_id" text NOT NULL,
	"through_group_id" text,
	"through_group_name" text,
	"ends_at" timestamp (3) with time zone,
	CONSTRAINT "mirror_eligible_principal_id_plane_role_id_scope_id_pk" PRIMARY KEY("principal_id","plane","role_id","scope_id")
);
--> statement-breakpoint
CREATE TABLE "mirror_policies" (
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"facts" jsonb,
	"failure" text,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mirror_policies_plane_role_id_scope_id_pk" PRIMARY KEY("plane","role_id","scope_id")
);
--> statement-breakpoint
CREATE TABLE "mirror_roles" (
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"definition" jsonb NOT NULL,
	"is_privileged" boolean,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mirror_roles_plane_role_id_pk" PRIMARY KEY("plane","role_id")
);
--> statement-breakpoint
CREATE TABLE "mirror_runs" (
	"principal_id" text NOT NULL,
	"plane" text NOT NULL,
	"read_at" timestamp (3) with time zone,
	"tried_at" timestamp (3) with time zone NOT NULL,
	"failure" text,
	CONSTRAINT "mirror_runs_principal_id_plane_pk" PRIMARY KEY("principal_id","plane")
);
--> statement-breakpoint
CREATE TABLE "act_tokens" (
	"act_id" uuid NOT NULL,
	"audience" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "act_tokens_act_id_audience_pk" PRIMARY KEY("act_id","audience")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"object_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"upn" text,
	"kind" text NOT NULL,
	"job_title" text,
	"department" text,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"secret_hash" text NOT NULL,
	"object_id" text NOT NULL,
	"tenant_id" text NOT NULL,
	"name" text NOT NULL,
	"upn" text NOT NULL,
	"roles" jsonb NOT NULL,
	"sid" text,
	"login_hint" text,
	"sealed_tokens" "bytea",
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"end_cause" text,
	CONSTRAINT "sessions_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"requester_id" text NOT NULL,
	"approver_id" text NOT NULL,
	"approver_name" text NOT NULL,
	"approve" boolean NOT NULL,
	"justification" text NOT NULL,
	"state" text NOT NULL,
	"origin" text NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	"failure" text,
	CONSTRAINT "decisions_never_own" CHECK (approver_id <> requester_id)
);
--> statement-breakpoint
CREATE TABLE "request_approvers" (
	"request_id" uuid NOT NULL,
	"approver_id" text NOT NULL,
	"approver_name" text NOT NULL,
	"through" text,
	CONSTRAINT "request_approvers_request_id_approver_id_pk" PRIMARY KEY("request_id","approver_id")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"origin" text NOT NULL,
	"requester_id" text NOT NULL,
	"requester_name" text NOT NULL,
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"role_name" text NOT NULL,
	"scope_name" text NOT NULL,
	"scope_kind" text NOT NULL,
	"eligibility_id" text NOT NULL,
	"justification" text NOT NULL,
	"ticket_number" text NOT NULL,
	"minutes" integer NOT NULL,
	"wanted_start_at" timestamp (3) with time zone,
	"status" text NOT NULL,
	"policy" jsonb,
	"filed_at" timestamp (3) with time zone NOT NULL,
	"azure_id" text,
	"approval_id" text,
	"waiting_since" timestamp (3) with time zone,
	"starts_at" timestamp (3) with time zone,
	"ends_at" timestamp (3) with time zone,
	"active_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"end_cause" text,
	"failure" text,
	"check_at" timestamp (3) with time zone,
	"misses" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "requests_at_least_a_minute" CHECK (minutes >= 1),
	CONSTRAINT "requests_end_after_start" CHECK (ends_at is null or starts_at is null or ends_at > starts_at),
	CONSTRAINT "requests_status" CHECK (status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing', 'ended', 'denied', 'withdrawn', 'lapsed', 'failed'))
);
--> statement-breakpoint
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
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_approvers" ADD CONSTRAINT "request_approvers_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "differences" ADD CONSTRAINT "differences_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_by_subject" ON "audit_entries" USING btree ("subject_kind","subject_id","seq");--> statement-breakpoint
CREATE INDEX "mirror_active_by_person" ON "mirror_active" USING btree ("principal_id");--> statement-breakpoint
CREATE INDEX "sessions_by_person" ON "sessions" USING btree ("object_id");--> statement-breakpoint
CREATE INDEX "sessions_by_sid" ON "sessions" USING btree ("sid");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_first_wins" ON "decisions" USING btree ("request_id") WHERE state in ('intended', 'recorded');--> statement-breakpoint
CREATE INDEX "decisions_by_approver" ON "decisions" USING btree ("approver_id","decided_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "request_approvers_by_person" ON "request_approvers" USING btree ("approver_id");--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_live" ON "requests" USING btree ("requester_id","plane","role_id","scope_id") WHERE status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing');--> statement-breakpoint
CREATE UNIQUE INDEX "requests_azure_id" ON "requests" USING btree ("plane","azure_id") WHERE azure_id is not null;--> statement-breakpoint
CREATE INDEX "requests_by_requester" ON "requests" USING btree ("requester_id","filed_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_history" ON "requests" USING btree ("filed_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "requests_due" ON "requests" USING btree ("check_at") WHERE check_at is not null;--> statement-breakpoint
CREATE INDEX "requests_submission" ON "requests" USING btree ("submission_id");--> statement-breakpoint
CREATE UNIQUE INDEX "differences_one_open" ON "differences" USING btree ("kind","principal_id","plane","role_id","scope_id") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "differences_by_end" ON "differences" USING btree ("resolved_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "watch_runs_one_open" ON "watch_runs" USING btree ("plane") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "watch_runs_by_plane" ON "watch_runs" USING btree ("plane","started_at" DESC NULLS LAST);
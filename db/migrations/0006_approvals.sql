CREATE TABLE "absences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"deputy_id" text,
	"deputy_name" text,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"note" text NOT NULL,
	"set_by_id" text NOT NULL,
	"set_by_name" text NOT NULL,
	"begun_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "absences_end_after_start" CHECK (ends_at > starts_at),
	CONSTRAINT "absences_never_own_deputy" CHECK (deputy_id <> person_id)
);
--> statement-breakpoint
CREATE TABLE "approval_policies" (
	"version" integer PRIMARY KEY NOT NULL,
	"document" jsonb NOT NULL,
	"note" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by_id" text NOT NULL,
	"changed_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "linked_accounts" (
	"account_id" text PRIMARY KEY NOT NULL,
	"account_name" text NOT NULL,
	"owner_id" text NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL,
	"linked_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"terms" jsonb NOT NULL,
	"reason" text NOT NULL,
	"stage" integer NOT NULL,
	"signs" boolean NOT NULL,
	"state" text NOT NULL,
	"offered_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "request_approvals" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"policy_version" integer NOT NULL,
	"rule" jsonb NOT NULL,
	"state" text NOT NULL,
	"stage" integer DEFAULT 0 NOT NULL,
	"stage_since" timestamp (3) with time zone NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"escalated_at" timestamp (3) with time zone,
	"nudged_at" timestamp (3) with time zone,
	"lapses_at" timestamp (3) with time zone NOT NULL,
	"use_by" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone,
	"approved_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone NOT NULL,
	"failure" text,
	"due_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"text" text NOT NULL,
	"said_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signatures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"requester_id" text NOT NULL,
	"stage" integer NOT NULL,
	"approver_id" text NOT NULL,
	"approver_name" text NOT NULL,
	"for_id" text,
	"for_name" text,
	"approve" boolean NOT NULL,
	"justification" text NOT NULL,
	"terms" jsonb NOT NULL,
	"via" text NOT NULL,
	"state" text NOT NULL,
	"failure" text,
	"signed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signatures_never_own" CHECK (approver_id <> requester_id)
);
--> statement-breakpoint
CREATE TABLE "stage_approvers" (
	"request_id" uuid NOT NULL,
	"stage" integer NOT NULL,
	"approver_id" text NOT NULL,
	"approver_name" text NOT NULL,
	"through" text,
	"for_id" text,
	"for_name" text,
	"is_escalated" boolean DEFAULT false NOT NULL,
	"handed_to_id" text,
	"named_at" timestamp (3) with time zone DEFAULT stint_now() NOT NULL,
	CONSTRAINT "stage_approvers_request_id_stage_approver_id_pk" PRIMARY KEY("request_id","stage","approver_id")
);
--> statement-breakpoint
CREATE TABLE "unlinked_accounts" (
	"account_id" text NOT NULL,
	"other_id" text NOT NULL,
	"unlinked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unlinked_accounts_account_id_other_id_unlinked_at_pk" PRIMARY KEY("account_id","other_id","unlinked_at")
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"person_id" text NOT NULL,
	"request_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "watches_person_id_request_id_pk" PRIMARY KEY("person_id","request_id")
);
--> statement-breakpoint
CREATE TABLE "chat_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"chat" text NOT NULL,
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"workspace_name" text NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"linked_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "chat_conversations" (
	"chat" text NOT NULL,
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"service_url" text NOT NULL,
	"conversation_id" text NOT NULL,
	"member_id" text NOT NULL,
	"bot_id" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "chat_conversations_chat_workspace_id_user_id_pk" PRIMARY KEY("chat","workspace_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "chat_links" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"chat" text NOT NULL,
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"workspace_name" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"claimed_by" jsonb,
	"digits_hash" text,
	"tries_left" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_seen" (
	"key" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_states" (
	"chat" text PRIMARY KEY NOT NULL,
	"heard_at" timestamp (3) with time zone,
	"refused_at" timestamp (3) with time zone,
	"refusal" text,
	"answered_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"letter_id" uuid,
	"event_id" uuid,
	"request_id" uuid,
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"is_held" boolean DEFAULT false NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"queued_at" timestamp (3) with time zone,
	"failure" text,
	"receipt" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "deliveries_of_one" CHECK ((letter_id is null) <> (event_id is null))
);
--> statement-breakpoint
CREATE TABLE "letter_preferences" (
	"person_id" text PRIMARY KEY NOT NULL,
	"preferences" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbound_channels" (
	"name" text PRIMARY KEY NOT NULL,
	"is_set_up" boolean NOT NULL,
	"by" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"events" jsonb NOT NULL,
	"sends_reasons" boolean NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"previous_secret" "bytea",
	"previous_until" timestamp (3) with time zone,
	"enabled" boolean NOT NULL,
	"disabled_why" text,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"data" jsonb NOT NULL,
	"happened_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pim_evaluations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"stage" text NOT NULL,
	"key" text NOT NULL,
	"outcome" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"principal_id" text NOT NULL,
	"principal_name" text NOT NULL,
	"plane" text,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"role_name" text NOT NULL,
	"scope_name" text NOT NULL,
	"action" text,
	"minutes" integer,
	"starts_at" timestamp (3) with time zone,
	"ticket_number" text NOT NULL,
	"azure_id" text,
	"request_id" uuid,
	"deliveries" integer DEFAULT 1 NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scope_tree" (
	"id" text PRIMARY KEY NOT NULL,
	"parent_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"list" text NOT NULL,
	"seen_in" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "letters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dedupe_key" text NOT NULL,
	"kind" text NOT NULL,
	"person_id" text NOT NULL,
	"request_id" uuid,
	"facts" jsonb NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "letters_dedupe_key_unique" UNIQUE("dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "duty_overrides" (
	"id" uuid PRIMARY KEY NOT NULL,
	"schedule_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"made_by_name" text NOT NULL,
	"called_off_at" timestamp (3) with time zone,
	CONSTRAINT "duty_overrides_end_after_start" CHECK (ends_at > starts_at)
);
--> statement-breakpoint
CREATE TABLE "duty_schedules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"rotation" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by_name" text NOT NULL,
	CONSTRAINT "duty_schedules_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "ticket_holds" (
	"request_id" uuid NOT NULL,
	"number" text NOT NULL,
	"system_id" uuid NOT NULL,
	"key" text NOT NULL,
	"next_look_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_state" text,
	"ending" text,
	CONSTRAINT "ticket_holds_request_id_number_pk" PRIMARY KEY("request_id","number")
);
--> statement-breakpoint
CREATE TABLE "viewer_zones" (
	"person_id" text PRIMARY KEY NOT NULL,
	"zone" text NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "requests" DROP CONSTRAINT "requests_status";--> statement-breakpoint
DROP INDEX "requests_one_live";--> statement-breakpoint
DROP INDEX "requests_one_follow_on";--> statement-breakpoint
ALTER TABLE "inventory_runs" ADD COLUMN "policies_unread" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "principals" ADD COLUMN "mail" text;--> statement-breakpoint
ALTER TABLE "needs" ADD COLUMN "ticket" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "bypass_judged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "bypassed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "access_changes" ADD COLUMN "request_id" uuid;--> statement-breakpoint
ALTER TABLE "ticket_systems" ADD COLUMN "changed_by_id" text;--> statement-breakpoint
ALTER TABLE "offers" ADD CONSTRAINT "offers_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_approvals" ADD CONSTRAINT "request_approvals_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_messages" ADD CONSTRAINT "request_messages_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signatures" ADD CONSTRAINT "signatures_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_approvers" ADD CONSTRAINT "stage_approvers_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_letter_id_letters_id_fk" FOREIGN KEY ("letter_id") REFERENCES "public"."letters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_event_id_webhook_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."webhook_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pim_evaluations" ADD CONSTRAINT "pim_evaluations_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letters" ADD CONSTRAINT "letters_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty_overrides" ADD CONSTRAINT "duty_overrides_schedule_id_duty_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."duty_schedules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_holds" ADD CONSTRAINT "ticket_holds_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_holds" ADD CONSTRAINT "ticket_holds_system_id_ticket_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."ticket_systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absences_by_person" ON "absences" USING btree ("person_id","ends_at");--> statement-breakpoint
CREATE INDEX "absences_by_deputy" ON "absences" USING btree ("deputy_id","ends_at");--> statement-breakpoint
CREATE INDEX "absences_open" ON "absences" USING btree ("starts_at") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "linked_accounts_by_owner" ON "linked_accounts" USING btree ("owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "offers_one_open" ON "offers" USING btree ("request_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "offers_by_request" ON "offers" USING btree ("request_id","offered_at");--> statement-breakpoint
CREATE INDEX "request_approvals_due" ON "request_approvals" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "request_approvals_waiting" ON "request_approvals" USING btree ("stage_since") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "request_messages_by_request" ON "request_messages" USING btree ("request_id","said_at");--> statement-breakpoint
CREATE UNIQUE INDEX "signatures_once_each" ON "signatures" USING btree ("request_id","approver_id") WHERE state in ('intended', 'recorded');--> statement-breakpoint
CREATE INDEX "signatures_by_approver" ON "signatures" USING btree ("approver_id","signed_at");--> statement-breakpoint
CREATE INDEX "signatures_by_request" ON "signatures" USING btree ("request_id","signed_at");--> statement-breakpoint
CREATE INDEX "signatures_by_state" ON "signatures" USING btree ("state","signed_at");--> statement-breakpoint
CREATE INDEX "stage_approvers_lately" ON "stage_approvers" USING btree ("approver_id","named_at");--> statement-breakpoint
CREATE INDEX "unlinked_accounts_lately" ON "unlinked_accounts" USING btree ("unlinked_at");--> statement-breakpoint
CREATE INDEX "watches_by_request" ON "watches" USING btree ("request_id");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_accounts_one_person" ON "chat_accounts" USING btree ("chat","workspace_id","user_id") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "chat_accounts_one_each" ON "chat_accounts" USING btree ("person_id","chat") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "chat_links_newest" ON "chat_links" USING btree ("chat","workspace_id","user_id");--> statement-breakpoint
CREATE INDEX "chat_seen_over" ON "chat_seen" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_of_letter" ON "deliveries" USING btree ("letter_id","channel","address");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_of_event" ON "deliveries" USING btree ("event_id","address");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "deliveries_cards" ON "deliveries" USING btree ("request_id") WHERE receipt is not null;--> statement-breakpoint
CREATE INDEX "deliveries_failing" ON "deliveries" USING btree ("created_at","id") WHERE state in ('failed', 'dead');--> statement-breakpoint
CREATE INDEX "deliveries_latest" ON "deliveries" USING btree ("channel","sent_at") WHERE sent_at is not null;--> statement-breakpoint
CREATE INDEX "deliveries_over" ON "deliveries" USING btree ("created_at") WHERE due_at is null;--> statement-breakpoint
CREATE INDEX "webhook_events_by_age" ON "webhook_events" USING btree ("happened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "pim_evaluations_once" ON "pim_evaluations" USING btree ("stage","key") WHERE azure_id is not null;--> statement-breakpoint
CREATE INDEX "pim_evaluations_by_key" ON "pim_evaluations" USING btree ("key","at");--> statement-breakpoint
CREATE INDEX "pim_evaluations_lately" ON "pim_evaluations" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "pim_evaluations_by_principal" ON "pim_evaluations" USING btree ("principal_id","at");--> statement-breakpoint
CREATE INDEX "pim_evaluations_by_request" ON "pim_evaluations" USING btree ("request_id") WHERE request_id is not null;--> statement-breakpoint
CREATE INDEX "scope_tree_by_parent" ON "scope_tree" USING btree ("parent_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "letters_by_person" ON "letters" USING btree ("person_id","written_at","id");--> statement-breakpoint
CREATE INDEX "letters_unread" ON "letters" USING btree ("person_id") WHERE read_at is null;--> statement-breakpoint
CREATE INDEX "letters_by_request" ON "letters" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "letters_by_age" ON "letters" USING btree ("written_at");--> statement-breakpoint
CREATE INDEX "duty_overrides_by_end" ON "duty_overrides" USING btree ("schedule_id","ends_at") WHERE called_off_at is null;--> statement-breakpoint
CREATE INDEX "ticket_holds_by_ticket" ON "ticket_holds" USING btree ("system_id","key");--> statement-breakpoint
CREATE INDEX "ticket_holds_due" ON "ticket_holds" USING btree ("next_look_at");--> statement-breakpoint
CREATE INDEX "use_events_by_role" ON "use_events" USING btree ("role_id","scope_id","at" DESC NULLS LAST) WHERE what = 'begun';--> statement-breakpoint
CREATE INDEX "requests_to_judge" ON "requests" USING btree ("plane") WHERE origin = 'azure' and status = 'active' and bypass_judged_at is null;--> statement-breakpoint
CREATE INDEX "requests_bypassed" ON "requests" USING btree ("bypassed_at") WHERE bypassed_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "access_changes_once_a_request" ON "access_changes" USING btree ("request_id") WHERE request_id is not null and state <> 'withdrawn';--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_live" ON "requests" USING btree ("requester_id","plane","role_id",lower("scope_id")) WHERE status in ('awaiting_signatures', 'approved', 'filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing') and not waits_for_end;--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_follow_on" ON "requests" USING btree ("follows_id") WHERE status in ('awaiting_signatures', 'approved', 'filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing');--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_status" CHECK (status in ('awaiting_signatures', 'approved', 'filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing', 'ended', 'denied', 'withdrawn', 'lapsed', 'failed'));
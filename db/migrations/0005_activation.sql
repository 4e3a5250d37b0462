CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"changed_by_id" text NOT NULL,
	"changed_by_name" text NOT NULL
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
ALTER TABLE "requests" ADD COLUMN "eligible_scope_id" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "follows_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "waits_for_end" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "after_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "bundle_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "occurrence_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "challenge" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "usable_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "ticket_checks" ADD CONSTRAINT "ticket_checks_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_checks" ADD CONSTRAINT "ticket_checks_system_id_ticket_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."ticket_systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_comments" ADD CONSTRAINT "ticket_comments_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_faults" ADD CONSTRAINT "ticket_faults_system_id_ticket_systems_id_fk" FOREIGN KEY ("system_id") REFERENCES "public"."ticket_systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ticket_checks_due" ON "ticket_checks" USING btree ("next_check_at") WHERE next_check_at is not null;--> statement-breakpoint
CREATE INDEX "ticket_checks_telling" ON "ticket_checks" USING btree ("request_id") WHERE tells;--> statement-breakpoint
CREATE INDEX "ticket_checks_closed" ON "ticket_checks" USING btree ("request_id") WHERE verdict = 'closed';--> statement-breakpoint
CREATE INDEX "ticket_faults_by_system" ON "ticket_faults" USING btree ("system_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_systems_by_name" ON "ticket_systems" USING btree (lower("name"));--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_follows_id_requests_id_fk" FOREIGN KEY ("follows_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_after_id_requests_id_fk" FOREIGN KEY ("after_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_follow_on" ON "requests" USING btree ("follows_id") WHERE status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing');--> statement-breakpoint
CREATE UNIQUE INDEX "requests_one_live" ON "requests" USING btree ("requester_id","plane","role_id","scope_id") WHERE status in ('filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'active', 'ending', 'withdrawing') and not waits_for_end;
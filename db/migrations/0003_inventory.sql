CREATE TABLE "assignments" (
	"id" text PRIMARY KEY NOT NULL,
	"list" text NOT NULL,
	"place" text NOT NULL,
	"plane" text NOT NULL,
	"kind" text NOT NULL,
	"role_id" text NOT NULL,
	"role_name" text NOT NULL,
	"scope_id" text NOT NULL,
	"scope_name" text NOT NULL,
	"scope_kind" text NOT NULL,
	"principal_id" text NOT NULL,
	"azure_id" text NOT NULL,
	"schedule_id" text,
	"condition" text,
	"condition_version" text,
	"starts_at" timestamp (3) with time zone,
	"ends_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone,
	"seen_in" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "inventory_parts" (
	"run_id" uuid NOT NULL,
	"list" text NOT NULL,
	"place" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"cursor" text,
	"pages" integer DEFAULT 0 NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"failure" text,
	CONSTRAINT "inventory_parts_run_id_list_place_pk" PRIMARY KEY("run_id","list","place")
);
--> statement-breakpoint
CREATE TABLE "inventory_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"gone_on_at" timestamp (3) with time zone NOT NULL,
	"appeared" integer DEFAULT 0 NOT NULL,
	"gone" integer DEFAULT 0 NOT NULL,
	"totals" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"group_id" text NOT NULL,
	"member_id" text NOT NULL,
	"seen_in" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	CONSTRAINT "memberships_group_id_member_id_pk" PRIMARY KEY("group_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "principals" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"upn" text,
	"enabled" boolean,
	"app_id" text,
	"home_tenant_id" text,
	"resource_id" text,
	"job_title" text,
	"department" text,
	"created_at" timestamp (3) with time zone,
	"last_sign_in_at" timestamp (3) with time zone,
	"is_role_assignable" boolean,
	"is_restricted" boolean,
	"list" text NOT NULL,
	"seen_in" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "responsibles" (
	"principal_id" text NOT NULL,
	"responsible_id" text NOT NULL,
	"as" text NOT NULL,
	"list" text NOT NULL,
	"seen_in" uuid NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"gone_at" timestamp (3) with time zone,
	CONSTRAINT "responsibles_principal_id_responsible_id_as_pk" PRIMARY KEY("principal_id","responsible_id","as")
);
--> statement-breakpoint
ALTER TABLE "inventory_parts" ADD CONSTRAINT "inventory_parts_run_id_inventory_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."inventory_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "assignments_by_principal" ON "assignments" USING btree ("principal_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "assignments_by_role" ON "assignments" USING btree ("plane","role_id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "assignments_by_place" ON "assignments" USING btree ("list","place") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "assignments_by_name" ON "assignments" USING btree (lower("role_name"),"id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "inventory_parts_waiting" ON "inventory_parts" USING btree ("run_id","leased_until") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "inventory_runs_one_open" ON "inventory_runs" USING btree ((finished_at is null)) WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "inventory_runs_by_start" ON "inventory_runs" USING btree ("started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "memberships_by_member" ON "memberships" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "principals_by_name" ON "principals" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "responsibles_by_responsible" ON "responsibles" USING btree ("responsible_id");
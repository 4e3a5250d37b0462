-- The parts of a name, one to three characters long, lower case: what a search for any part of it finds by index.
CREATE FUNCTION name_parts(name text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(lower(name), place, size)), '{}')
  FROM generate_series(1, length(lower(name))) place, generate_series(1, 3) size
  WHERE place + size <= length(lower(name)) + 1
$$;--> statement-breakpoint
CREATE TABLE "requester_names" (
	"requester_id" text NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "role_names" (
	"plane" text NOT NULL,
	"role_id" text NOT NULL,
	"scope_id" text NOT NULL,
	"role_name" text NOT NULL,
	"scope_name" text NOT NULL
);
--> statement-breakpoint
DROP INDEX "request_approvers_by_person";--> statement-breakpoint
DROP INDEX "decisions_by_approver";--> statement-breakpoint
DROP INDEX "requests_by_requester";--> statement-breakpoint
DROP INDEX "requests_history";--> statement-breakpoint
DROP INDEX "differences_by_end";--> statement-breakpoint
DROP INDEX "watch_runs_by_plane";--> statement-breakpoint
ALTER TABLE "request_approvers" ADD COLUMN "named_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "request_approvers" a SET "named_at" = coalesce(r."waiting_since", r."filed_at") FROM "requests" r WHERE r."id" = a."request_id";--> statement-breakpoint
ALTER TABLE "request_approvers" ALTER COLUMN "named_at" SET DEFAULT stint_now(), ALTER COLUMN "named_at" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "requester_names_known" ON "requester_names" USING btree ("requester_id");--> statement-breakpoint
CREATE INDEX "requester_names_parts" ON "requester_names" USING gin (name_parts("name"));--> statement-breakpoint
CREATE INDEX "role_names_known" ON "role_names" USING btree ("plane","scope_id","role_id");--> statement-breakpoint
CREATE INDEX "role_names_parts" ON "role_names" USING gin (name_parts("role_name" || ' ' || "scope_name"));--> statement-breakpoint
CREATE INDEX "decisions_by_state" ON "decisions" USING btree ("state","decided_at");--> statement-breakpoint
CREATE INDEX "request_approvers_lately" ON "request_approvers" USING btree ("approver_id","named_at");--> statement-breakpoint
CREATE INDEX "requests_by_plane" ON "requests" USING btree ("plane","filed_at","id");--> statement-breakpoint
CREATE INDEX "requests_by_role" ON "requests" USING btree ((md5("plane" || '|' || "role_id" || '|' || "scope_id")::uuid),"filed_at","id");--> statement-breakpoint
CREATE INDEX "requests_not_ended" ON "requests" USING btree ("status","filed_at","id") WHERE status <> 'ended';--> statement-breakpoint
CREATE INDEX "decisions_by_approver" ON "decisions" USING btree ("approver_id","decided_at");--> statement-breakpoint
CREATE INDEX "requests_by_requester" ON "requests" USING btree ("requester_id","filed_at","id");--> statement-breakpoint
CREATE INDEX "requests_history" ON "requests" USING btree ("filed_at","id");--> statement-breakpoint
CREATE INDEX "differences_by_end" ON "differences" USING btree ("resolved_at");--> statement-breakpoint
CREATE INDEX "watch_runs_by_plane" ON "watch_runs" USING btree ("plane","started_at");--> statement-breakpoint
CREATE INDEX "audit_by_action" ON "audit_entries" USING btree ("action","seq");--> statement-breakpoint
CREATE INDEX "mirror_runs_by_age" ON "mirror_runs" USING btree ("read_at");--> statement-breakpoint
CREATE INDEX "mirror_runs_of_people" ON "mirror_runs" USING btree ("plane","read_at","failure") WHERE principal_id not like 'approvals:%';--> statement-breakpoint
INSERT INTO "requester_names" SELECT DISTINCT "requester_id", "requester_name" FROM "requests";--> statement-breakpoint
INSERT INTO "role_names" SELECT DISTINCT "plane", "role_id", "scope_id", "role_name", "scope_name" FROM "requests";--> statement-breakpoint
CREATE FUNCTION know_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM requester_names WHERE requester_id = NEW.requester_id AND name = NEW.requester_name) THEN
    INSERT INTO requester_names VALUES (NEW.requester_id, NEW.requester_name);
  END IF;
  IF NOT EXISTS (SELECT FROM role_names WHERE plane = NEW.plane AND role_id = NEW.role_id AND scope_id = NEW.scope_id
    AND role_name = NEW.role_name AND scope_name = NEW.scope_name) THEN
    INSERT INTO role_names VALUES (NEW.plane, NEW.role_id, NEW.scope_id, NEW.role_name, NEW.scope_name);
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER requests_know_names AFTER INSERT OR UPDATE OF requester_name, role_name, scope_name ON "requests"
  FOR EACH ROW EXECUTE FUNCTION know_names();

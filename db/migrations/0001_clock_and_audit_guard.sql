-- Stint's one clock: the database's own, plus an offset that only the sandbox sets.
INSERT INTO "clock_offset" ("only", "seconds") VALUES (true, 0);--> statement-breakpoint
ALTER TABLE "clock_offset" ADD CONSTRAINT "clock_offset_one_row" CHECK ("only");--> statement-breakpoint
CREATE FUNCTION stint_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT clock_timestamp() + make_interval(secs => (SELECT seconds FROM clock_offset))
$$;--> statement-breakpoint
-- History is written once. Nobody who speaks through Stint's connection edits, deletes or empties it.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_entries is append-only: % refused', lower(TG_OP);
END
$$;--> statement-breakpoint
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_entries_never_emptied BEFORE TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

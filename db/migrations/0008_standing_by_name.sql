DROP INDEX "assignments_by_role";--> statement-breakpoint
CREATE INDEX "assignments_standing" ON "assignments" USING btree (lower("role_name"),"id") WHERE gone_at is null and kind = 'standing';--> statement-breakpoint
CREATE INDEX "assignments_by_role" ON "assignments" USING btree ("plane","role_id","kind") WHERE gone_at is null;
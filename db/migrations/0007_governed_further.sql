ALTER TABLE "findings" ADD COLUMN "parts" jsonb;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "editor_ids" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "access_changes_by_asker" ON "access_changes" USING btree ("asked_by_id","asked_at");
CREATE TABLE "tellings" (
	"event" text NOT NULL,
	"list" text NOT NULL,
	"place" text NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL,
	"again_at" timestamp (3) with time zone,
	CONSTRAINT "tellings_event_list_place_pk" PRIMARY KEY("event","list","place")
);
--> statement-breakpoint
ALTER TABLE "inventory_parts" ADD COLUMN "told" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "inventory_runs" ADD COLUMN "kind" text DEFAULT 'full' NOT NULL;--> statement-breakpoint
CREATE INDEX "tellings_again" ON "tellings" USING btree ("again_at");--> statement-breakpoint
CREATE INDEX "tellings_by_time" ON "tellings" USING btree ("told_at");--> statement-breakpoint
CREATE INDEX "inventory_parts_by_place" ON "inventory_parts" USING btree ("list","place");
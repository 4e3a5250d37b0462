import { pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** The time zone each person's browser last told: whoever waits for a signature sees whether it is night there. */
export const viewerZones = pgTable('viewer_zones', {
  personId: text('person_id').primaryKey(),
  /** An IANA name. */
  zone: text('zone').notNull(),
  toldAt: moment('told_at').notNull(),
});

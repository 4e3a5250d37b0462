import { boolean, doublePrecision, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** One row: what `stint_now()` adds to the database's clock. Only the sandbox ever sets it. */
export const clockOffset = pgTable('clock_offset', {
  only: boolean('only').primaryKey().default(true),
  seconds: doublePrecision('seconds').notNull(),
});

/** When each process that runs jobs last said it is alive; machine time. */
export const heartbeats = pgTable('heartbeats', {
  name: text('name').primaryKey(),
  beatAt: moment('beat_at').notNull(),
});

import { boolean, doublePrecision, pgTable } from 'drizzle-orm/pg-core';

/** One row: what `stint_now()` adds to the database's clock. Only the sandbox ever sets it. */
export const clockOffset = pgTable('clock_offset', {
  only: boolean('only').primaryKey().default(true),
  seconds: doublePrecision('seconds').notNull(),
});

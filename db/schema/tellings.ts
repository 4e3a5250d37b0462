import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { inventoryLists } from '#lib/domain/inventory.ts';
import { moment } from './columns.ts';

/** What Azure's logs told has changed, so that the same line is not followed twice. */
export const tellings = pgTable(
  'tellings',
  {
    /** The line's id in its log. */
    event: text('event').notNull(),
    list: text('list', { enum: inventoryLists }).notNull(),
    place: text('place').notNull(),
    toldAt: moment('told_at').notNull(),
    /** Lists lag behind the logs: read once more then. null: that was done. */
    againAt: moment('again_at'),
  },
  (t) => [
    primaryKey({ columns: [t.event, t.list, t.place] }),
    index('tellings_again').on(t.againAt),
    index('tellings_by_time').on(t.toldAt),
  ],
);

import { sql } from 'drizzle-orm';
import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** A person had all of their own sign-ins ended, in Entra and here. */
export const sessionRevocations = pgTable(
  'session_revocations',
  {
    id: uuid('id').primaryKey(),
    personId: text('person_id').notNull(),
    askedAt: moment('asked_at').notNull(),
    /** When Entra took it, or when it came to nothing; null: on its way. */
    doneAt: moment('done_at'),
    failure: text('failure'),
  },
  (t) => [uniqueIndex('session_revocations_one_open').on(t.personId).where(sql`done_at is null`)],
);

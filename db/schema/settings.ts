import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** What administrators decided about Stint itself: one row a subject, checked by its shape when it is read. */
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  /** Counts up: a form that was opened before somebody else saved writes nothing. */
  version: integer('version').notNull().default(1),
  changedAt: moment('changed_at').notNull(),
  changedById: text('changed_by_id').notNull(),
  changedByName: text('changed_by_name').notNull(),
});

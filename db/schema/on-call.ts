import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import {
  type OnCallPattern,
  type OnCallRole,
  occurrenceStates,
  onCallStatuses,
} from '#lib/domain/on-call.ts';
import { moment } from './columns.ts';

/** Roles somebody needs week by week. Each occurrence is an activation of its own, asked for by the person. */
export const onCallWindows = pgTable(
  'on_call_windows',
  {
    id: uuid('id').primaryKey(),
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    roles: jsonb('roles').$type<OnCallRole[]>().notNull(),
    pattern: jsonb('pattern').$type<OnCallPattern>().notNull(),
    justification: text('justification').notNull(),
    ticketNumber: text('ticket_number').notNull(),
    status: text('status', { enum: onCallStatuses }).notNull(),
    version: integer('version').notNull().default(1),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [index('on_call_windows_by_person').on(t.personId, t.createdAt)],
);

/** One time of a window. What became of it, its requests tell (`requests.occurrence_id`); without any it is missed. */
export const onCallOccurrences = pgTable(
  'on_call_occurrences',
  {
    id: uuid('id').primaryKey(),
    windowId: uuid('window_id')
      .notNull()
      .references(() => onCallWindows.id),
    personId: text('person_id').notNull(),
    startsAt: moment('starts_at').notNull(),
    endsAt: moment('ends_at').notNull(),
    state: text('state', { enum: occurrenceStates }).notNull(),
    /** Why Stint could not ask for it while its person was there. */
    refusal: text('refusal'),
    /** It is for now only: asked for once more when the person is there again. */
    refusalPasses: boolean('refusal_passes').notNull().default(false),
  },
  (t) => [
    uniqueIndex('on_call_occurrences_once_each').on(t.windowId, t.startsAt),
    index('on_call_occurrences_by_person').on(t.personId, t.startsAt),
    index('on_call_occurrences_over').on(t.endsAt).where(sql`state = 'planned'`),
    check('on_call_occurrences_end_after_start', sql`ends_at > starts_at`),
  ],
);

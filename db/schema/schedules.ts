import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { DutyRotation } from '#lib/domain/duty-schedule.ts';
import { moment } from './columns.ts';

/** Who is on call, in turn. Approval rules name schedules by id. */
export const dutySchedules = pgTable('duty_schedules', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull().unique(),
  rotation: jsonb('rotation').$type<DutyRotation>().notNull(),
  /** Counts up: who saves over another's change is told. */
  version: integer('version').notNull().default(1),
  changedAt: moment('changed_at').notNull(),
  changedByName: text('changed_by_name').notNull(),
});

/** Somebody else for a time. */
export const dutyOverrides = pgTable(
  'duty_overrides',
  {
    id: uuid('id').primaryKey(),
    scheduleId: uuid('schedule_id')
      .notNull()
      .references(() => dutySchedules.id),
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    startsAt: moment('starts_at').notNull(),
    endsAt: moment('ends_at').notNull(),
    madeAt: moment('made_at').notNull(),
    madeByName: text('made_by_name').notNull(),
    /** Called off: it counts no more. */
    calledOffAt: moment('called_off_at'),
  },
  (t) => [
    index('duty_overrides_by_end').on(t.scheduleId, t.endsAt).where(sql`called_off_at is null`),
    check('duty_overrides_end_after_start', sql`ends_at > starts_at`),
  ],
);

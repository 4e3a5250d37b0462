import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { scopeKinds } from '#lib/domain/assignment.ts';
import { differenceEnds, differenceKinds } from '#lib/domain/difference.ts';
import { planes } from '#lib/domain/plane.ts';
import { moment } from './columns.ts';
import { requests } from './requests.ts';

/** Readings of every activation of a plane, the last days of them. One at a time per plane, whoever works. */
export const watchRuns = pgTable(
  'watch_runs',
  {
    id: uuid('id').primaryKey(),
    plane: text('plane', { enum: planes }).notNull(),
    startedAt: moment('started_at').notNull(),
    finishedAt: moment('finished_at'),
    /** Places that answered, activations they hold, those put on record, and differences found. */
    places: integer('places').notNull().default(0),
    held: integer('held').notNull().default(0),
    recorded: integer('recorded').notNull().default(0),
    differing: integer('differing').notNull().default(0),
    /** Places that did not answer: what they hold stays unknown, and nothing is concluded from it. */
    gaps: jsonb('gaps').$type<{ place: string; why: string }[]>().notNull().default([]),
    /** Why nothing was read, or not believed; null: it was. */
    failure: text('failure'),
  },
  (t) => [
    uniqueIndex('watch_runs_one_open').on(t.plane).where(sql`finished_at is null`),
    index('watch_runs_by_plane').on(t.plane, t.startedAt),
  ],
);

/** Where Azure and Stint's record differed: open until a later reading shows that it is over. */
export const differences = pgTable(
  'differences',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: differenceKinds }).notNull(),
    plane: text('plane', { enum: planes }).notNull(),
    roleId: text('role_id').notNull(),
    scopeId: text('scope_id').notNull(),
    roleName: text('role_name').notNull(),
    scopeName: text('scope_name').notNull(),
    scopeKind: text('scope_kind', { enum: scopeKinds }).notNull(),
    principalId: text('principal_id').notNull(),
    principalName: text('principal_name').notNull(),
    requestId: uuid('request_id').references(() => requests.id),
    firstSeenAt: moment('first_seen_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
    resolvedAt: moment('resolved_at'),
    resolution: text('resolution', { enum: differenceEnds }),
  },
  (t) => [
    uniqueIndex('differences_one_open')
      .on(t.kind, t.principalId, t.plane, t.roleId, t.scopeId)
      .where(sql`resolved_at is null`),
    index('differences_by_end').on(t.resolvedAt),
    check('differences_end_whole', sql`(resolved_at is null) = (resolution is null)`),
  ],
);

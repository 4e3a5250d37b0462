import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { scopeKinds } from '#lib/domain/assignment.ts';
import { holdingKinds, inventoryLists, readingKinds, type Totals } from '#lib/domain/inventory.ts';
import { planes } from '#lib/domain/plane.ts';
import { principalKinds, responsibilities } from '#lib/domain/principal.ts';
import type { PrivilegeCount } from '#lib/domain/zero-standing.ts';
import { moment } from './columns.ts';

/**
 * Who holds what in the whole tenant, as the Reader last saw it. A row carries the reading that saw it last
 * (`seen_in`); what a complete list no longer shows keeps its row, with `gone_at`.
 */

const seen = {
  seenIn: uuid('seen_in').notNull(),
  firstSeenAt: moment('first_seen_at').notNull(),
  goneAt: moment('gone_at'),
};

/** Readings of the whole tenant. One at a time, whoever works. Their parts say for themselves what could not be read. */
export const inventoryRuns = pgTable(
  'inventory_runs',
  {
    id: uuid('id').primaryKey(),
    /** full: every list. changes: what the logs say has changed since, and little else. */
    kind: text('kind', { enum: readingKinds }).notNull().default('full'),
    startedAt: moment('started_at').notNull(),
    finishedAt: moment('finished_at'),
    /** When somebody last went on with it, by the machine's clock. */
    goneOnAt: moment('gone_on_at').notNull(),
    /** What it found new, and what it no longer found. */
    appeared: integer('appeared').notNull().default(0),
    gone: integer('gone').notNull().default(0),
    /** What it counted: the trend is drawn from these. */
    totals: jsonb('totals').$type<Totals[]>().notNull().default([]),
    /** What of it is privileged, for the score; null until it was judged. */
    privilege: jsonb('privilege').$type<PrivilegeCount>(),
    /** Roles at resource groups and resources that somebody is eligible for by settings never read so far. */
    policiesUnread: integer('policies_unread').notNull().default(0),
  },
  (t) => [
    uniqueIndex('inventory_runs_one_open').on(sql`(finished_at is null)`).where(sql`finished_at is null`),
    index('inventory_runs_by_start').on(t.startedAt.desc()),
  ],
);

/** doubted: it showed nothing where there was something. */
export const partStates = ['waiting', 'done', 'failed', 'doubted'] as const;

/** The lists of a reading, place by place, each with where it goes on: a kill costs one page. */
export const inventoryParts = pgTable(
  'inventory_parts',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => inventoryRuns.id, { onDelete: 'cascade' }),
    list: text('list', { enum: inventoryLists }).notNull(),
    /** `/` for the whole tenant, a scope, a group; lower case. */
    place: text('place').notNull(),
    state: text('state', { enum: partStates }).notNull().default('waiting'),
    cursor: text('cursor'),
    pages: integer('pages').notNull().default(0),
    rows: integer('rows').notNull().default(0),
    /** Rows that told of something and could not be understood. */
    unclear: integer('unclear').notNull().default(0),
    /** Nobody else takes it before. */
    leasedUntil: moment('leased_until'),
    tries: integer('tries').notNull().default(0),
    failure: text('failure'),
    /** A log or a clock told that this changed: nothing there is then believed at once. */
    told: boolean('told').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.list, t.place] }),
    index('inventory_parts_by_place').on(t.list, t.place),
    index('inventory_parts_waiting').on(t.runId, t.leasedUntil).where(sql`state = 'waiting'`),
  ],
);

export const principals = pgTable(
  'principals',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: principalKinds }).notNull(),
    name: text('name').notNull(),
    upn: text('upn'),
    enabled: boolean('enabled'),
    appId: text('app_id'),
    homeTenantId: text('home_tenant_id'),
    resourceId: text('resource_id'),
    jobTitle: text('job_title'),
    department: text('department'),
    createdAt: moment('created_at'),
    lastSignInAt: moment('last_sign_in_at'),
    isRoleAssignable: boolean('is_role_assignable'),
    isRestricted: boolean('is_restricted'),
    mail: text('mail'),
    /** The list that shows it; a reading concludes from a list only what the list is about. */
    list: text('list', { enum: inventoryLists }).notNull(),
    ...seen,
  },
  (t) => [index('principals_by_name').on(sql`lower(${t.name})`)],
);

/** Managers, owners and sponsors. */
export const responsibles = pgTable(
  'responsibles',
  {
    principalId: text('principal_id').notNull(),
    responsibleId: text('responsible_id').notNull(),
    as: text('as', { enum: responsibilities }).notNull(),
    list: text('list', { enum: inventoryLists }).notNull(),
    ...seen,
  },
  (t) => [
    primaryKey({ columns: [t.principalId, t.responsibleId, t.as] }),
    index('responsibles_by_responsible').on(t.responsibleId),
  ],
);

/** Direct members of groups; what follows from a member that is a group itself is computed. */
export const memberships = pgTable(
  'memberships',
  {
    groupId: text('group_id').notNull(),
    memberId: text('member_id').notNull(),
    ...seen,
  },
  (t) => [primaryKey({ columns: [t.groupId, t.memberId] }), index('memberships_by_member').on(t.memberId)],
);

/**
 * What lies directly below which management group: other groups, and subscriptions. Ids in lower case. The root is below
 * nothing, and only a parent here.
 */
export const scopeTree = pgTable(
  'scope_tree',
  {
    id: text('id').primaryKey(),
    parentId: text('parent_id').notNull(),
    name: text('name').notNull(),
    kind: text('kind', { enum: scopeKinds }).notNull(),
    list: text('list', { enum: inventoryLists }).notNull(),
    ...seen,
  },
  (t) => [index('scope_tree_by_parent').on(t.parentId).where(sql`gone_at is null`)],
);

/** Every eligible and active assignment, at the scope it was made at. */
export const assignments = pgTable(
  'assignments',
  {
    /** The list and Azure's id: ids are unique within a list. */
    id: text('id').primaryKey(),
    list: text('list', { enum: inventoryLists }).notNull(),
    place: text('place').notNull(),
    plane: text('plane', { enum: planes }).notNull(),
    kind: text('kind', { enum: holdingKinds }).notNull(),
    roleId: text('role_id').notNull(),
    roleName: text('role_name').notNull(),
    scopeId: text('scope_id').notNull(),
    scopeName: text('scope_name').notNull(),
    scopeKind: text('scope_kind', { enum: scopeKinds }).notNull(),
    principalId: text('principal_id').notNull(),
    azureId: text('azure_id').notNull(),
    scheduleId: text('schedule_id'),
    condition: text('condition'),
    conditionVersion: text('condition_version'),
    startsAt: moment('starts_at'),
    endsAt: moment('ends_at'),
    createdAt: moment('created_at'),
    ...seen,
  },
  (t) => [
    index('assignments_by_principal').on(t.principalId).where(sql`gone_at is null`),
    // With the kind: who holds a role, and how, is counted from the index alone.
    index('assignments_by_role').on(t.plane, t.roleId, t.kind).where(sql`gone_at is null`),
    index('assignments_by_place').on(t.list, t.place).where(sql`gone_at is null`),
    index('assignments_by_name').on(sql`lower(${t.roleName})`, t.id).where(sql`gone_at is null`),
    // What stands is little beside what is eligible, and asked for most.
    index('assignments_standing')
      .on(sql`lower(${t.roleName})`, t.id)
      .where(sql`gone_at is null and kind = 'standing'`),
  ],
);

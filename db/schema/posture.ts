import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { type Evidence, findingKinds, findingStates, riskLevels } from '#lib/domain/finding.ts';
import { inventoryLists } from '#lib/domain/inventory.ts';
import { type AccessPolicySeen, type OutsideSeen, outsideKinds } from '#lib/domain/outside-role.ts';
import { planes } from '#lib/domain/plane.ts';
import { useEventKinds, useSources } from '#lib/domain/use.ts';
import { moment } from './columns.ts';

const seen = {
  seenIn: uuid('seen_in').notNull(),
  firstSeenAt: moment('first_seen_at').notNull(),
  goneAt: moment('gone_at'),
};

/** Privilege that no role assignment shows, as the Reader last saw it. */
export const outsideRoles = pgTable(
  'outside_roles',
  {
    /** The kind and Azure's id. */
    id: text('id').primaryKey(),
    list: text('list', { enum: inventoryLists }).notNull(),
    place: text('place').notNull(),
    kind: text('kind', { enum: outsideKinds }).notNull(),
    azureId: text('azure_id').notNull(),
    principalId: text('principal_id'),
    principalName: text('principal_name').notNull(),
    targetId: text('target_id').notNull(),
    targetName: text('target_name').notNull(),
    what: text('what').notNull(),
    startsAt: moment('starts_at'),
    endsAt: moment('ends_at'),
    details: jsonb('details').$type<OutsideSeen['details']>().notNull(),
    ...seen,
  },
  (t) => [
    index('outside_roles_by_name')
      .on(t.kind, sql`lower(${t.principalName})`, t.id)
      .where(sql`gone_at is null`),
    index('outside_roles_by_principal').on(t.principalId).where(sql`gone_at is null`),
    index('outside_roles_by_target').on(t.targetId).where(sql`gone_at is null`),
    index('outside_roles_by_place').on(t.list, t.place).where(sql`gone_at is null`),
  ],
);

/** Conditional access, as far as it decides about privilege. */
export const accessPolicies = pgTable('access_policies', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  state: text('state').$type<AccessPolicySeen['state']>().notNull(),
  facts: jsonb('facts').$type<AccessPolicySeen>().notNull(),
  list: text('list', { enum: inventoryLists }).notNull(),
  ...seen,
});

/** Who is in a group through however many groups, by the shortest path; made anew after every reading. */
export const effectiveMembers = pgTable(
  'effective_members',
  {
    groupId: text('group_id').notNull(),
    memberId: text('member_id').notNull(),
    /** Groups between, outermost first: empty for a direct member. */
    through: jsonb('through').$type<string[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.groupId, t.memberId] }),
    index('effective_members_by_member').on(t.memberId),
  ],
);

/**
 * Beginnings and ends of activations, as the tenant's audit log tells them: what Stint did itself is in `requests`.
 * An event is known by what it says, never by its id: the log gives the same a fresh one. Ids in lower case.
 */
export const useEvents = pgTable(
  'use_events',
  {
    principalId: text('principal_id').notNull(),
    plane: text('plane', { enum: planes }).notNull(),
    roleId: text('role_id').notNull(),
    scopeId: text('scope_id').notNull(),
    what: text('what', { enum: useEventKinds }).notNull(),
    at: moment('at').notNull(),
    /** A beginning: until when it was granted, where the log tells it. */
    untilAt: moment('until_at'),
    source: text('source', { enum: useSources }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.principalId, t.plane, t.roleId, t.scopeId, t.what, t.at] }),
    index('use_events_by_role').on(t.roleId, t.scopeId, t.at.desc()).where(sql`what = 'begun'`),
  ],
);

/** From when to when each source is known without a hole. */
export const useCoverage = pgTable('use_coverage', {
  id: uuid('id').primaryKey(),
  source: text('source', { enum: useSources }).notNull(),
  fromAt: moment('from_at').notNull(),
  untilAt: moment('until_at').notNull(),
});

/**
 * How eligible roles were used, from all sources, one activation counted once; made anew after every reading. A person
 * has a row for what they are eligible for, themselves or through a group; a group for what its members did with its own.
 */
export const uses = pgTable(
  'uses',
  {
    principalId: text('principal_id').notNull(),
    plane: text('plane', { enum: planes }).notNull(),
    roleId: text('role_id').notNull(),
    /** Lower case, as are the other ids: joins need no function. */
    scopeId: text('scope_id').notNull(),
    count: integer('count').notNull(),
    lastAt: moment('last_at'),
    activeMinutes: integer('active_minutes').notNull(),
    grantedMinutes: integer('granted_minutes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.principalId, t.plane, t.roleId, t.scopeId] })],
);

/** What posture found, kept from reading to reading with what people said about it. */
export const findings = pgTable(
  'findings',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind', { enum: findingKinds }).notNull(),
    subject: text('subject').notNull(),
    risk: text('risk', { enum: riskLevels }).notNull(),
    /** 0 high, 1 medium, 2 low: the order of the list. */
    rank: integer('rank').notNull(),
    /** How much of it there is, where it can grow. */
    size: integer('size').notNull().default(0),
    /** What it consists of; null: it has no parts. */
    parts: jsonb('parts').$type<string[]>(),
    title: text('title').notNull(),
    evidence: jsonb('evidence').$type<Evidence[]>().notNull(),
    nextStep: text('next_step').notNull(),
    principalId: text('principal_id'),
    assignmentId: text('assignment_id'),
    state: text('state', { enum: findingStates }).notNull(),
    firstSeenAt: moment('first_seen_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
    goneAt: moment('gone_at'),
    assigneeId: text('assignee_id'),
    assigneeName: text('assignee_name'),
    acceptedById: text('accepted_by_id'),
    acceptedByName: text('accepted_by_name'),
    acceptedReason: text('accepted_reason'),
    acceptedUntil: moment('accepted_until'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('findings_one_each').on(t.kind, t.subject),
    index('findings_in_order').on(t.state, t.rank, t.firstSeenAt, t.id),
    index('findings_by_kind').on(t.state, t.kind, t.rank, t.firstSeenAt, t.id),
    index('findings_by_assignment').on(t.assignmentId).where(sql`state <> 'gone'`),
    index('findings_by_principal').on(t.principalId).where(sql`state <> 'gone'`),
  ],
);

/** Accounts sealed for emergencies, as the deployment names them: judged by their controls, never by use, and never removed. */
export const breakGlassAccounts = pgTable('break_glass_accounts', {
  principalId: text('principal_id').primaryKey(),
  name: text('name').notNull(),
  /** As it is written in the setting: an object id or a user principal name. */
  namedAs: text('named_as').notNull(),
  /** What it was called when it was last found. */
  upn: text('upn'),
});

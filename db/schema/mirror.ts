import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { activeKinds, scopeKinds } from '#lib/domain/assignment.ts';
import { planes } from '#lib/domain/plane.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import { moment } from './columns.ts';

/** What Azure last said; feeds the screens, never decides. */

const roleAtScope = {
  plane: text('plane', { enum: planes }).notNull(),
  roleId: text('role_id').notNull(),
  scopeId: text('scope_id').notNull(),
};
const names = {
  roleName: text('role_name').notNull(),
  scopeName: text('scope_name').notNull(),
  scopeKind: text('scope_kind', { enum: scopeKinds }).notNull(),
};

export const mirrorEligible = pgTable(
  'mirror_eligible',
  {
    principalId: text('principal_id').notNull(),
    ...roleAtScope,
    ...names,
    eligibilityId: text('eligibility_id').notNull(),
    throughGroupId: text('through_group_id'),
    throughGroupName: text('through_group_name'),
    endsAt: moment('ends_at'),
  },
  (t) => [primaryKey({ columns: [t.principalId, t.plane, t.roleId, t.scopeId] })],
);

export const mirrorActive = pgTable(
  'mirror_active',
  {
    principalId: text('principal_id').notNull(),
    ...roleAtScope,
    ...names,
    kind: text('kind', { enum: activeKinds }).notNull(),
    startsAt: moment('starts_at'),
    endsAt: moment('ends_at'),
  },
  (t) => [index('mirror_active_by_person').on(t.principalId)],
);

/** How old a person's rows are, per plane, and what went wrong the last time. */
export const mirrorRuns = pgTable(
  'mirror_runs',
  {
    principalId: text('principal_id').notNull(),
    plane: text('plane', { enum: planes }).notNull(),
    /** The last reading that succeeded; null: never yet. */
    readAt: moment('read_at'),
    triedAt: moment('tried_at').notNull(),
    failure: text('failure'),
  },
  (t) => [
    primaryKey({ columns: [t.principalId, t.plane] }),
    index('mirror_runs_by_age').on(t.readAt),
    index('mirror_runs_of_people')
      .on(t.plane, t.readAt, t.failure)
      .where(sql`principal_id not like 'approvals:%'`),
  ],
);

/** Policies and role definitions by the Reader identity, shown only for one's own eligibilities. */
export const mirrorPolicies = pgTable(
  'mirror_policies',
  {
    ...roleAtScope,
    /** null: Azure has no policy there, or the Reader may not see it; `failure` says which. */
    facts: jsonb('facts').$type<PolicyFacts>(),
    failure: text('failure'),
    readAt: moment('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.plane, t.roleId, t.scopeId] })],
);

export const mirrorRoles = pgTable(
  'mirror_roles',
  {
    plane: text('plane', { enum: planes }).notNull(),
    roleId: text('role_id').notNull(),
    definition: jsonb('definition').$type<RoleDefinition>().notNull(),
    isPrivileged: boolean('is_privileged'),
    readAt: moment('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.plane, t.roleId] })],
);

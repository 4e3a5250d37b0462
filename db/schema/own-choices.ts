import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { scopeKinds } from '#lib/domain/assignment.ts';
import { planes } from '#lib/domain/plane.ts';
import { moment } from './columns.ts';

/** What people put together for themselves, so that asking is one gesture. It gives nobody any access. */

/** Roles a person keeps at hand. */
export const favourites = pgTable(
  'favourites',
  {
    personId: text('person_id').notNull(),
    /** The role at its scope, in one text. */
    roleKey: text('role_key').notNull(),
    /** Where the person put it; null: by how often it is used. */
    place: integer('place'),
    addedAt: moment('added_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.roleKey] })],
);

/** Roles that are asked for together: one's own, or shared by an administrator with a team. */
export const bundles = pgTable(
  'bundles',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    ownerId: text('owner_id').notNull(),
    ownerName: text('owner_name').notNull(),
    /** Then administrators keep it, whoever made it. */
    shared: boolean('shared').notNull().default(false),
    /** Counts up: who saves over another's change is told. */
    version: integer('version').notNull().default(1),
    changedAt: moment('changed_at').notNull(),
  },
  (t) => [index('bundles_by_owner').on(t.ownerId), index('bundles_shared').on(t.name).where(sql`shared`)],
);

export const bundleRoles = pgTable(
  'bundle_roles',
  {
    bundleId: uuid('bundle_id')
      .notNull()
      .references(() => bundles.id, { onDelete: 'cascade' }),
    place: integer('place').notNull(),
    plane: text('plane', { enum: planes }).notNull(),
    roleId: text('role_id').notNull(),
    scopeId: text('scope_id').notNull(),
    roleName: text('role_name').notNull(),
    scopeName: text('scope_name').notNull(),
    scopeKind: text('scope_kind', { enum: scopeKinds }).notNull(),
    /** Its own length; null: what the person usually takes. */
    minutes: integer('minutes'),
  },
  (t) => [primaryKey({ columns: [t.bundleId, t.plane, t.roleId, t.scopeId] })],
);

/** With whom a bundle is shared: people, or everybody in a group. */
export const bundleShares = pgTable(
  'bundle_shares',
  {
    bundleId: uuid('bundle_id')
      .notNull()
      .references(() => bundles.id, { onDelete: 'cascade' }),
    principalId: text('principal_id').notNull(),
    name: text('name').notNull(),
    isGroup: boolean('is_group').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.bundleId, t.principalId] }),
    index('bundle_shares_by_principal').on(t.principalId),
  ],
);

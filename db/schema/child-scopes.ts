import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { scopeKinds } from '#lib/domain/assignment.ts';
import { moment } from './columns.ts';

/** The places below a scope where a person may activate something, as Azure told them: one level at a time. */
export const childScopes = pgTable(
  'child_scopes',
  {
    principalId: text('principal_id').notNull(),
    /** As `lower(scope)`: ARM's ids compare without case. */
    parentId: text('parent_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    kind: text('kind', { enum: scopeKinds }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.principalId, t.parentId, t.id] })],
);

/** When a level was read, or why it could not be. */
export const childScopeReads = pgTable(
  'child_scope_reads',
  {
    principalId: text('principal_id').notNull(),
    parentId: text('parent_id').notNull(),
    /** null: never yet. */
    readAt: moment('read_at'),
    triedAt: moment('tried_at').notNull(),
    failure: text('failure'),
  },
  (t) => [primaryKey({ columns: [t.principalId, t.parentId] })],
);

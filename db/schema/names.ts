import { sql } from 'drizzle-orm';
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { planes } from '#lib/domain/plane.ts';

/**
 * Every name on record, once, so that history is searched among some thousand names and not among millions of
 * requests. A trigger on `requests` adds to both; two filings at once may add the same twice, which harms nothing,
 * where a unique index would have them wait for each other.
 */
export const requesterNames = pgTable(
  'requester_names',
  { requesterId: text('requester_id').notNull(), name: text('name').notNull() },
  (t) => [
    index('requester_names_known').on(t.requesterId),
    index('requester_names_parts').using('gin', sql`name_parts(${t.name})`),
  ],
);

export const roleNames = pgTable(
  'role_names',
  {
    plane: text('plane', { enum: planes }).notNull(),
    roleId: text('role_id').notNull(),
    scopeId: text('scope_id').notNull(),
    roleName: text('role_name').notNull(),
    scopeName: text('scope_name').notNull(),
  },
  (t) => [
    index('role_names_known').on(t.plane, t.scopeId, t.roleId),
    index('role_names_parts').using('gin', sql`name_parts(${t.roleName} || ' ' || ${t.scopeName})`),
  ],
);

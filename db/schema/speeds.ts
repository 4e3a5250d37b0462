import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { planes } from '#lib/domain/plane.ts';
import { moment } from './columns.ts';

/**
 * How long access took, learned from the tenant's own requests: for a role at a scope, for the role wherever (scope ''),
 * for the plane (role ''). Seconds; null where nothing was observed.
 */
export const roleSpeeds = pgTable(
  'role_speeds',
  {
    plane: text('plane', { enum: planes }).notNull(),
    roleId: text('role_id').notNull(),
    scopeId: text('scope_id').notNull(),
    /** From the ask, or the approval, until Azure showed it. */
    activeP50: integer('active_p50'),
    activeP95: integer('active_p95'),
    activeCount: integer('active_count').notNull(),
    /** From the same moment until a probe saw it work. */
    usableP50: integer('usable_p50'),
    usableP95: integer('usable_p95'),
    usableCount: integer('usable_count').notNull(),
    learnedAt: moment('learned_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.plane, t.roleId, t.scopeId] })],
);

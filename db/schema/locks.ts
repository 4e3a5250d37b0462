import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Lock } from '#lib/domain/lock.ts';
import { moment } from './columns.ts';

/** What Azure last said about the locks of a subscription, by the Reader: its own and those of what lies in it. */
export const mirrorLocks = pgTable('mirror_locks', {
  subscriptionId: text('subscription_id').primaryKey(),
  locks: jsonb('locks').$type<Lock[]>().notNull(),
  readAt: moment('read_at').notNull(),
});

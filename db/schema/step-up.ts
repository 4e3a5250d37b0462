import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/**
 * Fresh sign-ins that were shown to Stint, each for one act of one session. A row stays until its token would be too
 * old anyway, so that none is shown twice. Times are the machine's.
 */
export const stepUpProofs = pgTable(
  'step_up_proofs',
  {
    /** Of the token's own id (`uti`): a token written differently is still the same. */
    tokenHash: text('token_hash').primaryKey(),
    sessionId: uuid('session_id').notNull(),
    act: text('act').notNull(),
    signedInAt: moment('signed_in_at').notNull(),
    contexts: jsonb('contexts').$type<string[]>().notNull(),
    takenAt: moment('taken_at'),
    keptUntil: moment('kept_until').notNull(),
  },
  (t) => [index('step_up_proofs_by_act').on(t.sessionId, t.act)],
);

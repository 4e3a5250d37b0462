import { bigserial, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** What happened, for ever: a trigger refuses update, delete and truncate. Written only beside the change it names. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    at: moment('at').notNull(),
    /** Noun and past tense: `request.approved`. */
    action: text('action').notNull(),
    actorKind: text('actor_kind', { enum: ['person', 'stint'] as const }).notNull(),
    /** Object id of a person, or the job's name. */
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    subjectKind: text('subject_kind', {
      enum: ['request', 'session', 'history', 'mirror', 'difference', 'job'] as const,
    }).notNull(),
    subjectId: text('subject_id').notNull(),
    /** Facts of the moment: from and to status, reasons, Azure's words. Never tokens. */
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
    /** One id from the browser to Azure (client-request-id). */
    traceId: text('trace_id').notNull(),
  },
  (t) => [index('audit_by_subject').on(t.subjectKind, t.subjectId, t.seq)],
);

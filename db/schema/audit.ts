import { bigserial, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** What an entry can be about. */
export const subjectKinds = [
  'request',
  'session',
  'history',
  'mirror',
  'difference',
  'job',
  'door',
  'inventory',
  'finding',
  'outside_role',
  'use',
  'campaign',
  'review_item',
  'access_change',
  'applier',
  'setting',
  'favourite',
  'bundle',
  'on_call',
  'person',
  'ticket_system',
  'chat_account',
  'webhook',
  'delivery',
  'duty_schedule',
  'evaluation',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** What happened, for ever: a trigger refuses update, delete and truncate. Written only beside the change it names. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    at: moment('at').notNull(),
    /** Noun and past tense: `request.approved`. */
    action: text('action').notNull(),
    actorKind: text('actor_kind', { enum: ['person', 'stint', 'stranger'] as const }).notNull(),
    /** Object id of a person, the job's name, or the keyed hash of a stranger's address. */
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    subjectKind: text('subject_kind', { enum: subjectKinds }).notNull(),
    subjectId: text('subject_id').notNull(),
    /** Facts of the moment: from and to status, reasons, Azure's words. Never tokens. */
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
    /** One id from the browser to Azure (client-request-id). */
    traceId: text('trace_id').notNull(),
  },
  (t) => [
    index('audit_by_subject').on(t.subjectKind, t.subjectId, t.seq),
    index('audit_by_action').on(t.action, t.seq),
  ],
);

/** Refusals of the last minutes, folded: one row per who, door and code while its window is open. */
export const refusals = pgTable(
  'refusals',
  {
    /** Object id of a person, or of a stranger the keyed hash of their address. */
    who: text('who').notNull(),
    /** The person's name; null for a stranger. */
    name: text('name'),
    door: text('door').notNull(),
    code: text('code').notNull(),
    times: integer('times').notNull(),
    /** The machine's time, not the sandbox clock's. */
    openedAt: moment('opened_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.who, t.door, t.code] })],
);

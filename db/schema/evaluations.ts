import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { callActions, evaluationOutcomes, evaluationStages } from '#lib/domain/evaluation.ts';
import { planes } from '#lib/domain/plane.ts';
import { moment } from './columns.ts';
import { requests } from './requests.ts';

/** What Stint answered when PIM asked about an activation. Rows are never changed but for counting what came again. */
export const pimEvaluations = pgTable(
  'pim_evaluations',
  {
    /** The `evaluationId` that PIM writes to its own audit log. */
    id: uuid('id').primaryKey(),
    stage: text('stage', { enum: evaluationStages }).notNull(),
    /** What makes the same question the same: PIM's id of the request, or a hash of a body that has none. */
    key: text('key').notNull(),
    outcome: text('outcome', { enum: evaluationOutcomes }).notNull(),
    reasons: jsonb('reasons').$type<string[]>().notNull(),
    /** Empty: the body said nothing that Stint could read. */
    principalId: text('principal_id').notNull(),
    principalName: text('principal_name').notNull(),
    plane: text('plane', { enum: planes }),
    roleId: text('role_id').notNull(),
    scopeId: text('scope_id').notNull(),
    roleName: text('role_name').notNull(),
    scopeName: text('scope_name').notNull(),
    /** null: what PIM posted was not understood. */
    action: text('action', { enum: callActions }),
    minutes: integer('minutes'),
    /** The start that was asked for; null: now. */
    startsAt: moment('starts_at'),
    ticketNumber: text('ticket_number').notNull(),
    azureId: text('azure_id'),
    /** The request whose approval it rests on. */
    requestId: uuid('request_id').references(() => requests.id),
    /** How often PIM delivered it. */
    deliveries: integer('deliveries').notNull().default(1),
    at: moment('at').notNull(),
  },
  (t) => [
    uniqueIndex('pim_evaluations_once').on(t.stage, t.key).where(sql`azure_id is not null`),
    index('pim_evaluations_by_key').on(t.key, t.at),
    index('pim_evaluations_lately').on(t.at, t.id),
    index('pim_evaluations_by_principal').on(t.principalId, t.at),
    index('pim_evaluations_by_request').on(t.requestId).where(sql`request_id is not null`),
  ],
);

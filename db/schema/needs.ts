import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { TicketKept } from '#lib/domain/ticket.ts';
import { moment } from './columns.ts';
import { requests } from './requests.ts';

/**
 * What one activation is needed for, when it is more than what it was asked for: one row a ticket, the first need
 * among them. It ends when the last open one is released; PIM itself knows only the one it was filed with.
 */
export const needs = pgTable(
  'needs',
  {
    id: uuid('id').primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    ticketNumber: text('ticket_number').notNull(),
    justification: text('justification').notNull(),
    /** The ticket as its system told of it when it was added; null: no system has such numbers, or it is the first. */
    ticket: jsonb('ticket').$type<TicketKept>(),
    addedAt: moment('added_at').notNull(),
    until: moment('until').notNull(),
    releasedAt: moment('released_at'),
  },
  (t) => [
    uniqueIndex('needs_one_open_a_ticket').on(t.requestId, t.ticketNumber).where(sql`released_at is null`),
    index('needs_by_request').on(t.requestId, t.addedAt),
  ],
);

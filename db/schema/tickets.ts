import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ChangePlan } from '#lib/domain/change-window.ts';
import { ticketVerdicts } from '#lib/domain/ticket.ts';
import { holdEndings } from '#lib/domain/ticket-hold.ts';
import { type HttpTemplate, type TicketRules, ticketKinds } from '#lib/domain/ticket-system.ts';
import { moment } from './columns.ts';
import { requests } from './requests.ts';

/** Ticket systems as administrators set them up. No credential: the environment has those. Never deleted, only switched off. */
export const ticketSystems = pgTable(
  'ticket_systems',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    kind: text('kind', { enum: ticketKinds }).notNull(),
    baseUrl: text('base_url').notNull(),
    project: text('project').notNull(),
    patterns: jsonb('patterns').$type<string[]>().notNull(),
    closedStates: jsonb('closed_states').$type<string[]>().notNull(),
    template: jsonb('template').$type<HttpTemplate>(),
    rules: jsonb('rules').$type<TicketRules>().notNull(),
    enabled: boolean('enabled').notNull(),
    version: integer('version').notNull().default(1),
    changedAt: moment('changed_at').notNull(),
    changedByName: text('changed_by_name').notNull(),
    /** Who saved what is in force, and so asks for the ends it brings; null: from before it was kept. */
    changedById: text('changed_by_id'),
    /** When it last answered anybody. */
    answeredAt: moment('answered_at'),
  },
  (t) => [uniqueIndex('ticket_systems_by_name').on(sql`lower(${t.name})`)],
);

/** What went wrong lately with a system, the last few of it, for administrators. */
export const ticketFaults = pgTable(
  'ticket_faults',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    systemId: uuid('system_id')
      .notNull()
      .references(() => ticketSystems.id),
    at: moment('at').notNull(),
    why: text('why').notNull(),
  },
  (t) => [index('ticket_faults_by_system').on(t.systemId, t.seq)],
);

/** What a request's ticket was when it was asked with, and what became of it since. */
export const ticketChecks = pgTable(
  'ticket_checks',
  {
    requestId: uuid('request_id')
      .primaryKey()
      .references(() => requests.id),
    systemId: uuid('system_id')
      .notNull()
      .references(() => ticketSystems.id),
    /** As its system writes it. */
    key: text('key').notNull(),
    title: text('title').notNull(),
    state: text('state').notNull(),
    url: text('url'),
    verdict: text('verdict', { enum: ticketVerdicts }).notNull(),
    /** Why it could not be asked about, or which rule it breaks by now; null: it is good. */
    note: text('note'),
    /** What it says of itself as a planned change, when that was last told; null: never. */
    plan: jsonb('plan').$type<ChangePlan>(),
    checkedAt: moment('checked_at').notNull(),
    /** When it is asked about again; null: never. */
    nextCheckAt: moment('next_check_at'),
    /** Looks in a row that showed nothing new: each waits longer than the last. */
    quiet: integer('quiet').notNull().default(0),
    /** Whether comments may still have to be written. */
    tells: boolean('tells').notNull(),
  },
  (t) => [
    index('ticket_checks_due').on(t.nextCheckAt).where(sql`next_check_at is not null`),
    index('ticket_checks_telling').on(t.requestId).where(sql`tells`),
    index('ticket_checks_broken').on(t.requestId).where(sql`verdict = 'broken'`),
  ],
);

export const ticketMoments = ['grant', 'end'] as const;

/** Comments that a ticket is to get: each once, whoever works. */
export const ticketComments = pgTable(
  'ticket_comments',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    moment: text('moment', { enum: ticketMoments }).notNull(),
    askedAt: moment('asked_at').notNull(),
    writtenAt: moment('written_at'),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.moment] }),
    check('ticket_comments_moment', sql`moment in ('grant', 'end')`),
  ],
);

/** What holds a running access on where access ends with its ticket: a row for each such ticket, as long as it is on for it. */
export const ticketHolds = pgTable(
  'ticket_holds',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    /** As it was typed, in lower case. */
    number: text('number').notNull(),
    systemId: uuid('system_id')
      .notNull()
      .references(() => ticketSystems.id),
    /** As its system writes it. */
    key: text('key').notNull(),
    /** All rows of one ticket are looked at together. */
    nextLookAt: moment('next_look_at').notNull(),
    /** Since when every look that said anything saw it closed, and as what; null: it is open, as far as is known. */
    closedAt: moment('closed_at'),
    closedState: text('closed_state'),
    /** What was done about that; null: nothing yet. */
    ending: text('ending', { enum: holdEndings }),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.number] }),
    index('ticket_holds_by_ticket').on(t.systemId, t.key),
    index('ticket_holds_due').on(t.nextLookAt),
  ],
);

import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { channelNames, deliveryStates, type Preferences } from '#lib/domain/delivery.ts';
import { bytes, moment } from './columns.ts';
import { letters } from './letters.ts';
import { requests } from './requests.ts';

/** Other programs that are told what happens. Never deleted, only switched off. */
export const webhookEndpoints = pgTable('webhook_endpoints', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  url: text('url').notNull(),
  /** Which events it gets, by their names. */
  events: jsonb('events').$type<string[]>().notNull(),
  /** Whether what people wrote as their reason goes along. */
  sendsReasons: boolean('sends_reasons').notNull(),
  /** Its secret, sealed with the server's key to this endpoint; and the one before, which signs too until `previousUntil`. */
  sealedSecret: bytes('sealed_secret').notNull(),
  previousSecret: bytes('previous_secret'),
  previousUntil: moment('previous_until'),
  enabled: boolean('enabled').notNull(),
  /** Why Stint switched it off itself; null: it did not. */
  disabledWhy: text('disabled_why'),
  version: integer('version').notNull().default(1),
  changedAt: moment('changed_at').notNull(),
  changedByName: text('changed_by_name').notNull(),
});

/** What happened, as endpoints are told: written with the change itself, where an endpoint wants it. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    id: uuid('id').primaryKey(),
    type: text('type').notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    happenedAt: moment('happened_at').notNull(),
  },
  (t) => [index('webhook_events_by_age').on(t.happenedAt)],
);

/** One letter, or one event, to one place. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuid('id').primaryKey(),
    letterId: uuid('letter_id').references(() => letters.id),
    eventId: uuid('event_id').references(() => webhookEvents.id),
    /** What it is about, whose cards have to follow it. */
    requestId: uuid('request_id').references(() => requests.id),
    channel: text('channel', { enum: channelNames }).notNull(),
    /** Which one of the channel: an address of mail, a chat account, an endpoint. */
    address: text('address').notNull(),
    state: text('state', { enum: deliveryStates }).notNull().default('waiting'),
    /** Goes out with the others that wait for the same moment, as one. */
    isHeld: boolean('is_held').notNull().default(false),
    tries: integer('tries').notNull().default(0),
    /** From when on it is taken; null: it is not, any more. */
    dueAt: moment('due_at'),
    /** When a job was last taken for it. */
    queuedAt: moment('queued_at'),
    failure: text('failure'),
    /** What an update needs to find it again, in the channel's own shape; and as `shows` what the card last says. */
    receipt: jsonb('receipt').$type<Record<string, unknown>>(),
    createdAt: moment('created_at').notNull(),
    sentAt: moment('sent_at'),
  },
  (t) => [
    uniqueIndex('deliveries_of_letter').on(t.letterId, t.channel, t.address),
    uniqueIndex('deliveries_of_event').on(t.eventId, t.address),
    index('deliveries_due').on(t.dueAt).where(sql`due_at is not null`),
    index('deliveries_cards').on(t.requestId).where(sql`receipt is not null`),
    index('deliveries_failing').on(t.createdAt, t.id).where(sql`state in ('failed', 'dead')`),
    index('deliveries_latest').on(t.channel, t.sentAt).where(sql`sent_at is not null`),
    // For the sweep.
    index('deliveries_over').on(t.createdAt).where(sql`due_at is null`),
    check('deliveries_of_one', sql`(letter_id is null) <> (event_id is null)`),
  ],
);

/** Which ways out this installation has, as the process that delivers was started with. */
export const outboundChannels = pgTable('outbound_channels', {
  name: text('name', { enum: channelNames }).primaryKey(),
  isSetUp: boolean('is_set_up').notNull(),
  /** For administrators: where it goes by, never a credential. */
  by: text('by').notNull(),
  seenAt: moment('seen_at').notNull(),
});

/** How people want to be told; who has no row has what is usual. */
export const letterPreferences = pgTable('letter_preferences', {
  personId: text('person_id').primaryKey(),
  preferences: jsonb('preferences').$type<Preferences>().notNull(),
  changedAt: moment('changed_at').notNull(),
});

import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Actor } from '#lib/domain/actor.ts';
import { chats } from '#lib/domain/chat.ts';
import { moment } from './columns.ts';

const account = {
  chat: text('chat', { enum: chats }).notNull(),
  workspaceId: text('workspace_id').notNull(),
  userId: text('user_id').notNull(),
};
const names = { userName: text('user_name').notNull(), workspaceName: text('workspace_name').notNull() };

/** Whose a chat account is: said by the person themselves, signed in with Entra. Never by a name or an address. */
export const chatAccounts = pgTable(
  'chat_accounts',
  {
    id: uuid('id').primaryKey(),
    ...account,
    ...names,
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    linkedAt: moment('linked_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('chat_accounts_one_person').on(t.chat, t.workspaceId, t.userId).where(sql`ended_at is null`),
    uniqueIndex('chat_accounts_one_each').on(t.personId, t.chat).where(sql`ended_at is null`),
  ],
);

/**
 * Links that wait, for ten minutes by the machine's time. Somebody signed in claims one, and is shown digits; it counts
 * once the chat account that asked has typed them. Neither the code nor the digits are kept, only their hashes.
 */
export const chatLinks = pgTable(
  'chat_links',
  {
    codeHash: text('code_hash').primaryKey(),
    ...account,
    ...names,
    expiresAt: moment('expires_at').notNull(),
    claimedBy: jsonb('claimed_by').$type<Actor>(),
    digitsHash: text('digits_hash'),
    triesLeft: integer('tries_left').notNull().default(0),
  },
  (t) => [uniqueIndex('chat_links_newest').on(t.chat, t.workspaceId, t.userId)],
);

/** Where a bot may write to somebody: a Bot Framework conversation reference. Slack needs none. */
export const chatConversations = pgTable(
  'chat_conversations',
  {
    ...account,
    serviceUrl: text('service_url').notNull(),
    conversationId: text('conversation_id').notNull(),
    /** As the chat names the two in it. */
    memberId: text('member_id').notNull(),
    botId: text('bot_id').notNull(),
    seenAt: moment('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.chat, t.workspaceId, t.userId] })],
);

/** Calls that were taken once: the same again has no effect. Kept for as long as a repetition would pass the clock. */
export const chatSeen = pgTable(
  'chat_seen',
  { key: text('key').primaryKey(), expiresAt: moment('expires_at').notNull() },
  (t) => [index('chat_seen_over').on(t.expiresAt)],
);

/** How each chat is: when it last called and was heard, and how it last answered. The machine's time. */
export const chatStates = pgTable('chat_states', {
  chat: text('chat', { enum: chats }).primaryKey(),
  heardAt: moment('heard_at'),
  refusedAt: moment('refused_at'),
  refusal: text('refusal'),
  answeredAt: moment('answered_at'),
  failedAt: moment('failed_at'),
  failure: text('failure'),
});

import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { AppRole } from '#lib/domain/actor.ts';
import { bytes, moment } from './columns.ts';

/** Which tenant this database belongs to; a server for another tenant refuses to start on it. */
export const installation = pgTable('installation', {
  tenantId: text('tenant_id').primaryKey(),
  createdAt: moment('created_at').notNull(),
});

/** What Stint last knew of people it met: requesters, approvers, the signed in. */
export const people = pgTable('people', {
  objectId: text('object_id').primaryKey(),
  name: text('name').notNull(),
  upn: text('upn'),
  kind: text('kind', { enum: ['member', 'guest'] as const }).notNull(),
  jobTitle: text('job_title'),
  department: text('department'),
  seenAt: moment('seen_at').notNull(),
});

/** Signed-in browsers. The cookie's secret is stored only as its hash; times are the machine's, never the sandbox clock's. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    secretHash: text('secret_hash').notNull().unique(),
    objectId: text('object_id').notNull(),
    tenantId: text('tenant_id').notNull(),
    name: text('name').notNull(),
    upn: text('upn').notNull(),
    roles: jsonb('roles').$type<AppRole[]>().notNull(),
    /** Entra's session id, for front-channel sign-out. */
    sid: text('sid'),
    loginHint: text('login_hint'),
    /** MSAL's token cache, sealed with the server key and the cookie's secret together. */
    sealedTokens: bytes('sealed_tokens'),
    userAgent: text('user_agent'),
    createdAt: moment('created_at').notNull(),
    lastSeenAt: moment('last_seen_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
    endCause: text('end_cause', {
      enum: [
        'signed_out',
        'idle',
        'expired',
        'replaced',
        'ended_by_entra',
        'ended_by_person',
        'ended_by_administrator',
        'account_disabled',
        'revoked_by_person',
      ] as const,
    }),
  },
  (t) => [index('sessions_by_person').on(t.objectId), index('sessions_by_sid').on(t.sid)],
);

/** Sign-ins begun and not finished: state, nonce and PKCE verifier, sealed, for ten minutes. */
export const signInAttempts = pgTable('sign_in_attempts', {
  stateHash: text('state_hash').primaryKey(),
  sealed: bytes('sealed').notNull(),
  expiresAt: moment('expires_at').notNull(),
});

/** One access token, sealed to one act (a request, a decision, one refresh); used once or gone after ten minutes. */
export const actTokens = pgTable(
  'act_tokens',
  {
    actId: uuid('act_id').notNull(),
    audience: text('audience', { enum: ['graph', 'arm'] as const }).notNull(),
    sealed: bytes('sealed').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.actId, t.audience] })],
);

import { sql } from 'drizzle-orm';
import {
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
import {
  approvalStates,
  messageKinds,
  offerStates,
  signatureStates,
  signingPlaces,
  type Terms,
} from '#lib/domain/approval.ts';
import type { ApprovalPolicy, ApprovalRule } from '#lib/domain/approval-policy.ts';
import { moment } from './columns.ts';
import { requests } from './requests.ts';

/** Every version of Stint's approval policy; the highest is in force. Rows are never changed. */
export const approvalPolicies = pgTable('approval_policies', {
  version: integer('version').primaryKey(),
  document: jsonb('document').$type<ApprovalPolicy>().notNull(),
  note: text('note').notNull(),
  changedAt: moment('changed_at').notNull(),
  changedById: text('changed_by_id').notNull(),
  changedByName: text('changed_by_name').notNull(),
});

const requestId = uuid('request_id')
  .notNull()
  .references(() => requests.id);

/** What Stint's own policy asks of a request: the rule as it was when it was filed, and how far its stages are. */
export const requestApprovals = pgTable(
  'request_approvals',
  {
    requestId: uuid('request_id')
      .primaryKey()
      .references(() => requests.id),
    policyVersion: integer('policy_version').notNull(),
    rule: jsonb('rule').$type<ApprovalRule>().notNull(),
    state: text('state', { enum: approvalStates }).notNull(),
    /** From 0. */
    stage: integer('stage').notNull().default(0),
    stageSince: moment('stage_since').notNull(),
    remindedAt: moment('reminded_at'),
    escalatedAt: moment('escalated_at'),
    nudgedAt: moment('nudged_at'),
    lapsesAt: moment('lapses_at').notNull(),
    /** The receipt: until when it may be started, and when it was. */
    useBy: moment('use_by'),
    usedAt: moment('used_at'),
    approvedAt: moment('approved_at'),
    /** When it was last seen that there is somebody to give it to. */
    checkedAt: moment('checked_at').notNull(),
    /** Why it was closed. */
    failure: text('failure'),
    /** When the clock next has something to do; null: nothing. */
    dueAt: moment('due_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('request_approvals_due').on(t.dueAt).where(sql`due_at is not null`),
    index('request_approvals_waiting').on(t.stageSince).where(sql`state = 'waiting'`),
  ],
);

/** Who may sign a stage, as last looked up: for screens and letters. Who signs is looked up again. */
export const stageApprovers = pgTable(
  'stage_approvers',
  {
    requestId,
    stage: integer('stage').notNull(),
    approverId: text('approver_id').notNull(),
    approverName: text('approver_name').notNull(),
    /** The set that makes them one, in words; null: named themselves. */
    through: text('through'),
    /** Whom they stand in for. */
    forId: text('for_id'),
    forName: text('for_name'),
    isEscalated: boolean('is_escalated').notNull().default(false),
    /** Handed it over to somebody else; still may sign. */
    handedToId: text('handed_to_id'),
    namedAt: moment('named_at').notNull().default(sql`stint_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.stage, t.approverId] }),
    index('stage_approvers_lately').on(t.approverId, t.namedAt),
  ],
);

/** A yes or a no to a stage. Nobody signs a request twice, nor their own. */
export const signatures = pgTable(
  'signatures',
  {
    id: uuid('id').primaryKey(),
    requestId,
    requesterId: text('requester_id').notNull(),
    stage: integer('stage').notNull(),
    approverId: text('approver_id').notNull(),
    approverName: text('approver_name').notNull(),
    forId: text('for_id'),
    forName: text('for_name'),
    approve: boolean('approve').notNull(),
    justification: text('justification').notNull(),
    /** What was before their eyes. */
    terms: jsonb('terms').$type<Terms>().notNull(),
    via: text('via', { enum: signingPlaces }).notNull(),
    state: text('state', { enum: signatureStates }).notNull(),
    failure: text('failure'),
    signedAt: moment('signed_at').notNull(),
  },
  (t) => [
    uniqueIndex('signatures_once_each')
      .on(t.requestId, t.approverId)
      .where(sql`state in ('intended', 'recorded')`),
    index('signatures_by_approver').on(t.approverId, t.signedAt),
    index('signatures_by_request').on(t.requestId, t.signedAt),
    index('signatures_by_state').on(t.state, t.signedAt),
    check('signatures_never_own', sql`approver_id <> requester_id`),
  ],
);

/** Less than was asked for, offered by an approver: shorter, narrower, later. */
export const offers = pgTable(
  'offers',
  {
    id: uuid('id').primaryKey(),
    requestId,
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    terms: jsonb('terms').$type<Terms>().notNull(),
    reason: text('reason').notNull(),
    /** The stage it was offered in, and whether accepting it counts as the offerer's signature of that stage. */
    stage: integer('stage').notNull(),
    signs: boolean('signs').notNull(),
    state: text('state', { enum: offerStates }).notNull(),
    offeredAt: moment('offered_at').notNull(),
    answeredAt: moment('answered_at'),
  },
  (t) => [
    uniqueIndex('offers_one_open').on(t.requestId).where(sql`state = 'open'`),
    index('offers_by_request').on(t.requestId, t.offeredAt),
  ],
);

/** What was said about a request. */
export const requestMessages = pgTable(
  'request_messages',
  {
    id: uuid('id').primaryKey(),
    requestId,
    kind: text('kind', { enum: messageKinds }).notNull(),
    byId: text('by_id').notNull(),
    byName: text('by_name').notNull(),
    text: text('text').notNull(),
    saidAt: moment('said_at').notNull(),
  },
  (t) => [index('request_messages_by_request').on(t.requestId, t.saidAt)],
);

/** Away from one date to another, with or without somebody who signs instead. */
export const absences = pgTable(
  'absences',
  {
    id: uuid('id').primaryKey(),
    personId: text('person_id').notNull(),
    personName: text('person_name').notNull(),
    deputyId: text('deputy_id'),
    deputyName: text('deputy_name'),
    startsAt: moment('starts_at').notNull(),
    endsAt: moment('ends_at').notNull(),
    note: text('note').notNull(),
    /** Who wrote it down: the person, or an administrator for them. */
    setById: text('set_by_id').notNull(),
    setByName: text('set_by_name').notNull(),
    /** Since when others sign instead; null: not yet, or no more, and who is back was asked for what waits. */
    begunAt: moment('begun_at'),
    /** When it was over, or called off before its end. */
    endedAt: moment('ended_at'),
  },
  (t) => [
    index('absences_by_person').on(t.personId, t.endsAt),
    index('absences_by_deputy').on(t.deputyId, t.endsAt),
    index('absences_open').on(t.startsAt).where(sql`ended_at is null`),
    check('absences_end_after_start', sql`ends_at > starts_at`),
    check('absences_never_own_deputy', sql`deputy_id <> person_id`),
  ],
);

/** Several accounts of one person: none of them signs for another. */
export const linkedAccounts = pgTable(
  'linked_accounts',
  {
    accountId: text('account_id').primaryKey(),
    accountName: text('account_name').notNull(),
    /** The same for all accounts of one person. */
    ownerId: text('owner_id').notNull(),
    linkedAt: moment('linked_at').notNull(),
    linkedByName: text('linked_by_name').notNull(),
  },
  (t) => [index('linked_accounts_by_owner').on(t.ownerId)],
);

/** Accounts that were one person’s until then: of requests filed before it they still are. */
export const unlinkedAccounts = pgTable(
  'unlinked_accounts',
  {
    accountId: text('account_id').notNull(),
    otherId: text('other_id').notNull(),
    unlinkedAt: moment('unlinked_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.otherId, t.unlinkedAt] }),
    index('unlinked_accounts_lately').on(t.unlinkedAt),
  ],
);

/** Requests somebody follows though they do not decide them. */
export const watches = pgTable(
  'watches',
  {
    personId: text('person_id').notNull(),
    requestId,
    since: moment('since').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.requestId] }), index('watches_by_request').on(t.requestId)],
);

import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
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
import { scopeKinds } from '#lib/domain/assignment.ts';
import type { Challenge } from '#lib/domain/challenge.ts';
import { planes } from '#lib/domain/plane.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { endCauses, liveStatuses, origins, requestStatuses } from '#lib/domain/request.ts';
import { probeStates } from '#lib/domain/usable.ts';
import { moment } from './columns.ts';

/** A role at a scope in sixteen bytes: the ids themselves would make an index larger than the table. */
export const roleHash = (t: { plane: AnyPgColumn; roleId: AnyPgColumn; scopeId: AnyPgColumn }) =>
  sql`(md5(${t.plane} || '|' || ${t.roleId} || '|' || ${t.scopeId})::uuid)`;

const live = sql.raw(liveStatuses.map((status) => `'${status}'`).join(', '));

/** One ask for one role at one scope, and the activation it became. */
export const requests = pgTable(
  'requests',
  {
    id: uuid('id').primaryKey(),
    /** Roles asked for in one submit share it. */
    submissionId: uuid('submission_id').notNull(),
    origin: text('origin', { enum: origins }).notNull(),
    requesterId: text('requester_id').notNull(),
    requesterName: text('requester_name').notNull(),
    plane: text('plane', { enum: planes }).notNull(),
    roleId: text('role_id').notNull(),
    scopeId: text('scope_id').notNull(),
    roleName: text('role_name').notNull(),
    scopeName: text('scope_name').notNull(),
    scopeKind: text('scope_kind', { enum: scopeKinds }).notNull(),
    eligibilityId: text('eligibility_id').notNull(),
    justification: text('justification').notNull(),
    ticketNumber: text('ticket_number').notNull(),
    minutes: integer('minutes').notNull(),
    /** What was asked: null is “now”. */
    wantedStartAt: moment('wanted_start_at'),
    status: text('status', { enum: requestStatuses }).notNull(),
    /** PIM's rules as they were when this was filed; null when Stint did not know them. */
    policy: jsonb('policy').$type<PolicyFacts>(),
    filedAt: moment('filed_at').notNull(),
    /** Azure's own id and approval id, once it has answered. */
    azureId: text('azure_id'),
    approvalId: text('approval_id'),
    /** Since when it waits for an approver: PIM's 24 hours count from here, not from a filing resumed later. */
    waitingSince: moment('waiting_since'),
    /** The window as Azure gave it. */
    startsAt: moment('starts_at'),
    endsAt: moment('ends_at'),
    /** When Azure was first seen to hold the assignment, and first seen not to hold it any more; while ending: when it took the end. */
    activeAt: moment('active_at'),
    endedAt: moment('ended_at'),
    endCause: text('end_cause', { enum: endCauses }),
    /** In our words: what failed and what to do. */
    failure: text('failure'),
    /** When the next look at Azure is due (confirm, expiry, lapse); null when nothing is awaited. */
    checkAt: moment('check_at'),
    /** Looks in a row that did not find what was awaited: one miss may be replication. While filed: Azure has the role taken, by what is not seen. */
    misses: integer('misses').notNull().default(0),
    /** Every move of the status counts one up: a late job that saw an older one writes nothing. */
    version: integer('version').notNull().default(1),
    /** Where the eligibility itself is, when the activation was asked for at a narrower place below it; null: the same. */
    eligibleScopeId: text('eligible_scope_id'),
    /** The request this one prolongs: it starts when that one ends, and both are one story. */
    followsId: uuid('follows_id').references((): AnyPgColumn => requests.id),
    /** While what it follows is still live beside it; of one activated elsewhere: another was live when it was seen. */
    waitsForEnd: boolean('waits_for_end').notNull().default(false),
    /** The request of the same submit that has to be active first: a group before what it gives. */
    afterId: uuid('after_id').references((): AnyPgColumn => requests.id),
    /** The bundle it was asked for with, and the occurrence of an on-call window it is for. */
    bundleId: uuid('bundle_id'),
    occurrenceId: uuid('occurrence_id'),
    /** The stronger sign-in that is asked for before it goes on; null: none. */
    challenge: jsonb('challenge').$type<Challenge>(),
    /** Since when it needs its person: its day is counted from here. */
    needsSince: moment('needs_since'),
    /** When a probe with the person's own token first found that the access works. */
    usableAt: moment('usable_at'),
    /** How the looking for it stands; null: nobody looked, for want of the person's token. */
    probe: text('probe', { enum: probeStates }),
    /** Asked to end as soon as PIM's floor lets it: when that is. */
    endAfter: moment('end_after'),
    /** Of one activated elsewhere: when it was held against Stint's own policy, and when it was found to have gone past it. */
    bypassJudgedAt: moment('bypass_judged_at'),
    bypassedAt: moment('bypassed_at'),
  },
  (t) => [
    // ARM's ids compare without case, and two lists may write one place in two ways.
    uniqueIndex('requests_one_live')
      .on(t.requesterId, t.plane, t.roleId, sql`lower(${t.scopeId})`)
      .where(sql`status in (${live}) and not waits_for_end`),
    uniqueIndex('requests_one_follow_on').on(t.followsId).where(sql`status in (${live})`),
    uniqueIndex('requests_azure_id').on(t.plane, t.azureId).where(sql`azure_id is not null`),
    // Ascending, and read backwards: a descending index sorts nulls other than a plain “order by … desc” and is never used.
    index('requests_by_requester').on(t.requesterId, t.filedAt, t.id),
    index('requests_history').on(t.filedAt, t.id),
    index('requests_by_plane').on(t.plane, t.filedAt, t.id),
    index('requests_by_role').on(roleHash(t), t.filedAt, t.id),
    // Most requests have ended: without those it is small, and finds what is live, waits or went wrong.
    index('requests_not_ended').on(t.status, t.filedAt, t.id).where(sql`status <> 'ended'`),
    index('requests_due').on(t.checkAt).where(sql`check_at is not null`),
    index('requests_submission').on(t.submissionId),
    index('requests_after').on(t.afterId).where(sql`after_id is not null`),
    index('requests_occurrence').on(t.occurrenceId).where(sql`occurrence_id is not null`),
    index('requests_follows').on(t.followsId).where(sql`follows_id is not null`),
    index('requests_to_judge')
      .on(t.plane)
      .where(sql`origin = 'azure' and status = 'active' and bypass_judged_at is null`),
    index('requests_bypassed').on(t.bypassedAt).where(sql`bypassed_at is not null`),
    index('requests_to_end').on(t.endAfter).where(sql`end_after is not null`),
    check('requests_at_least_a_minute', sql`minutes >= 1`),
    check('requests_end_after_start', sql`ends_at is null or starts_at is null or ends_at > starts_at`),
    check('requests_status', sql`status in (${sql.raw(requestStatuses.map((s) => `'${s}'`).join(', '))})`),
  ],
);

/** Who may decide a request, groups expanded, as of when it began to wait. */
export const requestApprovers = pgTable(
  'request_approvers',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    approverId: text('approver_id').notNull(),
    approverName: text('approver_name').notNull(),
    through: text('through'),
    namedAt: moment('named_at').notNull().default(sql`stint_now()`),
  },
  (t) => [
    primaryKey({ columns: [t.requestId, t.approverId] }),
    index('request_approvers_lately').on(t.approverId, t.namedAt),
  ],
);

export const decisionStates = ['intended', 'recorded', 'failed', 'lost'] as const;

/** A decision: intended before Azure is told, recorded after. Only one per request can be either. */
export const decisions = pgTable(
  'decisions',
  {
    id: uuid('id').primaryKey(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => requests.id),
    /** Copied here so that the database itself can refuse a decision on one's own request. */
    requesterId: text('requester_id').notNull(),
    approverId: text('approver_id').notNull(),
    approverName: text('approver_name').notNull(),
    approve: boolean('approve').notNull(),
    justification: text('justification').notNull(),
    state: text('state', { enum: decisionStates }).notNull(),
    /** Where it was made: on Stint's page, or in Azure and seen by Stint. */
    origin: text('origin', { enum: origins }).notNull(),
    decidedAt: moment('decided_at').notNull(),
    failure: text('failure'),
    /** The stronger sign-in that Azure asks the approver for; kept while it is answered, so that a repeat is known. */
    challenge: jsonb('challenge').$type<Challenge>(),
  },
  (t) => [
    uniqueIndex('decisions_first_wins').on(t.requestId).where(sql`state in ('intended', 'recorded')`),
    index('decisions_by_approver').on(t.approverId, t.decidedAt),
    index('decisions_by_state').on(t.state, t.decidedAt),
    check('decisions_never_own', sql`approver_id <> requester_id`),
  ],
);

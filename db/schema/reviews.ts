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
  type AssignmentKept,
  changeOutcomes,
  changeStates,
  changeVerbs,
  changeWays,
} from '#lib/domain/access-change.ts';
import { scopeKinds } from '#lib/domain/assignment.ts';
import { type CampaignPlan, campaignStatuses, itemDecisions, reviewerRules } from '#lib/domain/campaign.ts';
import type { Evidence } from '#lib/domain/finding.ts';
import { holdingKinds } from '#lib/domain/inventory.ts';
import { planes } from '#lib/domain/plane.ts';
import { principalKinds } from '#lib/domain/principal.ts';
import { moment } from './columns.ts';

/** Access reviews. A recurring one is a row for each time, of one series. */
export const campaigns = pgTable(
  'campaigns',
  {
    id: uuid('id').primaryKey(),
    seriesId: uuid('series_id').notNull(),
    /** 1 for the first of its series. */
    number: integer('number').notNull(),
    name: text('name').notNull(),
    plan: jsonb('plan').$type<CampaignPlan>().notNull(),
    status: text('status', { enum: campaignStatuses }).notNull(),
    opensAt: moment('opens_at').notNull(),
    closesAt: moment('closes_at').notNull(),
    openedAt: moment('opened_at'),
    /** When it was scheduled to open, where it opened at another time: its series goes on at that hour. */
    plannedAt: moment('planned_at'),
    closedAt: moment('closed_at'),
    /** What was frozen at the opening: counted once, evidence for ever. */
    population: integer('population'),
    orphans: integer('orphans'),
    /** The reading of the tenant it was frozen from. */
    readingId: uuid('reading_id'),
    /** Reminders already given, in days before the close. */
    reminded: jsonb('reminded').$type<number[]>().notNull().default([]),
    createdById: text('created_by_id').notNull(),
    createdByName: text('created_by_name').notNull(),
    createdAt: moment('created_at').notNull(),
    /** Ids of others who changed the plan, of whichever of its series: it is theirs as much. */
    editorIds: jsonb('editor_ids').$type<string[]>().notNull().default([]),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('campaigns_once_each').on(t.seriesId, t.number),
    index('campaigns_by_opening').on(t.opensAt, t.id),
    index('campaigns_due')
      .on(t.status, t.opensAt, t.closesAt)
      .where(sql`status in ('scheduled', 'open', 'applying')`),
    check('campaigns_close_after_opening', sql`closes_at > opens_at`),
  ],
);

/** One assignment in a campaign, as it was at the opening. */
export const reviewItems = pgTable(
  'review_items',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaigns.id),
    assignmentId: text('assignment_id').notNull(),
    plane: text('plane', { enum: planes }).notNull(),
    kind: text('kind', { enum: holdingKinds }).notNull(),
    roleId: text('role_id').notNull(),
    roleName: text('role_name').notNull(),
    scopeId: text('scope_id').notNull(),
    scopeName: text('scope_name').notNull(),
    scopeKind: text('scope_kind', { enum: scopeKinds }).notNull(),
    principalId: text('principal_id').notNull(),
    principalName: text('principal_name').notNull(),
    principalKind: text('principal_kind', { enum: principalKinds }).notNull(),
    /** All of the assignment, so that it can be made again. */
    kept: jsonb('kept').$type<AssignmentKept>().notNull(),
    isCritical: boolean('is_critical').notNull(),
    /** Last use, count, dangers, earlier decisions, findings: facts of the opening. */
    evidence: jsonb('evidence').$type<Evidence[]>().notNull(),
    recommendation: text('recommendation', { enum: itemDecisions }).notNull(),
    recommendationWhy: text('recommendation_why').notNull(),
    /** A draft until `submittedAt`; may be changed until the close. */
    decision: text('decision', { enum: itemDecisions }),
    way: text('way', { enum: changeWays }).notNull().default('assignment'),
    /** The group to leave, when the way is a membership. */
    wayGroupId: text('way_group_id'),
    rationale: text('rationale').notNull().default(''),
    decidedById: text('decided_by_id'),
    decidedByName: text('decided_by_name'),
    decidedAt: moment('decided_at'),
    submittedAt: moment('submitted_at'),
    /** Nobody said anything: the plan's silence decided at the close. */
    bySilence: boolean('by_silence').notNull().default(false),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('review_items_once_each').on(t.campaignId, t.assignmentId),
    index('review_items_by_person').on(t.campaignId, t.principalName, t.id),
    index('review_items_by_role').on(t.campaignId, t.roleName, t.id),
    index('review_items_of_assignment').on(t.assignmentId, t.decidedAt),
    check('review_items_never_own', sql`decided_by_id is null or decided_by_id <> principal_id`),
  ],
);

/** Who is asked about an item, by which rule; handed on, the old row says to whom. */
export const itemReviewers = pgTable(
  'item_reviewers',
  {
    itemId: uuid('item_id')
      .notNull()
      .references(() => reviewItems.id),
    campaignId: uuid('campaign_id').notNull(),
    reviewerId: text('reviewer_id').notNull(),
    reviewerName: text('reviewer_name').notNull(),
    rule: text('rule', { enum: [...reviewerRules, 'fallback', 'handed_on'] as const }).notNull(),
    /** Not theirs any more: given to somebody else. */
    handedToId: text('handed_to_id'),
    handedAt: moment('handed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.itemId, t.reviewerId] }),
    index('item_reviewers_by_reviewer')
      .on(t.reviewerId, t.campaignId, t.itemId)
      .where(sql`handed_to_id is null`),
  ],
);

/**
 * What the Applier is to do to the tenant, and what became of it. Made by reviews, undo and bulk removal; taken by the
 * Applier alone.
 */
export const accessChanges = pgTable(
  'access_changes',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    campaignId: uuid('campaign_id'),
    itemId: uuid('item_id'),
    /** The activation it ends: it went past Stint's own approval policy, or its ticket was closed. */
    requestId: uuid('request_id'),
    /** The change this one takes back. */
    undoesId: uuid('undoes_id'),
    verb: text('verb', { enum: changeVerbs }).notNull(),
    way: text('way', { enum: changeWays }).notNull(),
    wayGroupId: text('way_group_id'),
    kept: jsonb('kept').$type<AssignmentKept>().notNull(),
    plane: text('plane', { enum: planes }).notNull(),
    scopeId: text('scope_id').notNull(),
    principalId: text('principal_id').notNull(),
    state: text('state', { enum: changeStates }).notNull(),
    outcome: text('outcome', { enum: changeOutcomes }),
    /** In our words; for a person to do: the step, and the command that does it. */
    explanation: text('explanation'),
    manualCommand: text('manual_command'),
    askedById: text('asked_by_id').notNull(),
    askedByName: text('asked_by_name').notNull(),
    askedAt: moment('asked_at').notNull(),
    /** The second person, where two are needed; never the one who asked, never the one it is about. */
    approvedById: text('approved_by_id'),
    approvedByName: text('approved_by_name'),
    /** How far a change of several steps got, and what Azure answered: resumed from here after a kill. */
    progress: jsonb('progress').$type<Record<string, string>>().notNull().default({}),
    attempts: integer('attempts').notNull().default(0),
    /** When it is next due; null: nothing is awaited. */
    checkAt: moment('check_at'),
    /** When Azure was told, and when the tenant was first seen to show it. */
    actedAt: moment('acted_at'),
    confirmedAt: moment('confirmed_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    // Silence, a click and a kill may all ask for the same: it is done once.
    uniqueIndex('access_changes_once_each')
      .on(t.itemId)
      .where(sql`item_id is not null and undoes_id is null`),
    uniqueIndex('access_changes_once_a_request')
      .on(t.requestId)
      .where(sql`request_id is not null and state <> 'withdrawn'`),
    uniqueIndex('access_changes_undone_once')
      .on(t.undoesId)
      .where(sql`undoes_id is not null and state <> 'withdrawn' and state <> 'refused'`),
    index('access_changes_due').on(t.checkAt).where(sql`check_at is not null`),
    index('access_changes_waiting').on(t.askedAt, t.id).where(sql`state = 'waiting'`),
    index('access_changes_undated').on(t.id).where(sql`state = 'waiting' and check_at is null`),
    index('access_changes_by_campaign').on(t.campaignId, t.state),
    index('access_changes_by_asking').on(t.askedAt, t.id),
    index('access_changes_by_asker').on(t.askedById, t.askedAt),
    check(
      'access_changes_two_people',
      sql`approved_by_id is null or (approved_by_id <> asked_by_id and approved_by_id <> principal_id)`,
    ),
  ],
);

/** Where the Applier may act: off wherever there is no row. */
export const applierSwitches = pgTable(
  'applier_switches',
  {
    plane: text('plane', { enum: planes }).notNull(),
    /** `/` for all of a plane; an ARM scope: it and what is below, of a management group as last read. Lower case. */
    scopeId: text('scope_id').notNull(),
    switchedById: text('switched_by_id').notNull(),
    switchedByName: text('switched_by_name').notNull(),
    switchedAt: moment('switched_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.plane, t.scopeId] })],
);

/** What the screens of access reviews show. */
import type { ChangeOutcome, ChangeState, ChangeVerb, ChangeWay } from '#lib/domain/access-change.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { CampaignPlan, CampaignStatus, ItemDecision, ReviewerRule } from '#lib/domain/campaign.ts';
import type { Evidence } from '#lib/domain/finding.ts';
import type { HoldingKind } from '#lib/domain/inventory.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { PrincipalKind } from '#lib/domain/principal.ts';
import type { Danger } from '#lib/domain/risk.ts';
import type { Page } from './rows.ts';

/** How far the deciding is. A draft is decided and not yet submitted: at the close it counts as silence. */
export interface Progress {
  items: number;
  drafts: number;
  submitted: number;
}

/** A campaign in the list of all. */
export interface CampaignRow extends Progress {
  id: string;
  seriesId: string;
  /** 1 for the first of its series. */
  number: number;
  name: string;
  status: CampaignStatus;
  opensAt: Date;
  closesAt: Date;
  isRecurring: boolean;
  createdByName: string;
}

/** A campaign in which the viewer is asked, with their own progress. */
export interface MyReviewRow extends Progress {
  id: string;
  name: string;
  status: CampaignStatus;
  closesAt: Date;
  silence: CampaignPlan['silence'];
  /** They were reminded: show it as pressing. */
  isReminded: boolean;
}

/** An item as its reviewers see it. */
export interface ItemRow extends RoleAtScope, RoleNames {
  id: string;
  version: number;
  kind: HoldingKind;
  principalId: string;
  principalName: string;
  principalKind: PrincipalKind;
  isCritical: boolean;
  /** Facts of the opening, worth reading first to last. */
  evidence: Evidence[];
  recommendation: ItemDecision;
  recommendationWhy: string;
  /** Held through this group, which is what they would leave: the assignment is the group's, and stays. */
  throughGroup: { id: string; name: string } | null;
  /** What can be decided about it. */
  choices: ItemDecision[];
  /** A keep needs a rationale; every other decision always does. */
  keepNeedsReason: boolean;
  decision: ItemDecision | null;
  rationale: string;
  decidedByName: string | null;
  decidedAt: Date | null;
  /** null: a draft, if there is a decision. */
  submittedAt: Date | null;
  bySilence: boolean;
}

/** Which of the viewer's items, and in what order; absent: all. */
export interface ItemFilter {
  order: 'person' | 'role';
  state?: 'undecided' | 'draft' | 'submitted';
  recommendation?: ItemDecision;
  /** Part of a person's, role's or scope's name. */
  text?: string;
}

/** The viewer's items in one campaign. */
export interface MyItems {
  now: Date;
  campaign: {
    id: string;
    name: string;
    status: CampaignStatus;
    closesAt: Date;
    silence: CampaignPlan['silence'];
    /** May be decided now. */
    isOpen: boolean;
  };
  /** Of all of the viewer's items, whatever the filter. */
  progress: Progress;
  page: Page<ItemRow>;
}

/** Which of all items of a campaign; absent: all. */
export interface AllItemsFilter {
  state?: 'undecided' | 'draft' | 'submitted' | 'silence';
  decision?: ItemDecision;
  /** Part of a person's, role's, scope's or reviewer's name. */
  text?: string;
}

/** Every item of a campaign, for those who may read reviews but are not asked. */
export interface AllItems {
  now: Date;
  campaign: { id: string; name: string; status: CampaignStatus };
  page: Page<
    ItemRow & {
      /** Who is asked; empty: nobody. */
      reviewers: string[];
      change: ChangeRow | null;
    }
  >;
}

/** All reviews there were, in numbers. */
export interface ReviewsOverview {
  now: Date;
  /** Of the open ones. */
  open: { campaigns: number; overdue: number } & Progress;
  /** Who still owes the most, of those who were reminded. */
  overdue: { id: string; name: string; left: number; campaigns: number; closesAt: Date }[];
  /** What counted or counts, of every review. */
  decisions: { decision: ItemDecision; byPeople: number; bySilence: number }[];
  /** Of what was decided to be done, how much is done and still so. */
  applied: CampaignStory['applied'];
  /** By the month in which they closed (UTC, `2026-11`), newest first, twelve at the most. */
  months: {
    month: string;
    campaigns: number;
    items: number;
    taken: number;
    done: number;
    givenBack: number;
  }[];
}

/** One item with all that helps to decide it. */
export interface ItemStory extends ItemRow {
  now: Date;
  campaignId: string;
  campaignName: string;
  status: CampaignStatus;
  closesAt: Date;
  /** What the role can do; null: its definition is not known. */
  role: { description: string; dangers: Danger[]; actions: string[]; dataActions: string[] } | null;
  /** How an activation is guarded; null: not known. */
  policy: PolicyFacts | null;
  /** What else leaving the group takes away, the way to a role or what is reviewed itself; empty without one. */
  groupGives: (RoleAtScope & RoleNames & { kind: HoldingKind })[];
  /** When the principal is a group: how many it gives the access to, and the first of them. */
  members: { count: number; names: string[] } | null;
  /** Decisions about the same assignment in campaigns before, newest first. */
  earlier: {
    campaignName: string;
    decision: ItemDecision;
    rationale: string;
    decidedByName: string | null;
    bySilence: boolean;
    decidedAt: Date;
  }[];
  reviewers: { id: string; name: string; rule: ReviewerRule | 'fallback' | 'handed_on'; isTheirs: boolean }[];
  /** Who said “not mine”, with what they wrote, the first first. */
  handedOn: { byName: string; toName: string; note: string; at: Date }[];
  /** What became of the decision in the tenant; null: nothing is to be done, or not yet. */
  change: ChangeRow | null;
  /** The viewer may decide it now. */
  may: { decide: boolean };
}

/** What a decision does to the tenant, as far as it is. */
export interface ChangeRow {
  id: string;
  verb: ChangeVerb;
  way: ChangeWay;
  state: ChangeState;
  outcome: ChangeOutcome | null;
  explanation: string | null;
  manualCommand: string | null;
  actedAt: Date | null;
  confirmedAt: Date | null;
  /** The end that was given, as it was last seen; null: none. */
  endsAt: Date | null;
  /** Somebody asked to have it back, and how far that is; null: nobody, or it was not to be. */
  undo: { state: ChangeState; confirmedAt: Date | null } | null;
}

/** A campaign for those who run or audit reviews. */
export interface CampaignStory {
  now: Date;
  id: string;
  seriesId: string;
  number: number;
  name: string;
  plan: CampaignPlan;
  /** Names of the people in `plan.named` and `plan.fallback`, by object id. */
  names: Record<string, string>;
  status: CampaignStatus;
  version: number;
  opensAt: Date;
  closesAt: Date;
  openedAt: Date | null;
  closedAt: Date | null;
  createdByName: string;
  /** null: not opened yet. */
  population: number | null;
  orphans: number | null;
  progress: Progress;
  /** Items nobody is asked about. */
  withoutReviewer: number;
  /** Still undecided at the end of each day (UTC, `2026-11-22`), from the opening to today or the close. */
  burndown: { day: string; left: number }[];
  /** Most undecided first, 100 at the most. */
  reviewers: { id: string; name: string; items: number; submitted: number; isOverdue: boolean }[];
  reviewerCount: number;
  /** Decisions that count or counted; before the close only submitted ones. */
  decisions: { decision: ItemDecision; bySilence: boolean; count: number }[];
  /** Of what was decided to be done, how much is done. */
  applied: {
    verb: ChangeVerb;
    decided: number;
    /** And still so. */
    done: number;
    givenBack: number;
    open: number;
    blocked: number;
    refused: number;
  }[];
  changes: {
    verb: ChangeVerb;
    state: ChangeState;
    outcome: ChangeOutcome | null;
    isGivenBack: boolean;
    count: number;
  }[];
  /** The others of its series, newest first. */
  series: { id: string; number: number; status: CampaignStatus; opensAt: Date }[];
  may: {
    edit: boolean;
    open: boolean;
    cancel: boolean;
    close: boolean;
    askInstead: boolean;
    release: boolean;
  };
}

/** The printable page. */
export interface CampaignReport extends CampaignStory {
  byPlane: { plane: RoleAtScope['plane']; kind: HoldingKind; count: number }[];
  byPrincipalKind: { principalKind: PrincipalKind; count: number }[];
  /** What was taken away, made eligible or given an end: the first 500, by person. */
  taken: (Pick<ItemRow, 'id' | 'principalName' | 'roleName' | 'scopeName' | 'rationale' | 'bySilence'> & {
    decision: ItemDecision;
    decidedByName: string | null;
    change: ChangeRow | null;
  })[];
  takenCount: number;
}

/** What a plan would freeze if it opened now. */
export interface PlanPreview {
  /** When the tenant was last read whole; null: never, and a campaign cannot open. */
  readAt: Date | null;
  total: number;
  orphans: number;
  critical: number;
  byPlane: { plane: RoleAtScope['plane']; count: number }[];
  byKind: { kind: HoldingKind; count: number }[];
  byPrincipalKind: { principalKind: PrincipalKind; count: number }[];
  byRecommendation: { recommendation: ItemDecision; count: number }[];
  /** The first ten. */
  sample: (Pick<ItemRow, 'principalName' | 'principalKind' | 'roleName' | 'scopeName' | 'kind' | 'plane'> & {
    recommendation: ItemDecision;
    recommendationWhy: string;
    /** Empty: nobody. */
    reviewers: string[];
  })[];
  /** Who would be asked, busiest first, 20 at the most. */
  reviewers: { id: string; name: string; count: number }[];
  reviewerCount: number;
  withoutReviewer: number;
  /** Management groups the plan names of which it is not known what hangs below. */
  unknownBelow: string[];
}

/** Somebody to ask. */
export interface PersonChoice {
  id: string;
  name: string;
  upn: string | null;
}

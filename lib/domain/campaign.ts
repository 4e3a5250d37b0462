import type { HoldingKind } from './inventory.ts';
import type { Plane } from './plane.ts';
import type { PrincipalKind } from './principal.ts';

/** An access review. scheduled: opens at its moment. applying: closed, its decisions are being carried out. */
export const campaignStatuses = ['draft', 'scheduled', 'open', 'applying', 'closed', 'cancelled'] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

/** Of standing assignments, those of people and groups can be made eligible, those of workloads time-bound. */
export const itemDecisions = ['keep', 'remove', 'make_eligible', 'make_time_bound'] as const;
export type ItemDecision = (typeof itemDecisions)[number];
/** What Stint recommends. An end is never among it: a workload would stop on a day nobody remembers having chosen. */
export const recommendedDecisions = ['keep', 'remove', 'make_eligible'] as const;

/** Who is asked about an item. Where a rule names nobody for an item, the next does; at the end the fallback. */
export const reviewerRules = [
  'manager',
  'owner_or_sponsor',
  'resource_owner',
  'role_owner',
  'named',
] as const;
export type ReviewerRule = (typeof reviewerRules)[number];

export const silenceMeanings = ['keep', 'remove', 'as_recommended'] as const;
export type SilenceMeaning = (typeof silenceMeanings)[number];

/** auto: decisions are applied at the close. hold: an administrator lets them go. */
export const applyModes = ['auto', 'hold'] as const;
export type ApplyMode = (typeof applyModes)[number];

/** What a campaign is about and how it runs: the form, word for word. */
export interface CampaignPlan {
  planes: Plane[];
  /** `critical`: every critical role; else role names, compared without case. Empty: every role. */
  roles: 'critical' | string[];
  /** Scopes at or below which assignments are reviewed; empty: everywhere. */
  scopes: string[];
  holdings: HoldingKind[];
  principalKinds: PrincipalKind[];
  /** Only what nobody used lately, or what posture found something about. */
  only: 'all' | 'stale' | 'risky';
  reviewers: ReviewerRule[];
  /** Object ids of people, for the rule `named`. */
  named: string[];
  /** Object ids of people who are asked when no rule names anybody. */
  fallback: string[];
  days: number;
  /** null: once. `timeZone` is an IANA name; openings keep their hour there. */
  recurrence: { everyDays: number; timeZone: string } | null;
  /** Days before the close. */
  reminders: number[];
  silence: SilenceMeaning;
  reasonToKeepCritical: boolean;
  apply: ApplyMode;
}

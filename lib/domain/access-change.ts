import type { RoleAtScope, RoleNames } from './assignment.ts';
import type { HoldingKind } from './inventory.ts';
import type { PrincipalKind } from './principal.ts';

/**
 * What the Applier does to an assignment. make_eligible: create eligible, read it back, remove standing, in this order.
 * make_time_bound: give it an end, where it has none.
 */
export const changeVerbs = ['remove', 'make_eligible', 'make_time_bound', 'restore'] as const;
export type ChangeVerb = (typeof changeVerbs)[number];

/** What was standing and is made time-bound ends after so many days, as PIM’s own default has it; earlier where the policy says so. */
export const longestTimeBoundDays = 180;

/** The real path: the assignment itself, or the membership of the group that gives it. */
export const changeWays = ['assignment', 'membership'] as const;
export type ChangeWay = (typeof changeWays)[number];

/**
 * held: waits for a second person or an administrator. waiting: to be applied. applying: Azure is or was being told.
 * confirming: Azure took it, the tenant does not show it yet. done: read again and so. blocked: a person must do it;
 * looked at until the tenant shows it. refused: a guard said no for good. withdrawn: nobody wants it any more.
 */
export const changeStates = [
  'held',
  'waiting',
  'applying',
  'confirming',
  'done',
  'blocked',
  'refused',
  'withdrawn',
] as const;
export type ChangeState = (typeof changeStates)[number];

/** How it came out, or what stands in its way. */
export const changeOutcomes = [
  'removed',
  'made_eligible',
  'made_time_bound',
  'restored',
  'already_gone',
  'locked',
  'restricted_unit',
  'role_assignable_group',
  'inherited',
  'too_young',
  'deny_assignment',
  'dynamic_group',
  'last_administrator',
  'break_glass',
  'no_live_approver',
  'not_switched_on',
  'changed_since',
  'cannot_be_eligible',
  'cannot_be_time_bound',
  'not_allowed',
  'failed',
] as const;
export type ChangeOutcome = (typeof changeOutcomes)[number];

/** Somebody has less than before: it can be taken back. */
export function tookAway(outcome: ChangeOutcome | null): boolean {
  return outcome === 'removed' || outcome === 'made_eligible' || outcome === 'made_time_bound';
}

/** Everything needed to take an assignment away and to make the same again: kept before it is removed. */
export interface AssignmentKept extends RoleAtScope, RoleNames {
  /** Stint's id of it in the inventory. */
  assignmentId: string;
  azureId: string;
  scheduleId: string | null;
  kind: HoldingKind;
  principalId: string;
  principalName: string;
  principalKind: PrincipalKind;
  condition: string | null;
  conditionVersion: string | null;
  /** ISO 8601, UTC. */
  startsAt: string | null;
  endsAt: string | null;
}

/** What is to be given back is let go only once the second person could see what the role's policy would say to it. */
export function isPreviewed(change: {
  state: ChangeState;
  verb: ChangeVerb;
  progress: Record<string, string>;
}): boolean {
  return change.state !== 'held' || change.verb !== 'restore' || change.progress.policy !== undefined;
}

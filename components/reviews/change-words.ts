import type { ChangeOutcome } from '#lib/domain/access-change.ts';

/** How a change came out, or what stands in its way, for the middle of a sentence. */
export const changeOutcomeNames: Record<ChangeOutcome, string> = {
  removed: 'removed',
  made_eligible: 'made eligible',
  restored: 'made again',
  already_gone: 'was gone already',
  locked: 'a lock is on the resource',
  restricted_unit: 'in a restricted administrative unit',
  role_assignable_group: 'a group that may hold Entra roles',
  inherited: 'assigned further up',
  too_young: 'younger than five minutes',
  deny_assignment: 'a deny assignment stands in the way',
  dynamic_group: 'a rule makes people members of the group',
  last_administrator: 'the last administrator',
  break_glass: 'a break-glass account',
  no_live_approver: 'nobody could approve any more',
  not_switched_on: 'the Applier is not switched on there',
  changed_since: 'changed since the review opened',
  cannot_be_eligible: 'cannot be eligible',
  not_allowed: 'the Applier may not',
  failed: 'failed',
};

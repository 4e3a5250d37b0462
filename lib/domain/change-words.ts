import type { ChangeOutcome, ChangeState, ChangeVerb } from './access-change.ts';

/** What is to be done. */
export const changeVerbNames: Record<ChangeVerb, string> = {
  remove: 'Remove',
  make_eligible: 'Make eligible',
  make_time_bound: 'Make time-bound',
  restore: 'Give back',
};

export const changeStateNames: Record<ChangeState, string> = {
  held: 'Held',
  waiting: 'Waiting',
  applying: 'Telling Azure',
  confirming: 'Azure took it',
  done: 'Done',
  blocked: 'By hand',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
};

export const changeOutcomeNames: Record<ChangeOutcome, string> = {
  removed: 'Removed',
  made_eligible: 'Made eligible',
  made_time_bound: 'Made time-bound',
  restored: 'Given back',
  already_gone: 'Was gone already',
  locked: 'Locked',
  restricted_unit: 'Restricted unit',
  role_assignable_group: 'Role-assignable group',
  inherited: 'Inherited from above',
  too_young: 'Younger than five minutes',
  deny_assignment: 'Deny assignment',
  dynamic_group: 'Dynamic group',
  last_administrator: 'Last administrator',
  break_glass: 'Emergency account',
  no_live_approver: 'No approver left',
  not_switched_on: 'Not switched on',
  changed_since: 'Changed since',
  cannot_be_eligible: 'Cannot be eligible',
  cannot_be_time_bound: 'Cannot be time-bound',
  not_allowed: 'Not allowed',
  failed: 'Failed',
};

/** What became of taking a change back. */
export function undoWords({ state }: { state: ChangeState }): string {
  return state === 'done' ? 'Given back' : `To be given back: ${changeStateNames[state].toLowerCase()}`;
}

const sentences: Partial<Record<ChangeOutcome, string>> = {
  locked: 'A lock on the resource keeps it. Have the lock lifted, then run the command or try again.',
  restricted_unit:
    'The group is in a restricted administrative unit. Somebody with a role in that unit has to do it.',
  role_assignable_group:
    'The group may hold Entra roles, and the Applier may not change such groups. A Privileged Role Administrator has to do it.',
  inherited:
    'The access comes from further up: taking it away there takes it away everywhere below. Decide that there.',
  too_young: 'PIM keeps an activation for at least five minutes. It is tried again by itself.',
  deny_assignment:
    'A deny assignment, such as a deployment stack’s, keeps it. What made it has to let it go.',
  dynamic_group: 'A rule decides who is in this group. Change the rule, or what it looks at.',
  last_administrator: 'Azure keeps the last one who may give access here. Name another one first.',
  changed_since: 'The assignment is not what was decided about any more. Review it again.',
  cannot_be_eligible:
    'Workloads cannot be eligible: nobody is there to activate. Narrow it, or give it an end, instead.',
  cannot_be_time_bound: 'Only a role that a workload holds itself is given an end. Make it eligible instead.',
  not_switched_on: 'The Applier is not switched on for this place. It is done once it is.',
  not_allowed: 'The Applier may not do it. Give it the permission, or run the command.',
  failed: 'Azure did not do it.',
};

/** What stands in the way and what to do, then the words of whoever said so. */
export function outcomeSentence(outcome: ChangeOutcome, why: string): string {
  return [sentences[outcome], why].filter(Boolean).join(' ');
}

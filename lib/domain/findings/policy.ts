import { type RoleAtScope, type RoleNames, roleKey } from '#lib/domain/assignment.ts';
import type { Found } from '#lib/domain/finding.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { inWords } from '#lib/domain/time.ts';
import type { Privilege } from './privilege.ts';
import { abilities, roleWords, someOf } from './words.ts';

/** A role at a scope that somebody is eligible for, with the policy they would activate it under. */
export interface PolicyInUse extends RoleAtScope, RoleNames {
  policy: PolicyFacts;
  privilege: Privilege | null;
  eligible: number;
  /** Of the policy's approvers, those who can still sign in. */
  liveApproverIds: readonly string[];
}

/** A critical role that whoever is eligible gives themselves. */
export function noApprovalOnCritical(one: PolicyInUse): Found | null {
  if (!one.privilege?.critical || one.policy.approval) return null;
  return {
    ...about(one),
    kind: 'no_approval_on_critical',
    risk: 'high',
    title: `${roleWords(one)} is critical and needs nobody’s approval`,
    evidence: [
      abilities(one.privilege),
      { label: 'Approval', value: 'not asked for' },
      { label: 'Longest window', value: inWords(one.policy.maximumMinutes) },
      { label: 'Eligible', value: String(one.eligible) },
    ],
    nextStep:
      'Turn on approval in the role’s PIM settings and name a group of at least two people, none of them eligible for it.',
  };
}

/**
 * Approval is asked for, and nobody who could give it is there: nobody gets the role, or somebody works round it. Not said
 * while a group of approvers could not be read.
 */
export function noLiveApprover(one: PolicyInUse): Found | null {
  const { approval, approvers, unreadGroups = [] } = one.policy;
  if (!approval || one.liveApproverIds.length > 0 || unreadGroups.length > 0) return null;
  return {
    ...about(one),
    kind: 'no_live_approver',
    risk: one.privilege?.critical ? 'high' : 'medium',
    title: `Nobody can approve ${roleWords(one)}`,
    evidence: [
      {
        label: 'Approvers',
        value:
          approvers.length > 0
            ? `${someOf(approvers.map(({ name }) => name))}: disabled or gone`
            : 'the policy names only groups without members',
      },
      { label: 'Eligible', value: String(one.eligible) },
    ],
    nextStep: 'Name people who are there: best a group with at least two members, so that one may be away.',
  };
}

function about(one: PolicyInUse) {
  return { subject: roleKey(one), principalId: null, assignmentId: null };
}

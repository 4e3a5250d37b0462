import type { Found, RiskLevel } from '#lib/domain/finding.ts';
import { type Holding, workloadKinds } from './holding.ts';
import { holdingEvidence, roleWords } from './words.ts';

/**
 * Privilege that somebody has without asking and without an end. Accounts sealed for emergencies are judged by their
 * controls instead, workloads and role-assignable groups by rules of their own; a group nobody stands in gives nothing,
 * and one whose members are not known may give it to anybody.
 */
export function standingPrivilege(one: Holding): Found | null {
  if (!isStanding(one) || !one.privilege || workloadKinds.includes(one.holderKind)) return null;
  const isGroup = one.holderKind === 'group';
  const isKnown = one.standingMembers !== null;
  if (isGroup && isKnown && (one.isRoleAssignable || one.standingMembers === 0)) return null;
  const members = isGroup
    ? [
        {
          label: 'Standing members',
          value: isKnown ? String(one.standingMembers) : 'not known: they were never read',
        },
      ]
    : [];
  return {
    ...about(one),
    kind: 'standing_privilege',
    risk: riskOf(one),
    size: isGroup ? (one.standingMembers ?? 0) : 0,
    title: `${one.holderName} holds ${roleWords(one)} without an end`,
    evidence: [...holdingEvidence(one), ...members],
    nextStep: isGroup
      ? 'Make the members eligible for the group instead, or the group eligible for the role; then take the standing members out.'
      : 'Make the person eligible for the role, check that activation works, then remove the standing assignment.',
  };
}

/** A workload cannot activate: what it holds it has at every moment, and so has whoever has its credential. */
export function workloadStanding(one: Holding): Found | null {
  if (!isStanding(one) || !one.privilege || !workloadKinds.includes(one.holderKind)) return null;
  return {
    ...about(one),
    kind: 'workload_standing',
    risk: riskOf(one),
    title: `${one.holderName} holds ${roleWords(one)} at every moment`,
    evidence: holdingEvidence(one),
    nextStep:
      'Workloads cannot be eligible. Give a smaller role, at the scope it works in, and an end date; see Roles for the smallest that holds what it needs.',
  };
}

/** A standing member of a group is told with the group; its standing owner may let anybody in, and counts here. */
function isStanding({ kind, plane, roleId, isBreakGlass }: Holding): boolean {
  return kind === 'standing' && !isBreakGlass && !(plane === 'group' && roleId === 'member');
}

/** A condition keeps a role that could do everything to something: what it leaves is still privilege. */
function riskOf({ privilege, isConditional }: Holding): RiskLevel {
  const risk = privilege?.risk ?? 'low';
  return isConditional && risk === 'high' ? 'medium' : risk;
}

function about({ id, holderId }: Holding) {
  return { subject: id, principalId: holderId, assignmentId: id };
}

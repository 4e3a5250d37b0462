import type { Found } from '#lib/domain/finding.ts';
import type { Privilege } from './privilege.ts';
import { someOf } from './words.ts';

/** A group that may hold Entra roles. */
export interface RoleGroup {
  id: string;
  name: string;
  /** In it without asking: not by an activation, and without an end. Some names, and how many in all. */
  members: readonly string[];
  total: number;
  /** What the group holds, in words; some, and the worst of it. */
  holds: readonly string[];
  privilege: Privilege | null;
}

/** A role-assignable group gives its roles to whoever is in it: those who stand in it never ask. */
export function groupWithStandingMembers(group: RoleGroup): Found | null {
  if (group.total === 0) return null;
  return {
    kind: 'group_with_standing_members',
    subject: group.id,
    risk: group.privilege?.risk ?? 'low',
    size: group.total + group.holds.length,
    title: `${group.name} may hold Entra roles and has ${group.total === 1 ? 'a standing member' : `${group.total} standing members`}`,
    evidence: [
      { label: 'Standing members', value: someOf(group.members, group.total) },
      { label: 'It holds', value: group.holds.length > 0 ? someOf(group.holds) : 'nothing now' },
    ],
    nextStep:
      'Bring the group under PIM, make its members eligible, and take them out as standing ones: they join when they need it.',
    principalId: group.id,
    assignmentId: null,
  };
}

import type { Plane } from './plane.ts';

/**
 * Which role, where. Entra: role definition id at `/` or an administrative unit; Azure: role GUID at an
 * ARM scope; group: `member` or `owner` of a group id.
 */
export interface RoleAtScope {
  plane: Plane;
  roleId: string;
  scopeId: string;
}

export const scopeKinds = [
  'directory',
  'administrative_unit',
  'management_group',
  'subscription',
  'resource_group',
  'resource',
  'group',
] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** Names to show. */
export interface RoleNames {
  roleName: string;
  scopeName: string;
  scopeKind: ScopeKind;
}

/** An assignment that may be activated (PIM: eligible). */
export interface EligibleAssignment extends RoleAtScope, RoleNames {
  /** Azure's id of the eligibility schedule; an ARM activation links to it. */
  eligibilityId: string;
  /** The group the eligibility is held through; null when it is the person's own. */
  throughGroupId: string | null;
  throughGroupName: string | null;
  /** null: does not end. */
  endsAt: Date | null;
}

/** NIST and Microsoft words: standing = permanent, time-bound = ends, activated = through PIM, now. */
export const activeKinds = ['standing', 'time_bound', 'activated'] as const;
export type ActiveKind = (typeof activeKinds)[number];

/** An assignment that is in force. */
export interface ActiveAssignment extends RoleAtScope, RoleNames {
  kind: ActiveKind;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** One text per role at a scope, for joins and sets; ARM scopes and ids compare without case. */
export function roleKey({ plane, roleId, scopeId }: RoleAtScope): string {
  return `${plane}|${roleId}|${scopeId}`.toLowerCase();
}

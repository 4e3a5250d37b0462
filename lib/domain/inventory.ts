import type { ActiveKind, RoleAtScope, RoleNames } from './assignment.ts';
import type { Plane } from './plane.ts';
import type { PrincipalKind, Responsibility } from './principal.ts';
import type { RoleDefinition } from './role-definition.ts';
import type { UseEvent } from './use.ts';

/**
 * The lists that make up a reading of the tenant. Some have one place (the tenant, `/`), others are read place by
 * place: `azure_*` by subscription and management group, `group_*` and `members` by group.
 */
export const inventoryLists = [
  'users',
  'groups',
  'service_principals',
  'agents',
  'entra_roles',
  'entra_eligible',
  'entra_active',
  'pim_groups',
  'group_eligible',
  'group_active',
  'members',
  'azure_scopes',
  'azure_roles',
  'azure_eligible',
  'azure_active',
  'activation_log',
] as const;
export type InventoryList = (typeof inventoryLists)[number];

export const inventoryListNames: Record<InventoryList, string> = {
  users: 'People',
  groups: 'Groups',
  service_principals: 'Service principals and managed identities',
  agents: 'Agents',
  entra_roles: 'Entra role definitions',
  entra_eligible: 'Eligible Entra roles',
  entra_active: 'Active Entra roles',
  pim_groups: 'Groups that PIM manages',
  group_eligible: 'Eligible group memberships',
  group_active: 'Active group memberships',
  members: 'Members of groups',
  azure_scopes: 'Subscriptions and management groups',
  azure_roles: 'Azure role definitions',
  azure_eligible: 'Eligible Azure roles',
  azure_active: 'Active Azure roles',
  activation_log: 'Activations in the audit log',
};

/** What a reading begins with, beside the audit log, which begins where it was left; every other place is found on the way. */
export const firstParts: readonly Part[] = (
  [
    'users',
    'groups',
    'service_principals',
    'agents',
    'entra_roles',
    'entra_eligible',
    'entra_active',
    'pim_groups',
    'azure_scopes',
  ] as const
).map((list) => ({ list, place: '/' }));

/** One list at one place: the unit that is read, resumed, and concluded from. */
export interface Part {
  list: InventoryList;
  place: string;
}

/** eligible: may be activated; the others are in force, as `ActiveKind` says. */
export const holdingKinds = ['eligible', 'standing', 'time_bound', 'activated'] as const;
export type HoldingKind = 'eligible' | ActiveKind;

export const holdingKindNames: Record<HoldingKind, string> = {
  eligible: 'Eligible',
  standing: 'Standing',
  time_bound: 'Time-bound',
  activated: 'Activated',
};

export interface PrincipalSeen {
  id: string;
  kind: PrincipalKind;
  name: string;
  upn: string | null;
  enabled: boolean | null;
  /** Application id of a service principal; the tenant it comes from. */
  appId: string | null;
  homeTenantId: string | null;
  /** The Azure resource a managed identity belongs to, or is. */
  resourceId: string | null;
  jobTitle: string | null;
  department: string | null;
  createdAt: Date | null;
  /** null: not known, or never. */
  lastSignInAt: Date | null;
  /** Groups: may hold Entra roles; only roles of its own restricted unit may change it. */
  isRoleAssignable: boolean | null;
  isRestricted: boolean | null;
}

/** An eligible or active assignment as a reading of the tenant finds it. */
export interface AssignmentSeen extends RoleAtScope, RoleNames {
  /** Azure's id of the schedule (eligible) or the instance (active). */
  azureId: string;
  /** The schedule behind it, which a removal names; null for plain Azure assignments. */
  scheduleId: string | null;
  kind: HoldingKind;
  principalId: string;
  /** As the list says it; null where it does not. */
  principalName: string | null;
  principalKind: PrincipalKind | null;
  /** Azure's own condition on it (ABAC); kept word for word. */
  condition: string | null;
  conditionVersion: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  createdAt: Date | null;
}

export interface MembershipSeen {
  groupId: string;
  memberId: string;
}

export interface ResponsibleSeen {
  principalId: string;
  responsibleId: string;
  as: Responsibility;
}

/** How many assignments of a kind the principals of a kind hold on a plane. */
export interface Totals {
  plane: Plane;
  kind: HoldingKind;
  principalKind: PrincipalKind;
  count: number;
}

/** What one page of a list brought. */
export interface Harvest {
  principals: PrincipalSeen[];
  responsibles: ResponsibleSeen[];
  assignments: AssignmentSeen[];
  memberships: MembershipSeen[];
  roles: RoleDefinition[];
  useEvents: UseEvent[];
  /** Further places, found in this page. */
  parts: Part[];
  /** Where the list goes on; null: this was its last page. */
  next: string | null;
}

/** A harvest of these things only. */
export function harvest(some: Partial<Harvest>): Harvest {
  const none = {
    ...{ principals: [], responsibles: [], assignments: [], memberships: [], roles: [] },
    ...{ useEvents: [], parts: [] },
  };
  return { ...none, next: null, ...some };
}

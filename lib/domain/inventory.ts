import type { ActiveKind, RoleAtScope, RoleNames } from './assignment.ts';
import type { AccessPolicySeen, OutsideSeen } from './outside-role.ts';
import type { Plane } from './plane.ts';
import type { PolicyFacts } from './policy.ts';
import type { PrincipalKind, Responsibility } from './principal.ts';
import type { RoleDefinition } from './role-definition.ts';
import type { ScopeSeen } from './scope-reach.ts';
import type { Telling } from './telling.ts';
import type { UseEvent } from './use.ts';

/**
 * The lists that make up a reading of the tenant. Some have one place (the tenant, `/`), others are read place by
 * place: `azure_*` and what is beside Azure's roles by subscription and management group, `group_*` and `members` by
 * group, `app_role_holders` by the application that gives them, `azure_role_policies` by `scope|role`.
 */
export const inventoryLists = [
  'users',
  'guest_sponsors',
  'groups',
  'service_principals',
  'agents',
  'agent_permissions',
  'entra_roles',
  'entra_eligible',
  'entra_active',
  'pim_groups',
  'group_eligible',
  'group_active',
  'members',
  'azure_scopes',
  'azure_tree',
  'azure_roles',
  'azure_eligible',
  'azure_active',
  'applications',
  'federated_credentials',
  'app_role_holders',
  'consents',
  'workload_sign_ins',
  'access_policies',
  'entra_policies',
  'group_policies',
  'azure_policies',
  'azure_role_policies',
  'lighthouse',
  'key_vaults',
  'classic_administrators',
  'deny_assignments',
  'activation_log',
  'directory_changes',
  'azure_changes',
] as const;
export type InventoryList = (typeof inventoryLists)[number];

export const inventoryListNames: Record<InventoryList, string> = {
  users: 'People',
  guest_sponsors: 'Sponsors of guests',
  groups: 'Groups',
  service_principals: 'Service principals and managed identities',
  agents: 'Agents',
  agent_permissions: 'What agents have from their blueprints',
  entra_roles: 'Entra role definitions',
  entra_eligible: 'Eligible Entra roles',
  entra_active: 'Active Entra roles',
  pim_groups: 'Groups that PIM manages',
  group_eligible: 'Eligible group memberships',
  group_active: 'Active group memberships',
  members: 'Members of groups',
  azure_scopes: 'Subscriptions and management groups',
  azure_tree: 'Which management group holds what',
  azure_roles: 'Azure role definitions',
  azure_eligible: 'Eligible Azure roles',
  azure_active: 'Active Azure roles',
  applications: 'Applications, their owners and credentials',
  federated_credentials: 'Federated credentials',
  app_role_holders: 'Application permissions',
  consents: 'Delegated consents',
  workload_sign_ins: 'Sign-ins of workloads',
  access_policies: 'Conditional access policies',
  entra_policies: 'PIM policies of Entra roles',
  group_policies: 'PIM policies of groups',
  azure_policies: 'PIM policies of Azure roles',
  azure_role_policies: 'PIM policies below subscriptions',
  lighthouse: 'Azure Lighthouse delegations',
  key_vaults: 'Key vaults',
  classic_administrators: 'Classic administrators',
  deny_assignments: 'Deny assignments',
  activation_log: 'Activations in the audit log',
  directory_changes: 'Changes in the audit log',
  azure_changes: 'Changes in Azure’s activity log',
};

/** full: every list, page by page. changes: what the logs tell has changed since the last reading. */
export const readingKinds = ['full', 'changes'] as const;
export type ReadingKind = (typeof readingKinds)[number];

/** Lists of the whole tenant of which one row can be read by itself: of these an id may be the place. */
export const narrowLists: readonly InventoryList[] = [
  'users',
  'guest_sponsors',
  'groups',
  'service_principals',
  'entra_eligible',
  'entra_active',
];

/** What a reading begins with, beside the audit log, which begins where it was left; every other place is found on the way. */
export const firstParts: readonly Part[] = (
  [
    'users',
    'guest_sponsors',
    'groups',
    'service_principals',
    'agents',
    'entra_roles',
    'entra_eligible',
    'entra_active',
    'pim_groups',
    'azure_scopes',
    'azure_tree',
    'applications',
    'federated_credentials',
    'consents',
    'access_policies',
    'entra_policies',
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
  /** Where people's letters go; undefined: what was read does not tell. */
  mail?: string | null;
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

/** The policy of a role at a scope, as PIM lists it there; null: it has none there. */
export interface PolicySeen extends RoleAtScope {
  facts: PolicyFacts | null;
}

/** When an application last signed in as itself; what people did through it is not its own use. */
export interface WorkloadSignIn {
  appId: string;
  at: Date;
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
  outside: OutsideSeen[];
  policies: PolicySeen[];
  scopes: ScopeSeen[];
  accessPolicies: AccessPolicySeen[];
  signIns: WorkloadSignIn[];
  useEvents: UseEvent[];
  /** Activations the log tells of without saying whose, of what, or when: lost. */
  unclear: number;
  /** What a log says has changed. */
  tellings: Telling[];
  /** Further places, found in this page. */
  parts: Part[];
  /** Where the list goes on; null: this was its last page. */
  next: string | null;
}

/** A harvest of these things only. */
export function harvest(some: Partial<Harvest>): Harvest {
  return {
    ...{ principals: [], responsibles: [], assignments: [], memberships: [], roles: [] },
    ...{ outside: [], policies: [], scopes: [], accessPolicies: [], signIns: [], useEvents: [] },
    ...{ unclear: 0, tellings: [], parts: [], next: null },
    ...some,
  };
}

/** Azure roles: where they can be assigned, who is eligible and who holds what at each place. */
import type {
  RoleAssignmentScheduleInstance,
  RoleEligibilityScheduleInstance,
} from '@azure/arm-authorization';
import type { ArmCalls } from '#lib/azure/arm/calls.ts';
import { plainScope } from '#lib/azure/arm/scope.ts';
import { activeOf, eligibleOf } from '#lib/azure/arm/translate.ts';
import { type AzureRole, azureRoleOf } from '#lib/azure/reader/role-definition.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import {
  type AssignmentSeen,
  type Harvest,
  type HoldingKind,
  harvest,
  type Part,
} from '#lib/domain/inventory.ts';
import type { PrincipalKind } from '#lib/domain/principal.ts';

const authorization = 'providers/Microsoft.Authorization';

/** A raw row: what the SDK would flatten is in `properties`. */
interface Raw<T> {
  id?: string;
  name?: string;
  properties?: T;
}

/**
 * Subscriptions first, then management groups: a management group's list leaves out what hangs below. The cursor
 * is the page of the one or the other.
 */
export async function readScopes(arm: ArmCalls, cursor: string | null): Promise<Harvest> {
  const managementGroups = '/providers/Microsoft.Management/managementGroups?api-version=2021-04-01';
  const { rows, next } = await arm.page<{ id?: string }>(cursor ?? '/subscriptions?api-version=2022-12-01');
  const isFirst = !/managementgroups/i.test(cursor ?? '');
  return harvest({
    parts: rows.flatMap(({ id }) => (id ? partsOf(plainScope(id).toLowerCase()) : [])),
    next: next ?? (isFirst ? managementGroups : null),
  });
}

const everywhere = [
  'azure_roles',
  'azure_eligible',
  'azure_active',
  'azure_policies',
  'deny_assignments',
] as const;
const inSubscriptions = ['lighthouse', 'key_vaults', 'classic_administrators'] as const;

function partsOf(place: string): Part[] {
  const lists = place.startsWith('/subscriptions/') ? [...everywhere, ...inSubscriptions] : everywhere;
  return lists.map((list) => ({ list, place }));
}

export async function readAzureRoles(arm: ArmCalls, place: string, cursor: string | null): Promise<Harvest> {
  const first = `${place}/${authorization}/roleDefinitions?api-version=2022-04-01`;
  const { rows, next } = await arm.page<Raw<AzureRole & { type?: string }>>(cursor ?? first);
  // The SDK calls the raw `type` roleType.
  const flat = rows.map(({ name, properties }) => ({ ...properties, name, roleType: properties?.type }));
  return harvest({ roles: flat.map((role) => azureRoleOf(role as AzureRole)), next });
}

export async function readAzureEligible(
  arm: ArmCalls,
  place: string,
  cursor: string | null,
): Promise<Harvest> {
  const first = `${place}/${authorization}/roleEligibilityScheduleInstances?api-version=2020-10-01`;
  const { rows, next } = await arm.page<Raw<RoleEligibilityScheduleInstance>>(cursor ?? first);
  return assignments(rows, next, (row) => {
    const { eligibilityId, ...role } = eligibleOf(row, row.principalId ?? '');
    return seenOf(row, role, 'eligible', eligibilityId);
  });
}

export async function readAzureActive(arm: ArmCalls, place: string, cursor: string | null): Promise<Harvest> {
  const first = `${place}/${authorization}/roleAssignmentScheduleInstances?api-version=2020-10-01`;
  const { rows, next } = await arm.page<Raw<RoleAssignmentScheduleInstance>>(cursor ?? first);
  return assignments(rows, next, (row) => {
    const { kind, ...role } = activeOf(row);
    return seenOf(row, role, kind, row.roleAssignmentScheduleId ?? null);
  });
}

type Row = (RoleEligibilityScheduleInstance | RoleAssignmentScheduleInstance) & { name?: string };

function assignments<T extends Row>(
  rows: Raw<T>[],
  next: string | null,
  read: (row: T) => AssignmentSeen,
): Harvest {
  const seen = rows.map(({ name, id, properties }) => read({ ...properties, name, id } as T));
  const groups = seen.filter(({ principalKind }) => principalKind === 'group');
  const parts = groups.map(({ principalId }) => ({
    list: 'members' as const,
    place: principalId.toLowerCase(),
  }));
  return harvest({ assignments: seen, parts, next });
}

function seenOf(
  row: Row,
  role: RoleAtScope & RoleNames,
  kind: HoldingKind,
  scheduleId: string | null,
): AssignmentSeen {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = role;
  return {
    ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, kind },
    azureId: row.name ?? '',
    scheduleId: scheduleId?.split('/').at(-1) ?? null,
    principalId: row.principalId ?? '',
    principalName: row.expandedProperties?.principal?.displayName ?? null,
    principalKind: kindOf(row.principalType),
    condition: row.condition ?? null,
    conditionVersion: row.conditionVersion ?? null,
    startsAt: momentOf(row.startDateTime),
    endsAt: momentOf(row.endDateTime),
    createdAt: momentOf(row.createdOn),
  };
}

function kindOf(type: string | undefined): PrincipalKind | null {
  if (type === 'Group' || type === 'ForeignGroup') return 'group';
  if (type === 'ServicePrincipal') return 'service_principal';
  return type === 'User' ? 'member' : null;
}

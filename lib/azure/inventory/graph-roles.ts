/** Entra roles and PIM groups: who is eligible, who holds what, and who belongs to a group. */
import type {
  DirectoryObject,
  PrivilegedAccessGroupAssignmentScheduleInstance,
  PrivilegedAccessGroupEligibilityScheduleInstance,
} from '@microsoft/microsoft-graph-types';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { entraDialect } from '#lib/azure/graph/entra.ts';
import { groupDialect } from '#lib/azure/graph/group.ts';
import { nameOf } from '#lib/azure/graph/translate.ts';
import { type EntraRole, entraRoleOf, entraRolesPath } from '#lib/azure/reader/role-definition.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import { type AssignmentSeen, type Harvest, type HoldingKind, harvest } from '#lib/domain/inventory.ts';
import type { PrincipalKind } from '#lib/domain/principal.ts';
import { membersOf } from './members-of.ts';

/** What instances of both kinds have, on both planes. */
interface InstanceRow {
  id?: string;
  principalId?: string | null;
  principal?: (DirectoryObject & { '@odata.type'?: string; displayName?: string | null }) | null;
  memberType?: string | null;
  startDateTime?: string | null;
  endDateTime?: string | null;
  roleEligibilityScheduleId?: string | null;
  roleAssignmentScheduleId?: string | null;
  eligibilityScheduleId?: string | null;
  assignmentScheduleId?: string | null;
}

export async function readEntraRoles(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const { rows, next } = await graph.page<EntraRole>(cursor ?? entraRolesPath);
  return harvest({ roles: rows.map(entraRoleOf), next });
}

export function readEntraEligible(graph: GraphCalls, place: string, cursor: string | null): Promise<Harvest> {
  const { eligiblePath, expand, eligible } = entraDialect;
  return instances(graph, cursor ?? `${eligiblePath}?${ofOne(place)}${expand}`, (row) => {
    const { eligibilityId, endsAt, ...role } = eligible(row, row.principalId ?? '');
    return { ...seenOf(row, role, 'eligible'), scheduleId: eligibilityId, endsAt };
  });
}

export function readEntraActive(graph: GraphCalls, place: string, cursor: string | null): Promise<Harvest> {
  const { activePath, expand, active } = entraDialect;
  return instances(graph, cursor ?? `${activePath}?${ofOne(place)}${expand}`, (row) => {
    const { kind, ...role } = active(row);
    return seenOf(row, role, kind);
  });
}

export function readGroupEligible(
  graph: GraphCalls,
  groupId: string,
  cursor: string | null,
): Promise<Harvest> {
  const { eligiblePath, expand, eligible } = groupDialect;
  const first = `${eligiblePath}?$filter=groupId eq '${groupId}'&${expand}`;
  return instances(graph, cursor ?? first, (row: PrivilegedAccessGroupEligibilityScheduleInstance) => {
    const { eligibilityId, endsAt, ...role } = eligible(row, row.principalId ?? '');
    return { ...seenOf(row, role, 'eligible'), scheduleId: eligibilityId, endsAt };
  });
}

export function readGroupActive(graph: GraphCalls, groupId: string, cursor: string | null): Promise<Harvest> {
  const { activePath, expand, active } = groupDialect;
  const first = `${activePath}?$filter=groupId eq '${groupId}'&${expand}`;
  return instances(graph, cursor ?? first, (row: PrivilegedAccessGroupAssignmentScheduleInstance) => {
    const { kind, ...role } = active(row);
    return seenOf(row, role, kind);
  });
}

/** By a beta call that may be closed; its silence does not mean that there are none. */
export async function readPimGroups(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const first = '/beta/identityGovernance/privilegedAccess/group/resources';
  const { rows, next } = await graph.page<{ id?: string }>(cursor ?? first);
  const groups = rows.flatMap(({ id }) => id?.toLowerCase() ?? []);
  const lists = ['group_eligible', 'group_active', 'members', 'group_policies'] as const;
  return harvest({ parts: groups.flatMap((place) => lists.map((list) => ({ list, place }))), next });
}

/** Direct members. A member that is a group is read in its turn. */
export async function readMembers(
  graph: GraphCalls,
  groupId: string,
  cursor: string | null,
): Promise<Harvest> {
  const first = `/v1.0/groups/${groupId}/members?$select=id&$top=999`;
  const { rows, next } = await graph.page<DirectoryObject & { '@odata.type'?: string }>(cursor ?? first);
  return harvest({
    memberships: rows.flatMap(({ id }) => (id ? [{ groupId, memberId: id }] : [])),
    parts: rows.filter((row) => kindOf(row) === 'group').flatMap(({ id }) => membersOf(id)),
    next,
  });
}

/** All, or what one principal has. */
const ofOne = (place: string) => (place === '/' ? '' : `$filter=principalId eq '${place}'&`);

async function instances<Row extends InstanceRow>(
  graph: GraphCalls,
  path: string,
  read: (row: Row) => AssignmentSeen,
): Promise<Harvest> {
  const { rows, next } = await graph.page<Row>(path);
  // What somebody has through a group is the group's: its own row is in the list, its members are read apart.
  const own = rows.filter(({ memberType }) => (memberType ?? 'direct').toLowerCase() !== 'group');
  const assignments = own.map(read);
  const groups = assignments.filter(({ principalKind }) => principalKind === 'group');
  return harvest({ assignments, parts: groups.flatMap(({ principalId }) => membersOf(principalId)), next });
}

function seenOf(row: InstanceRow, role: RoleAtScope & RoleNames, kind: HoldingKind): AssignmentSeen {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = role;
  return {
    ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, kind },
    azureId: row.id ?? '',
    scheduleId: row.roleAssignmentScheduleId ?? row.assignmentScheduleId ?? null,
    principalId: row.principalId ?? '',
    principalName: nameOf(row.principal) || null,
    principalKind: row.principal ? kindOf(row.principal) : null,
    condition: null,
    conditionVersion: null,
    startsAt: momentOf(row.startDateTime),
    endsAt: momentOf(row.endDateTime),
    createdAt: null,
  };
}

/** Graph tells a member from a guest, and a managed identity from others, only in their own lists. */
function kindOf(object: { '@odata.type'?: string }): PrincipalKind | null {
  const type = object['@odata.type']?.toLowerCase();
  if (type === '#microsoft.graph.group') return 'group';
  if (type === '#microsoft.graph.user') return 'member';
  return type === '#microsoft.graph.serviceprincipal' ? 'service_principal' : null;
}

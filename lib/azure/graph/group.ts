import type {
  Group,
  PrivilegedAccessGroupAssignmentScheduleInstance,
  PrivilegedAccessGroupAssignmentScheduleRequest,
  PrivilegedAccessGroupEligibilityScheduleInstance,
} from '@microsoft/microsoft-graph-types';
import { AzureFault } from '#lib/azure/faults.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { GraphCalls } from './calls.ts';
import type { Dialect } from './dialect.ts';
import { activationFields, activeKindOf, awaitingFields, nameOf, ownFields } from './translate.ts';
import { groupWorks } from './works.ts';

const group = '/v1.0/identityGovernance/privilegedAccess/group';

interface GroupRow {
  accessId?: string | null;
  groupId?: string | null;
  group?: Group | null;
}

/** PIM for Groups. `$expand=group` may stay empty: then the group is asked for its name. */
export const groupDialect: Dialect<
  PrivilegedAccessGroupEligibilityScheduleInstance,
  PrivilegedAccessGroupAssignmentScheduleInstance,
  PrivilegedAccessGroupAssignmentScheduleRequest
> = {
  eligiblePath: `${group}/eligibilityScheduleInstances`,
  activePath: `${group}/assignmentScheduleInstances`,
  requestsPath: `${group}/assignmentScheduleRequests`,
  expand: '$expand=group,principal',
  approvals: { path: `${group}/assignmentApprovals`, stages: 'stages' },
  scopeNames,
  eligible: (row, principalId) => {
    const through = row.memberType?.toLowerCase() === 'group';
    const told = through && row.principalId && row.principalId !== principalId ? row.principalId : null;
    return {
      ...roleOf(row),
      ...namesOf(row),
      eligibilityId: row.eligibilityScheduleId ?? row.id ?? '',
      throughGroupId: told,
      throughGroupName: through ? (told && nameOf(row.principal)) || 'a group' : null,
      endsAt: momentOf(row.endDateTime),
    };
  },
  active: (row) => ({
    ...roleOf(row),
    ...namesOf(row),
    kind: activeKindOf(row),
    startsAt: momentOf(row.startDateTime),
    endsAt: momentOf(row.endDateTime),
  }),
  own: (row) => ownFields(row, roleOf(row)),
  awaiting: (row) => ({ ...roleOf(row), ...namesOf(row), ...awaitingFields(row) }),
  activateBody: (activation) => ({ ...target(activation), ...activationFields(activation) }),
  deactivateBody: (of) => ({ ...target(of), action: 'selfDeactivate' }),
  works: groupWorks,
};

/** Names of groups the caller may read. One that may not be read keeps its id. */
async function scopeNames(calls: GraphCalls, groupIds: readonly string[]): Promise<Map<string, string>> {
  const names = await Promise.all(
    groupIds.map(async (id): Promise<[string, string]> => {
      try {
        const found = await calls.get<Group>(`/v1.0/groups/${id}?$select=id,displayName`);
        return [id, found.displayName ?? id];
      } catch (fault) {
        if (fault instanceof AzureFault && ['not_allowed', 'not_found'].includes(fault.kind)) return [id, id];
        throw fault;
      }
    }),
  );
  return new Map(names);
}

function roleOf(row: GroupRow): RoleAtScope {
  return { plane: 'group', roleId: accessOf(row), scopeId: row.groupId ?? '' };
}

function namesOf(row: GroupRow): RoleNames {
  return {
    roleName: accessOf(row) === 'owner' ? 'Owner' : 'Member',
    scopeName: row.group?.displayName ?? '',
    scopeKind: 'group',
  };
}

function accessOf({ accessId }: GroupRow): string {
  return accessId?.toLowerCase() ?? '';
}

function target(of: RoleAtScope & { principalId: string }): object {
  return { principalId: of.principalId, groupId: of.scopeId, accessId: of.roleId };
}

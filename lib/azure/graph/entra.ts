import type {
  DirectoryObject,
  UnifiedRoleAssignmentScheduleInstance,
  UnifiedRoleAssignmentScheduleRequest,
  UnifiedRoleEligibilityScheduleInstance,
} from '@microsoft/microsoft-graph-types';
import { momentOf } from '#lib/azure/schedule.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { Dialect } from './dialect.ts';
import { activationFields, activeKindOf, awaitingFields, nameOf, ownFields } from './translate.ts';
import { entraWorks } from './works.ts';

const directory = '/v1.0/roleManagement/directory';

interface EntraRow {
  roleDefinitionId?: string | null;
  directoryScopeId?: string | null;
  roleDefinition?: { displayName?: string | null } | null;
  directoryScope?: DirectoryObject | null;
}

/** PIM for Entra roles. Approvals are in beta only, with steps. */
export const entraDialect: Dialect<
  UnifiedRoleEligibilityScheduleInstance,
  UnifiedRoleAssignmentScheduleInstance,
  UnifiedRoleAssignmentScheduleRequest
> = {
  eligiblePath: `${directory}/roleEligibilityScheduleInstances`,
  activePath: `${directory}/roleAssignmentScheduleInstances`,
  requestsPath: `${directory}/roleAssignmentScheduleRequests`,
  expand: '$expand=roleDefinition,directoryScope,principal',
  approvals: { path: '/beta/roleManagement/directory/roleAssignmentApprovals', stages: 'steps' },
  scopeNames: async () => new Map(),
  eligible: (row, principalId) => ({
    ...roleOf(row),
    ...namesOf(row),
    eligibilityId: row.roleEligibilityScheduleId ?? row.id ?? '',
    ...throughGroup(row, principalId),
    endsAt: momentOf(row.endDateTime),
  }),
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
  works: entraWorks,
};

function roleOf(row: EntraRow): RoleAtScope {
  return { plane: 'entra', roleId: row.roleDefinitionId ?? '', scopeId: row.directoryScopeId ?? '/' };
}

function namesOf(row: EntraRow): RoleNames {
  const wide = (row.directoryScopeId ?? '/') === '/';
  return {
    roleName: row.roleDefinition?.displayName ?? row.roleDefinitionId ?? '',
    scopeName: wide ? 'Directory' : nameOf(row.directoryScope),
    // Also for a role on a single object (an application): Graph’s third kind of scope has no name of ours.
    scopeKind: wide ? 'directory' : 'administrative_unit',
  };
}

/** Graph says that a group is between, and only sometimes which one. */
function throughGroup(row: UnifiedRoleEligibilityScheduleInstance, principalId: string) {
  if ((row.memberType ?? 'direct').toLowerCase() === 'direct') {
    return { throughGroupId: null, throughGroupName: null };
  }
  const told = row.principalId && row.principalId !== principalId ? row.principalId : null;
  return { throughGroupId: told, throughGroupName: (told && nameOf(row.principal)) || 'a group' };
}

function target(of: RoleAtScope & { principalId: string }): object {
  return { principalId: of.principalId, roleDefinitionId: of.roleId, directoryScopeId: of.scopeId };
}
